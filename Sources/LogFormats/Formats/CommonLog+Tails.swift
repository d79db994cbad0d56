import Domain

// What gateways write behind the combined format.

extension LineReader {
    func isUUID(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Bool {
        guard end - start == 36 else { return false }
        for index in start..<end {
            let isHyphen = [8, 13, 18, 23].contains(index - start)
            guard isHyphen ? bytes[index] == UInt8(ascii: "-") : bytes.hexDigit(at: index) != nil else { return false }
        }
        return true
    }

    /// `requestId`; the path that Amazon logs is the resource, which is the route.
    mutating func readAmazonTail(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, path: Range<Int>, into row: inout EventBatch.Row
    ) {
        put(.route, of: &row, bytes, from: path.lowerBound, to: path.upperBound)
        guard start < end else { return }
        let idEnd = bytes.place(of: UInt8(ascii: " "), from: start, to: end)
        put(.requestID, of: &row, bytes, from: start, to: idEnd)
    }

    /// `"referrer" "agent" count "router" "service" 12ms`, read from its end, because Traefik escapes nothing.
    mutating func readTraefikTail(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, into row: inout EventBatch.Row
    ) -> Bool {
        guard
            bytes[end - 2] == UInt8(ascii: "m"),
            let space = bytes.lastPlace(of: UInt8(ascii: " "), from: start, to: end),
            let duration = bytes.wholeNumber(from: space + 1, to: end - 2),
            let service = quotedBefore(space, bytes, from: start),
            let router = quotedBefore(service.lowerBound - 2, bytes, from: start)
        else { return false }
        let countEnd = router.lowerBound - 2
        guard countEnd > start, let countStart = bytes.lastPlace(of: UInt8(ascii: " "), from: start, to: countEnd),
            bytes.wholeNumber(from: countStart + 1, to: countEnd) != nil
                || bytes.isUnknown(from: countStart + 1, to: countEnd),
            countStart > start + 1, bytes[countStart - 1] == UInt8(ascii: "\"")
        else { return false }
        var middle = start + 1
        while middle + 2 < countStart {
            middle = bytes.place(of: UInt8(ascii: "\""), from: middle, to: countStart)
            if middle + 2 < countStart, bytes[middle + 1] == UInt8(ascii: " "), bytes[middle + 2] == UInt8(ascii: "\"")
            {
                break
            }
            middle += 1
        }
        guard middle + 2 < countStart else { return false }
        put(.referrer, of: &row, bytes, from: start + 1, to: middle)
        put(.agent, of: &row, bytes, from: middle + 3, to: countStart - 1)
        row.latency = min(duration, .max / 1000) * 1000
        if isExplaining { mark("latency_us", from: space + 1, to: end) }
        if bytes.isUnknown(from: service.lowerBound, to: service.upperBound) {
            put(Verdict.withoutUpstream(status: row.status), of: &row)
        }
        return true
    }

    /// The text between the quotes that end before an index; nil when there are none.
    private func quotedBefore(_ index: Int, _ bytes: Span<UInt8>, from start: Int) -> Range<Int>? {
        guard
            index - 2 > start, bytes[index - 1] == UInt8(ascii: "\""),
            let open = bytes.lastPlace(of: UInt8(ascii: "\""), from: start, to: index - 1)
        else { return nil }
        return open + 1..<index - 1
    }

    /// `request_length request_time [upstream] [alternative] address length time status request_id` of ingress-nginx;
    /// true when that is what the tail is. Of other tails, a lone number with a fraction and `rt=` are seconds.
    mutating func readIngressTail(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, into row: inout EventBatch.Row
    ) -> Bool {
        guard start < end else { return false }
        let firstEnd = bytes.place(of: UInt8(ascii: " "), from: start, to: end)
        guard bytes[start] &- UInt8(ascii: "0") <= 9, firstEnd < end else {
            readSeconds(bytes, from: start, to: end, into: &row)
            return false
        }
        let timeEnd = bytes.place(of: UInt8(ascii: " "), from: firstEnd + 1, to: end)
        guard
            bytes.wholeNumber(from: start, to: firstEnd) != nil, timeEnd + 1 < end,
            bytes[timeEnd + 1] == UInt8(ascii: "["),
            let seconds = bytes.scaledNumber(from: firstEnd + 1, to: timeEnd, power: 6), seconds >= 0
        else { return false }
        row.latency = seconds
        if isExplaining { mark("latency_us", from: firstEnd + 1, to: timeEnd) }
        let upstreamEnd = bytes.place(of: UInt8(ascii: "]"), from: timeEnd, to: end)
        let otherEnd = bytes.place(of: UInt8(ascii: "]"), from: min(upstreamEnd + 1, end), to: end)
        if let space = bytes.lastPlace(of: UInt8(ascii: " "), from: start, to: end) {
            put(.requestID, of: &row, bytes, from: space + 1, to: end)
        }
        if bytes.starts(with: " - ", at: min(otherEnd + 1, end), to: end) {
            put(Verdict.withoutUpstream(status: row.status), of: &row)
        }
        return true
    }

    private mutating func readSeconds(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, into row: inout EventBatch.Row
    ) {
        var index = start
        while index < end {
            let next = bytes.place(of: UInt8(ascii: " "), from: index, to: end)
            var number = index
            if bytes.starts(with: "rt=", at: index, to: next) { number = index + 3 }
            if bytes.starts(with: "request_time=", at: index, to: next) { number = index + 13 }
            let isLone = number == index && index == start && next == end
            if number > index || isLone, bytes.place(of: UInt8(ascii: "."), from: number, to: next) < next,
                let seconds = bytes.scaledNumber(from: number, to: next, power: 6), seconds >= 0
            {
                row.latency = seconds
                if isExplaining { mark("latency_us", from: number, to: next) }
                return
            }
            index = next + 1
        }
    }
}
