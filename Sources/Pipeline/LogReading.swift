import Domain
import LogFormats

/// One log while it is read: cut into lines, parsed, and counted.
struct LogReading {
    let name: String
    /// The log's first bytes, as far as there are any.
    var start: ContentStart
    var cutter: LineCutter
    /// The source's number in the ledger; nil until something of a new source was read.
    private(set) var source: Int?
    /// Lines of this run, and how many of them were understood.
    private(set) var newLines: Int64 = 0
    private(set) var understood: Int64 = 0
    /// Whether nothing of it was read in a run before.
    let isFirst: Bool
    private var lines: Int64
    private var parser: LogParser
    private let isRemembered: Bool

    /// Begins a source at its start.
    init(name: String, start: ContentStart, isRemembered: Bool, parser: LogParser) {
        self.name = name
        self.start = start
        self.isRemembered = isRemembered
        self.parser = parser
        isFirst = true
        cutter = LineCutter()
        lines = 0
    }

    /// Goes on with a known source where it was left; `tail` are the bytes before that place.
    init(name: String, start: ContentStart, source: Int, position: SourcePosition, tail: ContentTail, parser: LogParser)
    {
        self.name = name
        self.start = start
        self.source = source
        self.parser = parser
        isRemembered = true
        isFirst = position.lines == 0
        cutter = LineCutter(offset: position.offset, tail: tail)
        lines = position.lines
    }

    /// Makes this the continuation of a source that nothing was read of yet.
    mutating func adopt(source: Int) {
        self.source = source
    }

    /// Parses a run of lines; the parcel's position is where the cutter stands.
    mutating func parcel(of run: LineCutter.Run, at now: Timestamp, ledger: inout SourceLedger) -> Parcel {
        parser.now = now
        let parsed = parser.parse(run.lines, offset: run.offset)
        var unread = parsed.unread
        var unreadCount = Int64(parsed.unreadCount)
        var reasons: [String: Int64] = [:]
        for (reason, count) in parsed.unreadReasons { reasons[reason.rawValue] = Int64(count) }
        if let line = run.longLine {
            let reason = UnreadReason.tooLong.rawValue
            unread.append(UnreadLine(time: now, source: name, offset: line.offset, reason: reason, bytes: line.start))
            unreadCount += 1
            reasons[reason, default: 0] += 1
        }
        let rows = Int64(parsed.batch.rows.count)
        newLines += rows + unreadCount
        understood += rows
        lines += rows + unreadCount
        var parcel = standstill(ledger: &ledger)
        parcel.batch = rows > 0 ? parsed.batch : nil
        parcel.unread = unread
        parcel.unreadReasons = reasons
        return parcel
    }

    /// A parcel with nothing in it but the position.
    mutating func standstill(ledger: inout SourceLedger) -> Parcel {
        // A pipe never comes again, so nothing is kept that it could be known by.
        let start = isRemembered ? start : ContentStart()
        let identity = start.identity(name: lastingName(ledger))
        let number = source ?? ledger.add(identity)
        source = number
        let position = SourcePosition(
            id: ledger.positions[number].id, identity: identity, offset: cutter.offset, lines: lines,
            tailHash: cutter.tail.hash)
        ledger.update(number, to: position)
        return Parcel(source: ledger.key(number), position: position)
    }

    /// A file that comes in on standard input keeps the name that it was known by.
    private func lastingName(_ ledger: SourceLedger) -> String {
        guard name == LogInput.standardInput.name, let source else { return name }
        return ledger.positions[source].identity.name
    }
}
