package import Domain

/// Reads a log, chunk by chunk, into events.
///
/// Detection works line by line and holds nothing back: a line is read in the format of the line before it, else in
/// the first format, in `LogFormat`'s order, that understands it. So the events of a log don't depend on how it was cut
/// into chunks, garbage at its start costs nothing, a format that changes midway is followed, and a reader that stops
/// after any chunk has lost no line.
package struct LogParser: Sendable {
    /// How a log's format is found.
    package enum Choice: Sendable {
        case automatic
        /// This format, and those that are laid out like it (the family of the common log format).
        case format(LogFormat)
        case mapping(Mapping)
    }

    /// What a chunk held.
    package struct Parsed: Sendable {
        package var batch: EventBatch
        /// At most `LogParser.mostUnread` of the lines that were not understood.
        package var unread: [UnreadLine]
        package var unreadCount: Int
        /// How many of the `unreadCount` lines were not understood for which reason.
        package var unreadReasons: [UnreadReason: Int]
        /// All lines that are not blank, an array of JSON objects counting once for each: `rows` and `unreadCount`.
        package var lineCount: Int
    }

    /// Bytes of the longest line that is read.
    package static let longestLine = 1 << 20
    /// Unread lines kept of one chunk.
    package static let mostUnread = 1000
    /// Bytes kept of an unread line.
    package static let longestUnread = 4096

    private let choice: Choice
    private let node: String
    private let source: String
    private let localOffset: Int
    private var reader: LineReader
    /// The moment that unread lines are said to be met at; whoever follows a log moves it on.
    package var now: Timestamp

    /// Makes a parser for one log.
    ///
    /// `node` and `source` are put into each event, unless they are empty. `localOffset` is how many seconds east of
    /// UTC a time without a zone is.
    package init(choice: Choice, node: String, source: String = "", localOffset: Int = 0, now: Timestamp) {
        self.choice = choice
        self.node = node
        self.source = source
        self.localOffset = localOffset
        self.now = now
        reader = LineReader(choice: choice, node: node, localOffset: localOffset)
    }

    /// The format that most of the lines so far were in; nil as long as none was understood.
    package var format: LogFormat? { reader.format }

    /// Reads whole lines; the last one may lack its newline.
    ///
    /// A line is what stands between newlines, without a carriage return at its end; lines of nothing but white space
    /// don't count. `offset` is where the chunk starts in its source. A chunk is smaller than 1 GiB.
    package mutating func parse(_ chunk: [UInt8], offset: Int64) -> Parsed {
        precondition(chunk.count < 1 << 30, "a chunk is smaller than 1 GiB")
        reader.begin(offset: offset, source: source, now: now)
        reader.readLines(chunk.span)
        return reader.finish(chunk)
    }

    /// How one line is read, by a parser that has read nothing else.
    package func explain(line: [UInt8]) -> LineExplanation {
        var fresh = LineReader(choice: choice, node: node, localOffset: localOffset)
        return fresh.explain(line)
    }
}
