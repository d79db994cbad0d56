import Domain

// Netflix Zuul's access log (com.netflix.netty.common.accesslog.AccessLogPublisher), separated by tabs:
//
//     local time, address, local port, method, URI, status, µs, response bytes, request id, request bytes,
//     "host" "xff" "xfp" "xfh" "xfport" "user agent", "server" "via" "content type"
//
// Its values aren't escaped; a tab inside one is the user agent's, the only long text among them.

extension LineReader {
    mutating func readZuul(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, into row: inout EventBatch.Row
    ) -> Reading {
        guard end - start > 40, bytes[start + 4] == UInt8(ascii: "-"), bytes[start + 13] == UInt8(ascii: ":") else {
            return .unread(.noFormat)
        }
        var fields = InlineArray<16, Range<Int>>(repeating: 0..<0)
        var index = start
        for place in 0..<15 {
            let next = bytes.place(of: UInt8(ascii: "\t"), from: index, to: end)
            fields[place] = index..<next
            guard next < end else {
                return .unread(place > 6 ? .truncated : .noFormat)
            }
            index = next + 1
        }
        var agentEnd = end
        for _ in 0..<3 {
            guard let tab = bytes.lastPlace(of: UInt8(ascii: "\t"), from: index, to: agentEnd) else {
                agentEnd = bytes.place(of: UInt8(ascii: "\t"), from: index, to: end)
                break
            }
            agentEnd = tab
        }
        fields[15] = index..<agentEnd
        guard putAddress(of: &row, bytes, from: fields[1].lowerBound, to: fields[1].upperBound) else {
            return .unread(.noFormat)
        }
        guard let time = times.internetTime(bytes, from: fields[0].lowerBound, to: fields[0].upperBound) else {
            return .unread(.badTime)
        }
        guard TimeReader.range.contains(time) else { return .unread(.timeOutOfRange) }
        row.time = time
        if isExplaining { mark("time", from: fields[0].lowerBound, to: fields[0].upperBound) }
        guard let status = status(bytes, from: fields[5].lowerBound, to: fields[5].upperBound) else {
            return .unread(.badStatus)
        }
        row.status = status
        row.outcome = Outcome(status: status)
        if RequestLine.isMethod(bytes, from: fields[3].lowerBound, to: fields[3].upperBound) {
            put(.method, of: &row, bytes, from: fields[3].lowerBound, to: fields[3].upperBound)
        }
        let request = RequestLine(target: bytes, from: fields[4].lowerBound, to: fields[4].upperBound)
        putRequest(request, of: &row, bytes, escapes: nil)
        if let duration = bytes.wholeNumber(from: fields[6].lowerBound, to: fields[6].upperBound) {
            row.latency = duration
            if isExplaining { mark("latency_us", from: fields[6].lowerBound, to: fields[6].upperBound) }
        }
        if let size = bytes.wholeNumber(from: fields[7].lowerBound, to: fields[7].upperBound) {
            row.bytes = size
            if isExplaining { mark("bytes", from: fields[7].lowerBound, to: fields[7].upperBound) }
        }
        put(.requestID, of: &row, bytes, from: fields[8].lowerBound, to: fields[8].upperBound)
        putUnquoted(.host, of: &row, bytes, fields[10])
        putUnquoted(.agent, of: &row, bytes, fields[15])
        return .event(.zuul)
    }

    private mutating func putUnquoted(
        _ field: TextField, of row: inout EventBatch.Row, _ bytes: Span<UInt8>, _ range: Range<Int>
    ) {
        guard range.count >= 2, bytes[range.lowerBound] == UInt8(ascii: "\""),
            bytes[range.upperBound - 1] == UInt8(ascii: "\"")
        else {
            put(field, of: &row, bytes, from: range.lowerBound, to: range.upperBound)
            return
        }
        put(field, of: &row, bytes, from: range.lowerBound + 1, to: range.upperBound - 1)
    }
}
