import Domain

// Nginx Proxy Manager's formats (its docker/rootfs/etc/nginx/conf.d/include/log-proxy.conf), `standard` and `proxy`:
//
//     [time] status - METHOD scheme host "uri" [Client address] [Length bytes] [Gzip ratio] "agent" "referrer"
//     [time] cache upstream_status status - METHOD … [Gzip ratio] [Sent-to server] "agent" "referrer"
//
// and the one of its forks, which has the times:
//
//     [time] host address seconds "request" status bytes request_bytes referrer agent

extension LineReader {
    mutating func readProxyManager(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, into row: inout EventBatch.Row
    ) -> Reading {
        guard bytes[start] == UInt8(ascii: "["), start + 29 < end, bytes[start + 3] == UInt8(ascii: "/") else {
            return .unread(.noFormat)
        }
        let timeEnd = bytes.place(of: UInt8(ascii: "]"), from: start, to: min(end, start + 40))
        guard bytes.starts(with: "] ", at: timeEnd, to: end) else { return .unread(.noFormat) }
        guard let time = times.commonLogTime(bytes, from: start + 1, to: timeEnd) else { return .unread(.badTime) }
        guard TimeReader.range.contains(time) else { return .unread(.timeOutOfRange) }
        row.time = time
        if isExplaining { mark("time", from: start + 1, to: timeEnd) }

        // Up to four words come before the hyphen that the method follows; the last of them is the status.
        var before = 0..<0
        var index = timeEnd + 2
        for _ in 0..<5 {
            let next = bytes.place(of: UInt8(ascii: " "), from: index, to: end)
            guard next + 1 < end else { return .unread(.truncated) }
            if !before.isEmpty, bytes.isUnknown(from: index, to: next), bytes[next + 1] &- UInt8(ascii: "A") <= 25 {
                return readProxyManagerWords(bytes, status: before, from: next + 1, to: end, into: &row)
            }
            before = index..<next
            index = next + 1
        }
        return readTimedProxyManager(bytes, from: timeEnd + 2, to: end, into: &row)
    }

    private mutating func readProxyManagerWords(
        _ bytes: Span<UInt8>, status place: Range<Int>, from start: Int, to end: Int, into row: inout EventBatch.Row
    ) -> Reading {
        guard let status = status(bytes, from: place.lowerBound, to: place.upperBound) else {
            return .unread(.badStatus)
        }
        setStatus(status, of: &row)
        let methodEnd = bytes.place(of: UInt8(ascii: " "), from: start, to: end)
        let schemeEnd = bytes.place(of: UInt8(ascii: " "), from: min(methodEnd + 1, end), to: end)
        let hostEnd = bytes.place(of: UInt8(ascii: " "), from: min(schemeEnd + 1, end), to: end)
        guard bytes.starts(with: " \"", at: hostEnd, to: end) else { return .unread(.noFormat) }
        if RequestLine.isMethod(bytes, from: start, to: methodEnd) {
            put(.method, of: &row, bytes, from: start, to: methodEnd)
        }
        put(.host, of: &row, bytes, from: schemeEnd + 1, to: hostEnd)
        let uri = hostEnd + 2
        let uriEnd = bytes.place(of: UInt8(ascii: "\""), from: uri, to: end)
        let escape = bytes.place(of: UInt8(ascii: "\\"), from: uri, to: uriEnd)
        let request = RequestLine(target: bytes, from: uri, to: uriEnd)
        putRequest(request, of: &row, bytes, escapes: escape < uriEnd ? .backslash : nil)
        guard let client = bracketed("[Client ", bytes, from: uriEnd, to: end) else { return .unread(.truncated) }
        _ = putAddress(of: &row, bytes, from: client.lowerBound, to: client.upperBound)
        var index = client.upperBound
        if let length = bracketed("[Length ", bytes, from: index, to: end) {
            index = length.upperBound
            row.bytes = bytes.wholeNumber(from: length.lowerBound, to: length.upperBound) ?? -1
            if isExplaining { mark("bytes", from: length.lowerBound, to: length.upperBound) }
        }
        for field in [TextField.agent, .referrer] {
            let quote = bytes.place(of: UInt8(ascii: "\""), from: index, to: end)
            let close = bytes.place(of: UInt8(ascii: "\""), from: min(quote + 1, end), to: end)
            guard quote < end else { break }
            let escape = bytes.place(of: UInt8(ascii: "\\"), from: quote, to: close)
            put(field, of: &row, bytes, from: quote + 1, to: close, escapes: escape < close ? .backslash : nil)
            index = min(close + 1, end)
        }
        return .event(.nginxProxyManager)
    }

    private mutating func readTimedProxyManager(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, into row: inout EventBatch.Row
    ) -> Reading {
        let hostEnd = bytes.place(of: UInt8(ascii: " "), from: start, to: end)
        let addressEnd = bytes.place(of: UInt8(ascii: " "), from: min(hostEnd + 1, end), to: end)
        let timeEnd = bytes.place(of: UInt8(ascii: " "), from: min(addressEnd + 1, end), to: end)
        guard
            bytes.starts(with: " \"", at: timeEnd, to: end),
            putAddress(of: &row, bytes, from: hostEnd + 1, to: addressEnd),
            let seconds = bytes.scaledNumber(from: addressEnd + 1, to: timeEnd, power: 6), seconds >= 0
        else { return .unread(.noFormat) }
        row.latency = seconds
        if isExplaining { mark("latency_us", from: addressEnd + 1, to: timeEnd) }
        // nginx's name for the server without a name.
        if !bytes.equals("_", from: start, to: hostEnd) { put(.host, of: &row, bytes, from: start, to: hostEnd) }
        let requestEnd = bytes.place(of: UInt8(ascii: "\""), from: timeEnd + 2, to: end)
        var words = InlineArray<4, Range<Int>>(repeating: 0..<0)
        var index = requestEnd + 2
        for place in 0..<4 {
            guard index < end else { return .unread(.truncated) }
            let next = bytes.place(of: UInt8(ascii: " "), from: index, to: end)
            words[place] = index..<next
            index = next + 1
        }
        guard let status = status(bytes, from: words[0].lowerBound, to: words[0].upperBound) else {
            return .unread(.badStatus)
        }
        setStatus(status, of: &row)
        row.bytes = bytes.wholeNumber(from: words[1].lowerBound, to: words[1].upperBound) ?? -1
        if isExplaining { mark("bytes", from: words[1].lowerBound, to: words[1].upperBound) }
        let escape = bytes.place(of: UInt8(ascii: "\\"), from: timeEnd + 2, to: requestEnd)
        let request = RequestLine(bytes, from: timeEnd + 2, to: requestEnd)
        putRequest(request, of: &row, bytes, escapes: escape < requestEnd ? .backslash : nil)
        put(.referrer, of: &row, bytes, from: words[3].lowerBound, to: words[3].upperBound)
        if index < end { put(.agent, of: &row, bytes, from: index, to: end) }
        return .event(.nginxProxyManager)
    }

    private mutating func setStatus(_ status: UInt16, of row: inout EventBatch.Row) {
        row.status = status
        row.outcome = Outcome(status: status)
        put(Verdict.ofStatus(status), of: &row)
    }

    /// What stands between a text and the next closing bracket.
    private func bracketed(_ open: StaticString, _ bytes: Span<UInt8>, from start: Int, to end: Int) -> Range<Int>? {
        var index = start
        while true {
            index = bytes.place(of: UInt8(ascii: "["), from: index, to: end)
            guard index < end else { return nil }
            if bytes.starts(with: open, at: index, to: end) {
                let first = index + open.utf8CodeUnitCount
                return first..<bytes.place(of: UInt8(ascii: "]"), from: first, to: end)
            }
            index += 1
        }
    }
}
