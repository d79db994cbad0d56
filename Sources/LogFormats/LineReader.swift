import Domain

/// Reads lines one after another into rows: the state that lives from line to line, and what one chunk has given.
struct LineReader: Sendable {
    private let choice: LogParser.Choice
    private let node: [UInt8]
    private let localOffset: Int
    private var counts = InlineArray<18, Int>(repeating: 0)

    // One chunk's results.
    private var offset: Int64 = 0
    private var source = ""
    private var now = Timestamp(microseconds: 0)
    private var rows: [EventBatch.Row] = []
    private var scratch: [UInt8] = []
    private var unread: [UnreadLine] = []
    private var unreadCount = 0

    init(choice: LogParser.Choice, node: String, localOffset: Int) {
        self.choice = choice
        self.node = Array(node.utf8)
        self.localOffset = localOffset
    }

    var format: LogFormat? {
        var best: LogFormat?
        var most = 0
        for (index, format) in LogFormat.allCases.enumerated() where counts[index] > most {
            most = counts[index]
            best = format
        }
        return best
    }

    mutating func begin(offset: Int64, source: String, now: Timestamp) {
        self.offset = offset
        self.source = source
        self.now = now
    }

    mutating func readLines(_ bytes: Span<UInt8>) {
        var start = 0
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
            if (start..<end).contains(where: { bytes[$0] > 0x20 }) { refuse(bytes, from: start, to: end, .noFormat) }
            start = end + 1
        }
    }

    private mutating func refuse(_ bytes: Span<UInt8>, from start: Int, to end: Int, _ reason: UnreadReason) {
        unreadCount += 1
        guard unread.count < LogParser.mostUnread else { return }
        let kept = bytes.extracting(start..<min(end, start + LogParser.longestUnread))
        unread.append(
            UnreadLine(
                time: now, source: source, offset: offset + Int64(start), reason: reason.rawValue,
                bytes: kept.withUnsafeBufferPointer { Array($0) }))
    }

    mutating func finish(_ chunk: [UInt8]) -> LogParser.Parsed {
        var batch = EventBatch(lines: chunk)
        batch.rows = rows
        batch.scratch = scratch
        let parsed = LogParser.Parsed(
            batch: batch, unread: unread, unreadCount: unreadCount, lineCount: rows.count + unreadCount)
        rows = []
        scratch = []
        unread = []
        unreadCount = 0
        return parsed
    }

    mutating func explain(_ line: [UInt8]) -> Explanation {
        readLines(line.span)
        return Explanation(
            format: format, events: [], reason: unread.first.flatMap { UnreadReason(rawValue: $0.reason) })
    }
}
