import Domain

/// Reads lines one after another into rows: the state that lives from line to line, and what one chunk has given.
struct LineReader: Sendable {
    private let choice: LogParser.Choice
    private let node: [UInt8]
    private var tally: [LogFormat: Int] = [:]
    private var run: (format: LogFormat, lines: Int)?
    /// The layout of the line before, by which the next line is tried first.
    private var layout: Layout?
    private var hasHead = false

    var times: TimeReader
    var json = JSONLine()

    // One chunk's results.
    private var offset: Int64 = 0
    private var source = ""
    private var now = Timestamp(microseconds: 0)
    private var nodeSlice = EventBatch.Slice.unknown
    private var sourceSlice = EventBatch.Slice.unknown
    private var reasonsStart = 0
    private(set) var rows: [EventBatch.Row] = []
    private(set) var scratch: [UInt8] = []
    private var unread: [UnreadLine] = []
    private var unreadReasons: [UnreadReason: Int] = [:]
    /// Where fields came from, in an explanation; nil while reading for the store.
    private var marks: [Mark]?

    var isExplaining: Bool { marks != nil }

    /// Bytes of the longest text that is kept of a field.
    private static let longestText = 1 << 14

    init(choice: LogParser.Choice, node: String, localOffset: Int) {
        self.choice = choice
        self.node = Array(node.utf8)
        times = TimeReader(localOffset: localOffset)
    }

    /// The format of most lines so far; of two that are even, the one that comes first in detection.
    var format: LogFormat? {
        var lines = tally
        if let run { lines[run.format, default: 0] += run.lines }
        let most = lines.values.max() ?? 0
        return LogFormat.allCases.first { most > 0 && lines[$0] == most }
    }

    // MARK: A chunk

    mutating func begin(offset: Int64, source: String, now: Timestamp) {
        self.offset = offset
        self.source = source
        self.now = now
        nodeSlice = writeText(node)
        sourceSlice = writeText(Array(source.utf8))
        reasonsStart = scratch.count
        scratch += Reason.texts.bytes
    }

    mutating func readLines(_ bytes: Span<UInt8>) {
        rows.reserveCapacity(bytes.count / 160)
        var start = 0
        let count = bytes.count
        while start < count {
            let newline = bytes.place(of: UInt8(ascii: "\n"), from: start, to: count)
            var end = newline
            if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
            if end > start { readLine(bytes, from: start, to: end) }
            start = newline + 1
        }
    }

    mutating func finish(_ chunk: [UInt8]) -> LogParser.Parsed {
        var batch = EventBatch(lines: chunk)
        batch.rows = rows
        batch.scratch = scratch
        let unreadCount = unreadReasons.values.reduce(0, +)
        let parsed = LogParser.Parsed(
            batch: batch, unread: unread, unreadCount: unreadCount, unreadReasons: unreadReasons,
            lineCount: rows.count + unreadCount)
        rows = []
        scratch = []
        unread = []
        unreadReasons = [:]
        return parsed
    }

    // MARK: A line

    private mutating func readLine(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
        guard end - start <= LogParser.longestLine else {
            refuse(bytes, from: start, to: end, .tooLong)
            return
        }
        if let layout {
            let content = hasHead ? LineHead.end(bytes, from: start, to: end) ?? start : start
            if content < end, read(layout, bytes, from: content, to: end, line: start) == nil { return }
        }
        if bytes[start] <= UInt8(ascii: " "), isBlank(bytes, from: start, to: end) { return }
        readInAnyLayout(bytes, from: start, to: end)
    }

    private mutating func readInAnyLayout(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
        if let elements = JSONArray.elements(bytes, from: start, to: end) {
            readElements(elements, bytes, to: end)
            return
        }
        var farthest = UnreadReason.noFormat
        let head = LineHead.end(bytes, from: start, to: end)
        // The line before tells which of both is likelier, and nothing more.
        for withHead in hasHead ? [true, false] : [false, true] {
            let content = withHead ? head : start
            guard let content, content < end else { continue }
            for candidate in candidates(bytes[content]) {
                let reason = read(candidate, bytes, from: content, to: end, line: start)
                guard let reason else {
                    layout = candidate
                    hasHead = withHead
                    return
                }
                farthest = max(farthest, reason)
            }
        }
        let kept = min(end, start + LogParser.longestUnread)
        let isBinary = bytes.place(of: 0, from: start, to: kept) < kept
        refuse(bytes, from: start, to: end, isBinary ? .binary : farthest)
    }

    /// The layouts that a line with this first byte may have, in the order of detection.
    private func candidates(_ first: UInt8) -> [Layout] {
        switch choice {
        case .format(let format): return [Layout(format)]
        case .mapping(let mapping): return [.json(.mapped, mapping.table)]
        case .automatic:
            return first == UInt8(ascii: "{") ? Layout.objects : Layout.texts
        }
    }

    private mutating func readElements(_ elements: JSONArray.Elements, _ bytes: Span<UInt8>, to end: Int) {
        for element in elements.ranges {
            readInAnyLayout(bytes, from: element.lowerBound, to: element.upperBound)
        }
        if let broken = elements.broken { refuse(bytes, from: broken, to: end, elements.reason) }
    }

    /// Reads a line in one layout; nil when that gave an event, which is then in `rows`.
    @inline(__always)
    private mutating func read(
        _ layout: Layout, _ bytes: Span<UInt8>, from start: Int, to end: Int, line: Int
    ) -> UnreadReason? {
        let mark = scratch.count
        var row = EventBatch.Row(time: Timestamp(microseconds: 0), outcome: .allowed)
        let reading: Reading
        switch layout {
        case .commonLog: reading = readCommonLog(bytes, from: start, to: end, into: &row)
        case .proxyManager: reading = readProxyManager(bytes, from: start, to: end, into: &row)
        case .envoy: reading = readEnvoy(bytes, from: start, to: end, into: &row)
        case .haproxy: reading = readHAProxy(bytes, from: start, to: end, into: &row)
        case .zuul: reading = readZuul(bytes, from: start, to: end, into: &row)
        case .json(let format, let table): reading = readJSON(format, table, bytes, from: start, to: end, into: &row)
        }
        switch reading {
        case .event(let format):
            row.offset = offset + Int64(line)
            row[.node] = nodeSlice
            row[.source] = sourceSlice
            rows.append(row)
            count(format)
            return nil
        case .unread(let reason):
            scratch.removeLast(scratch.count - mark)
            if marks != nil { forgetMarks() }
            return reason
        }
    }

    @inline(__always)
    private mutating func count(_ format: LogFormat) {
        if run?.format == format {
            run?.lines += 1
        } else {
            if let run { tally[run.format, default: 0] += run.lines }
            run = (format, 1)
        }
    }

    private func isBlank(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Bool {
        for index in start..<end {
            switch bytes[index] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), 0x0b, 0x0c: continue
            default: return false
            }
        }
        return true
    }

    private mutating func refuse(_ bytes: Span<UInt8>, from start: Int, to end: Int, _ reason: UnreadReason) {
        unreadReasons[reason, default: 0] += 1
        guard unread.count < LogParser.mostUnread else { return }
        let kept = bytes.array(from: start, to: min(end, start + LogParser.longestUnread))
        unread.append(
            UnreadLine(time: now, source: source, offset: offset + Int64(start), reason: reason.rawValue, bytes: kept))
    }

    // MARK: Fields

    /// Puts a range of the line into a field, unescaped if it has escapes; a lone hyphen and nothing are unknown.
    @inline(__always)
    mutating func put(
        _ field: TextField, of row: inout EventBatch.Row, _ bytes: Span<UInt8>, from start: Int, to end: Int,
        escapes: Escapes? = nil
    ) {
        guard !bytes.isUnknown(from: start, to: end) else { return }
        if marks != nil { mark(field.name, from: start, to: end) }
        guard let escapes else {
            row[field] = EventBatch.Slice(
                offset: UInt32(truncatingIfNeeded: start),
                length: UInt32(truncatingIfNeeded: min(end - start, Self.longestText)))
            return
        }
        let first = scratch.count
        escapes.write(bytes, from: start, to: min(end, start + Self.longestText), into: &scratch)
        row[field] = slice(ofScratchFrom: first)
    }

    /// Puts a pseudonym for a secret into a field.
    mutating func putPseudonym(
        _ field: TextField, of row: inout EventBatch.Row, _ bytes: Span<UInt8>, from start: Int, to end: Int
    ) {
        guard !bytes.isUnknown(from: start, to: end) else { return }
        if marks != nil { mark(field.name, from: start, to: end) }
        let pseudonym = SecretDigest.pseudonym(
            of: bytes.array(from: start, to: end), label: field == .token ? "token" : "key")
        row[field] = writeText(Array(pseudonym.utf8))
    }

    /// Puts an address into its field, canonical and without port; false when the range holds none.
    mutating func putAddress(
        of row: inout EventBatch.Row, _ bytes: Span<UInt8>, from start: Int, to end: Int, hasPort: Bool = false
    ) -> Bool {
        switch AddressText.form(bytes, from: start, to: end, hasPort: hasPort) {
        case .asItIs(let range):
            put(.address, of: &row, bytes, from: range.lowerBound, to: range.upperBound)
        case .rewritten(let text):
            if marks != nil { mark(TextField.address.name, from: start, to: end) }
            row[.address] = writeText(text)
        case nil:
            return false
        }
        return true
    }

    mutating func putRequest(
        _ request: RequestLine, of row: inout EventBatch.Row, _ bytes: Span<UInt8>, escapes: Escapes?
    ) {
        if !request.method.isEmpty {
            put(.method, of: &row, bytes, from: request.method.lowerBound, to: request.method.upperBound)
        }
        if !request.host.isEmpty {
            put(.host, of: &row, bytes, from: request.host.lowerBound, to: request.host.upperBound, escapes: escapes)
        }
        put(.path, of: &row, bytes, from: request.path.lowerBound, to: request.path.upperBound, escapes: escapes)
        put(.query, of: &row, bytes, from: request.query.lowerBound, to: request.query.upperBound, escapes: escapes)
    }

    /// Puts a verdict's outcome and reason, as far as it has them.
    mutating func put(_ verdict: Verdict?, of row: inout EventBatch.Row) {
        guard let verdict else { return }
        if let outcome = verdict.outcome { row.outcome = outcome }
        guard let reason = verdict.reason, let place = Reason.texts.places[reason] else { return }
        row[.reason] = EventBatch.Slice(
            offset: UInt32(truncatingIfNeeded: reasonsStart + place.lowerBound) | EventBatch.Slice.scratchFlag,
            length: UInt32(truncatingIfNeeded: place.count))
    }

    /// A status of three digits; 0 where the log has a hyphen, nothing or zeros; nil for anything else.
    @inline(__always)
    mutating func status(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> UInt16? {
        if marks != nil { mark("status", from: start, to: end) }
        if end - start == 3 {
            let hundreds = bytes[start] &- UInt8(ascii: "0")
            let rest = bytes.twoDigits(at: start + 1)
            guard hundreds <= 9, rest < 100 else { return nil }
            let value = UInt16(hundreds) * 100 + UInt16(rest)
            return value >= 100 || value == 0 ? value : nil
        }
        if bytes.isUnknown(from: start, to: end) || bytes.equals("0", from: start, to: end) { return 0 }
        return bytes.equals("-1", from: start, to: end) ? 0 : nil
    }

    private mutating func forgetMarks() {
        let open = rows.count
        marks?.removeAll { $0.row == open }
    }

    mutating func mark(_ name: String, from start: Int, to end: Int) {
        marks?.append(Mark(row: rows.count, name: name, range: start..<end))
    }

    mutating func startMarking() { marks = [] }

    mutating func takeMarks() -> [Mark] {
        defer { marks = nil }
        return marks ?? []
    }

    private func slice(ofScratchFrom first: Int) -> EventBatch.Slice {
        EventBatch.Slice(
            offset: UInt32(truncatingIfNeeded: first) | EventBatch.Slice.scratchFlag,
            length: UInt32(truncatingIfNeeded: scratch.count - first))
    }

    private mutating func writeText(_ text: [UInt8]) -> EventBatch.Slice {
        guard !text.isEmpty else { return .unknown }
        let first = scratch.count
        scratch += text
        return slice(ofScratchFrom: first)
    }
}
