import Domain

// HAProxy's HTTP log format (`option httplog`; https://docs.haproxy.org/2.8/configuration.html#8.2.3):
//
//     client:port [accepted] frontend backend/server TR/Tw/Tc/Tr/Ta status bytes CC CS termination
//         actconn/feconn/beconn/srv_conn/retries srv_queue/backend_queue {request headers} {response headers} "request"
//
// Which headers are captured is the configuration's secret. Only what can't be taken for anything else is kept: a known
// kind of user agent, and a referrer that is a URL.

extension LineReader {
    mutating func readHAProxy(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, into row: inout EventBatch.Row
    ) -> Reading {
        let addressEnd = bytes.place(of: UInt8(ascii: " "), from: start, to: min(end, start + 64))
        guard
            bytes.starts(with: " [", at: addressEnd, to: end),
            bytes.place(of: UInt8(ascii: ":"), from: start, to: addressEnd) < addressEnd,
            putAddress(of: &row, bytes, from: start, to: addressEnd, hasPort: true)
        else { return .unread(.noFormat) }
        let timeStart = addressEnd + 2
        let timeEnd = bytes.place(of: UInt8(ascii: "]"), from: timeStart, to: min(end, timeStart + 40))
        guard bytes.starts(with: "] ", at: timeEnd, to: end) else { return .unread(.noFormat) }
        guard let time = times.commonLogTime(bytes, from: timeStart, to: timeEnd) else { return .unread(.badTime) }
        guard TimeReader.range.contains(time) else { return .unread(.timeOutOfRange) }
        row.time = time
        if isExplaining { mark("time", from: timeStart, to: timeEnd) }

        var words = InlineArray<10, Range<Int>>(repeating: 0..<0)
        var index = timeEnd + 2
        for place in 0..<10 {
            let wordEnd = bytes.place(of: UInt8(ascii: " "), from: index, to: end)
            words[place] = index..<wordEnd
            // A line of another kind (TCP, a failed handshake) has fewer words, or others.
            guard wordEnd < end else { return .unread(.notARequest) }
            index = wordEnd + 1
        }
        guard let timers = slashes(words[2], bytes), timers == 4, let counters = slashes(words[8], bytes), counters == 4
        else { return .unread(.notARequest) }
        guard let status = status(bytes, from: words[3].lowerBound, to: words[3].upperBound) else {
            return .unread(.badStatus)
        }
        row.status = status
        row.outcome = Outcome(status: status)
        readHAProxyNumbers(bytes, timers: words[2], size: words[4], into: &row)
        put(haproxyVerdict(status: status, words[7], bytes), of: &row)

        while index < end, bytes[index] == UInt8(ascii: "{") {
            let captureEnd = bytes.place(of: UInt8(ascii: "}"), from: index, to: end)
            readCaptures(bytes, from: index + 1, to: captureEnd, into: &row)
            index = min(captureEnd + 2, end)
        }
        guard index < end, bytes[index] == UInt8(ascii: "\"") else { return .unread(.truncated) }
        let isWhole = bytes[end - 1] == UInt8(ascii: "\"") && end - 1 > index
        let requestEnd = isWhole ? end - 1 : end
        guard !bytes.equals("<BADREQ>", from: index + 1, to: requestEnd) else { return .event(.haproxy) }
        let request = RequestLine(bytes, from: index + 1, to: requestEnd)
        let mark = bytes.place(of: UInt8(ascii: "#"), from: index, to: requestEnd)
        putRequest(request, of: &row, bytes, escapes: mark < requestEnd ? .numberSign : nil)
        return .event(.haproxy)
    }

    private func slashes(_ range: Range<Int>, _ bytes: Span<UInt8>) -> Int? {
        var count = 0
        for index in range {
            switch bytes[index] {
            case UInt8(ascii: "/"): count += 1
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"): continue
            default: return nil
            }
        }
        return count
    }

    private mutating func readHAProxyNumbers(
        _ bytes: Span<UInt8>, timers: Range<Int>, size: Range<Int>, into row: inout EventBatch.Row
    ) {
        // A plus says that the log was written before the answer's end (`option logasap`).
        if let slash = bytes.lastPlace(of: UInt8(ascii: "/"), from: timers.lowerBound, to: timers.upperBound) {
            let first = slash + 1 < timers.upperBound && bytes[slash + 1] == UInt8(ascii: "+") ? slash + 2 : slash + 1
            if let total = bytes.wholeNumber(from: first, to: timers.upperBound) {
                row.latency = min(total, .max / 1000) * 1000
                if isExplaining { mark("latency_us", from: first, to: timers.upperBound) }
            }
        }
        let first = bytes[size.lowerBound] == UInt8(ascii: "+") ? size.lowerBound + 1 : size.lowerBound
        if let length = bytes.wholeNumber(from: first, to: size.upperBound) {
            row.bytes = length
            if isExplaining { mark("bytes", from: first, to: size.upperBound) }
        }
    }

    /// What the first two letters of the termination state tell (section 8.5).
    private func haproxyVerdict(status: UInt16, _ state: Range<Int>, _ bytes: Span<UInt8>) -> Verdict? {
        guard state.count >= 2 else { return nil }
        let who = bytes[state.lowerBound]
        let when = bytes[state.lowerBound + 1]
        switch who {
        case UInt8(ascii: "P"):
            if when == UInt8(ascii: "T") { return Verdict(.forbidden, .tarpitted) }
            if when == UInt8(ascii: "H") { return Verdict(.failed, .responseBlocked) }
            return status == 400 ? Verdict(.invalid, .protocolError) : Verdict.withoutUpstream(status: status)
        case UInt8(ascii: "C"): return Verdict(.allowed, .clientAborted)
        case UInt8(ascii: "c"): return Verdict(nil, .clientTimeout)
        case UInt8(ascii: "S"):
            return Verdict(nil, when == UInt8(ascii: "C") ? .upstreamConnectionFailed : .upstreamReset)
        case UInt8(ascii: "s"): return Verdict(nil, when == UInt8(ascii: "Q") ? .noUpstream : .upstreamTimeout)
        case UInt8(ascii: "R"): return Verdict(.failed, .overloaded)
        case UInt8(ascii: "I"): return Verdict(.failed, .gatewayError)
        case UInt8(ascii: "D"), UInt8(ascii: "K"), UInt8(ascii: "U"): return Verdict(nil, .noUpstream)
        default: return status == 503 ? Verdict(nil, .noUpstream) : nil
        }
    }

    private static let agents: [StaticString] = [
        "Mozilla/", "Opera/", "curl/", "Wget/", "Go-http-client/", "python-requests/", "Python-urllib/", "okhttp/",
        "PostmanRuntime/", "Java/", "Apache-HttpClient/", "axios/", "node-fetch/", "aiohttp/", "kube-probe/",
        "Prometheus/", "ELB-HealthChecker/", "GoogleHC/", "Dalvik/", "Googlebot/",
    ]

    private mutating func readCaptures(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, into row: inout EventBatch.Row
    ) {
        var index = start
        while index < end {
            let next = bytes.place(of: UInt8(ascii: "|"), from: index, to: end)
            let mark = bytes.place(of: UInt8(ascii: "#"), from: index, to: next)
            let escapes: Escapes? = mark < next ? .numberSign : nil
            if row[.agent].isUnknown,
                Self.agents.contains(where: { bytes.starts(with: $0, at: index, to: next) })
            {
                put(.agent, of: &row, bytes, from: index, to: next, escapes: escapes)
            } else if row[.referrer].isUnknown,
                bytes.starts(with: "https://", at: index, to: next)
                    || bytes.starts(with: "http://", at: index, to: next)
            {
                put(.referrer, of: &row, bytes, from: index, to: next, escapes: escapes)
            }
            index = next + 1
        }
    }
}
