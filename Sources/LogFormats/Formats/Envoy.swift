import Domain

// Envoy's default text format, and Istio's, which has the response's details before the bytes and the connection's
// addresses behind the upstream
// (https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage#default-format-string).
//
// Nothing in it is escaped, so the quoted texts are found from both ends, and what is left over is the user agent's.

extension LineReader {
    mutating func readEnvoy(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, into row: inout EventBatch.Row
    ) -> Reading {
        guard bytes[start] == UInt8(ascii: "["), start + 6 < end, bytes[start + 5] == UInt8(ascii: "-") else {
            return .unread(.noFormat)
        }
        let timeEnd = bytes.place(of: UInt8(ascii: "]"), from: start, to: min(end, start + 48))
        guard bytes.starts(with: "] \"", at: timeEnd, to: end) else { return .unread(.noFormat) }
        guard let time = times.internetTime(bytes, from: start + 1, to: timeEnd) else { return .unread(.badTime) }
        guard TimeReader.range.contains(time) else { return .unread(.timeOutOfRange) }
        row.time = time
        if isExplaining { mark("time", from: start + 1, to: timeEnd) }

        let requestStart = timeEnd + 3
        guard let requestEnd = envoyRequestEnd(bytes, from: requestStart, to: end) else { return .unread(.truncated) }
        let statusEnd = bytes.place(of: UInt8(ascii: " "), from: requestEnd + 2, to: end)
        guard statusEnd < end else { return .unread(.truncated) }
        guard let status = status(bytes, from: requestEnd + 2, to: statusEnd) else { return .unread(.badStatus) }
        row.status = status
        row.outcome = Outcome(status: status)
        // Without a request that could be read, Envoy writes hyphens (`- - HTTP/1.1`), which are nobody's method.
        putRequest(RequestLine(bytes, from: requestStart, to: requestEnd), of: &row, bytes, escapes: nil)
        return readEnvoyNumbers(bytes, from: statusEnd + 1, to: end, into: &row)
    }

    private func envoyRequestEnd(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int? {
        var index = start
        while true {
            index = bytes.place(of: UInt8(ascii: "\""), from: index, to: end)
            guard index + 3 < end else { return nil }
            if bytes[index + 1] == UInt8(ascii: " "), bytes[index + 2] &- UInt8(ascii: "0") <= 9 { return index }
            index += 1
        }
    }

    /// `flags [details…] bytes_in bytes_out duration upstream_time "…`
    private mutating func readEnvoyNumbers(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, into row: inout EventBatch.Row
    ) -> Reading {
        let flagsEnd = bytes.place(of: UInt8(ascii: " "), from: start, to: end)
        var details = 0..<0
        var index = flagsEnd + 1
        var words = 0
        while index < end, bytes[index] &- UInt8(ascii: "0") > 9 {
            // Details, termination details and the transport's failure, which is quoted.
            let isQuoted = bytes[index] == UInt8(ascii: "\"")
            let wordEnd = bytes.place(
                of: isQuoted ? UInt8(ascii: "\"") : UInt8(ascii: " "), from: index + (isQuoted ? 1 : 0), to: end)
            if words == 0, !isQuoted { details = index..<wordEnd }
            index = wordEnd + (isQuoted ? 2 : 1)
            words += 1
            guard words <= 3 else { return .unread(.noFormat) }
        }
        var numbers = InlineArray<4, Range<Int>>(repeating: 0..<0)
        for place in 0..<4 {
            guard index < end else { return .unread(.truncated) }
            let numberEnd = bytes.place(of: UInt8(ascii: " "), from: index, to: end)
            guard bytes.isUnknown(from: index, to: numberEnd) || bytes.wholeNumber(from: index, to: numberEnd) != nil
            else { return .unread(.noFormat) }
            numbers[place] = index..<numberEnd
            index = numberEnd + 1
        }
        if let size = bytes.wholeNumber(from: numbers[1].lowerBound, to: numbers[1].upperBound) {
            row.bytes = size
            if isExplaining { mark("bytes", from: numbers[1].lowerBound, to: numbers[1].upperBound) }
        }
        if let duration = bytes.wholeNumber(from: numbers[2].lowerBound, to: numbers[2].upperBound) {
            row.latency = min(duration, .max / 1000) * 1000
            if isExplaining { mark("latency_us", from: numbers[2].lowerBound, to: numbers[2].upperBound) }
        }
        put(EnvoyVerdict.verdict(status: row.status, flags: start..<flagsEnd, details: details, bytes), of: &row)
        readEnvoyTexts(bytes, from: index, to: end, into: &row)
        return .event(.envoy)
    }

    /// `"xff" "agent" "request id" "authority" "upstream"`, then nothing, or Istio's cluster and addresses.
    private mutating func readEnvoyTexts(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, into row: inout EventBatch.Row
    ) {
        guard start < end, bytes[start] == UInt8(ascii: "\"") else { return }
        guard let last = bytes.lastPlace(of: UInt8(ascii: "\""), from: start + 1, to: end) else { return }
        var ends: [Int] = [last]
        var cut = last
        while ends.count < 4, let quote = bytes.lastPlace(of: UInt8(ascii: "\""), from: start + 1, to: cut) {
            guard quote > start + 2, bytes.starts(with: "\" \"", at: quote - 2, to: end) else {
                cut = quote
                continue
            }
            ends.append(quote - 2)
            cut = quote - 2
        }
        // From the line's end: upstream, authority, request id; what is before them is hops and agent.
        guard ends.count == 4 else { return }
        put(.host, of: &row, bytes, from: ends[2] + 3, to: ends[1])
        put(.requestID, of: &row, bytes, from: ends[3] + 3, to: ends[2])
        let hopsEnd = bytes.place(of: UInt8(ascii: "\""), from: start + 1, to: ends[3])
        guard bytes.starts(with: "\" \"", at: hopsEnd, to: end) else { return }
        put(.agent, of: &row, bytes, from: hopsEnd + 3, to: ends[3])
        if last + 1 < end, readIstioAddress(bytes, from: last + 2, to: end, into: &row) { return }
        // The format has no peer address. Envoy itself appended the last hop; those before are the client's word.
        putLastHop(of: &row, bytes, from: start + 1, to: hopsEnd)
    }

    /// `cluster upstream_local downstream_local downstream_remote server_name route`
    private mutating func readIstioAddress(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, into row: inout EventBatch.Row
    ) -> Bool {
        var index = start
        for _ in 0..<3 {
            index = bytes.place(of: UInt8(ascii: " "), from: index, to: end) + 1
            guard index < end else { return false }
        }
        let remoteEnd = bytes.place(of: UInt8(ascii: " "), from: index, to: end)
        return putAddress(of: &row, bytes, from: index, to: remoteEnd, hasPort: true)
    }
}
