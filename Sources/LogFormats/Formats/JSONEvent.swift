import Domain

// How the values of a JSON line become an event: the same for all gateways, whose tables say what means what, up to
// the verdict, which each gateway's own file knows.
//
// Of a key that comes twice, the first value counts, since that is the one a proxy wrote before anything was appended.

extension LineReader {
    mutating func readJSON(
        _ format: LogFormat, _ table: JSONTable, _ bytes: Span<UInt8>, from start: Int, to end: Int,
        into row: inout EventBatch.Row
    ) -> Reading {
        if let reason = JSONScanner.scan(bytes, from: start, to: end, table: table, into: &json) {
            return .unread(reason)
        }
        // The names that Apache's logs have are so usual that they make a request only together.
        let needsStatus = format == .apacheJSON || format == .nginxJSON
        guard !needsStatus || json[.status] != nil else {
            return .unread(json[.time] == nil ? .noFormat : .notARequest)
        }
        guard json[.status] != nil || json[.target] != nil || json[.requestLine] != nil || json[.method] != nil else {
            return .unread(json[.time] == nil ? .noFormat : .notARequest)
        }
        // Without nginx's own name for the address, the other names could be anybody's.
        guard format != .nginxJSON || json[.address] != nil else { return .unread(.noFormat) }
        guard let time = json[.time] else { return .unread(.badTime) }
        guard let moment = moment(time, json.form(.time, table), bytes) else { return .unread(.badTime) }
        guard TimeReader.range.contains(moment) else { return .unread(.timeOutOfRange) }
        row.time = moment
        if isExplaining { mark("time", from: time.start, to: time.end) }
        if let value = json[.status] {
            guard let status = status(bytes, from: value.start, to: value.end) else { return .unread(.badStatus) }
            row.status = status
        }
        row.outcome = Outcome(status: row.status)
        if row.status >= 400 { put(Verdict.ofStatus(row.status), of: &row) }
        putRequest(of: &row, bytes)
        putNumbers(of: &row, bytes, table)
        putAddress(of: &row, bytes)
        for (slot, field) in Self.texts { put(slot, field, of: &row, bytes, table) }
        put(verdict(format, status: row.status, bytes), of: &row)
        return .event(format)
    }

    private static let texts: [(JSONSlot, TextField)] = [
        (.client, .client), (.subject, .subject), (.token, .token), (.route, .route), (.reason, .reason),
        (.agent, .agent), (.referrer, .referrer), (.requestID, .requestID),
    ]

    private mutating func moment(_ value: JSONLine.Value, _ form: JSONForm, _ bytes: Span<UInt8>) -> Timestamp? {
        switch form {
        case .text, .secret, .scaled, .anyTime: times.anyTime(bytes, from: value.start, to: value.end)
        case .rfc3339: times.internetTime(bytes, from: value.start, to: value.end)
        case .clf: times.commonLogTime(bytes, from: value.start, to: value.end)
        case .epoch(let power): times.epochTime(bytes, from: value.start, to: value.end, power: power)
        }
    }

    private mutating func put(
        _ slot: JSONSlot, _ field: TextField, of row: inout EventBatch.Row, _ bytes: Span<UInt8>, _ table: JSONTable
    ) {
        guard let value = json[slot] else { return }
        if json.form(slot, table) == .secret {
            putPseudonym(field, of: &row, bytes, from: value.start, to: value.end)
        } else {
            put(field, of: &row, bytes, from: value.start, to: value.end, escapes: value.kind == .escaped ? .json : nil)
        }
    }

    private mutating func putRequest(of row: inout EventBatch.Row, _ bytes: Span<UInt8>) {
        if let value = json[.requestLine] {
            let isTarget = bytes[value.start] == UInt8(ascii: "/")
            let request =
                isTarget
                ? RequestLine(target: bytes, from: value.start, to: value.end)
                : RequestLine(bytes, from: value.start, to: value.end)
            putRequest(request, of: &row, bytes, escapes: value.kind == .escaped ? .json : nil)
        }
        if let value = json[.target] {
            let request = RequestLine(target: bytes, from: value.start, to: value.end)
            putRequest(request, of: &row, bytes, escapes: value.kind == .escaped ? .json : nil)
        }
        if let value = json[.method], RequestLine.isMethod(bytes, from: value.start, to: value.end) {
            put(.method, of: &row, bytes, from: value.start, to: value.end)
        }
        if let value = json[.query], row[.query].isUnknown {
            let start = bytes[value.start] == UInt8(ascii: "?") ? value.start + 1 : value.start
            put(.query, of: &row, bytes, from: start, to: value.end, escapes: value.kind == .escaped ? .json : nil)
        }
        if let value = json[.host] {
            put(.host, of: &row, bytes, from: value.start, to: value.end, escapes: value.kind == .escaped ? .json : nil)
        }
    }

    private mutating func putNumbers(of row: inout EventBatch.Row, _ bytes: Span<UInt8>, _ table: JSONTable) {
        if let value = json[.latency] {
            var power = 6
            if case .scaled(let given) = json.form(.latency, table) { power = given }
            if let latency = bytes.scaledNumber(from: value.start, to: value.end, power: power), latency >= 0 {
                row.latency = latency
                if isExplaining { mark("latency_us", from: value.start, to: value.end) }
            }
        }
        if let value = json[.bytes], let size = bytes.wholeNumber(from: value.start, to: value.end) {
            row.bytes = size
            if isExplaining { mark("bytes", from: value.start, to: value.end) }
        }
    }

    /// The peer's address; a list of hops only where a format has nothing else, and of it the last, which the gateway
    /// itself put there: those before it are the client's word.
    private mutating func putAddress(of row: inout EventBatch.Row, _ bytes: Span<UInt8>) {
        if let value = json[.address], putLastHop(of: &row, bytes, from: value.start, to: value.end) { return }
        guard let value = json[.forwarded] else { return }
        putLastHop(of: &row, bytes, from: value.start, to: value.end)
    }

    @discardableResult
    mutating func putLastHop(of row: inout EventBatch.Row, _ bytes: Span<UInt8>, from start: Int, to end: Int) -> Bool {
        var first = bytes.lastPlace(of: UInt8(ascii: ","), from: start, to: end).map { $0 + 1 } ?? start
        while first < end, bytes[first] == UInt8(ascii: " ") { first += 1 }
        return putAddress(of: &row, bytes, from: first, to: end)
    }

    private func verdict(_ format: LogFormat, status: UInt16, _ bytes: Span<UInt8>) -> Verdict? {
        switch format {
        case .kong: kongVerdict(status: status, bytes)
        case .envoyJSON: envoyVerdict(status: status, bytes)
        case .awsJSON: amazonVerdict(bytes)
        case .traefikJSON: traefikVerdict(status: status, bytes)
        case .nginxJSON: nginxVerdict(status: status)
        case .caddy, .apacheJSON, .mapped, .common, .combined, .vhostCombined, .nginxIngress, .traefikCLF, .awsCLF,
            .nginxProxyManager, .envoy, .haproxy, .zuul:
            nil
        }
    }
}
