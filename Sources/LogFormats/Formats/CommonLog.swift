import Domain

// The common log format of NCSA, and everything that begins like it: combined, with a virtual host before it, with
// nginx's, ingress-nginx's, Traefik's or Amazon's fields behind it. One reader, because one log may hold several of
// them, and because this is the hot path.
//
// The remote user is who the gateway authenticated, so it is the event's client; RFC 931's identity is left out.

extension LineReader {
    @inline(__always)
    mutating func readCommonLog(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, into row: inout EventBatch.Row
    ) -> Reading {
        let addressEnd = AddressText.v4End(bytes, from: start, to: end)
        var bracket = addressEnd + 5
        var isVirtual = false
        if addressEnd > start, bracket < end, bytes[bracket] == UInt8(ascii: "["),
            bytes.starts(with: " - - ", at: addressEnd, to: end)
        {
            put(.address, of: &row, bytes, from: start, to: addressEnd)
        } else {
            guard let head = readCommonLogHead(bytes, from: start, to: end, into: &row) else {
                return .unread(.noFormat)
            }
            bracket = head.bracket
            isVirtual = head.isVirtual
        }

        var timeEnd = bracket + 27
        if timeEnd >= end || bytes[timeEnd] != UInt8(ascii: "]") {
            timeEnd = bytes.place(of: UInt8(ascii: "]"), from: bracket, to: min(end, bracket + 48))
        }
        guard timeEnd + 2 < end, bytes[timeEnd] == UInt8(ascii: "]") else {
            return .unread(end - bracket < 48 ? .truncated : .noFormat)
        }
        let isTight = bytes[timeEnd + 1] == UInt8(ascii: "\"")
        let quote = timeEnd + (isTight ? 1 : 2)
        guard bytes[quote] == UInt8(ascii: "\""), isTight || bytes[timeEnd + 1] == UInt8(ascii: " ") else {
            return .unread(.noFormat)
        }
        guard let time = times.commonLogTime(bytes, from: bracket + 1, to: timeEnd) else { return .unread(.badTime) }
        guard TimeReader.range.contains(time) else { return .unread(.timeOutOfRange) }
        row.time = time
        if isExplaining { mark("time", from: bracket + 1, to: timeEnd) }

        var hasEscapes = false
        guard let requestEnd = requestEnd(bytes, from: quote + 1, to: end, hasEscapes: &hasEscapes) else {
            return .unread(.truncated)
        }
        let statusStart = requestEnd + 2
        let statusEnd = bytes.place(of: UInt8(ascii: " "), from: statusStart, to: end)
        guard statusStart < end, let status = status(bytes, from: statusStart, to: statusEnd) else {
            return .unread(statusStart < end ? .badStatus : .truncated)
        }
        row.status = status
        row.outcome = Outcome(status: status)
        let request = RequestLine(bytes, from: quote + 1, to: requestEnd)
        putRequest(request, of: &row, bytes, escapes: hasEscapes ? .backslash : nil)
        if status >= 400 { put(Verdict.ofStatus(status), of: &row) }

        let sizeStart = statusEnd + 1
        guard sizeStart < end else { return .unread(.truncated) }
        let sizeEnd = bytes.place(of: UInt8(ascii: " "), from: sizeStart, to: end)
        if let size = bytes.wholeNumber(from: sizeStart, to: sizeEnd) {
            row.bytes = size
            if isExplaining { mark("bytes", from: sizeStart, to: sizeEnd) }
        } else if !bytes.isUnknown(from: sizeStart, to: sizeEnd) {
            return .unread(.noFormat)
        }

        let referrer = sizeEnd + 1
        guard referrer < end, bytes[referrer] == UInt8(ascii: "\"") else {
            if isTight || isUUID(bytes, from: referrer, to: end) {
                readAmazonTail(bytes, from: referrer, to: end, path: request.path, into: &row)
                return .event(.awsCLF)
            }
            return .event(isVirtual ? .vhostCombined : .common)
        }
        if bytes[end - 1] == UInt8(ascii: "s"), readTraefikTail(bytes, from: referrer, to: end, into: &row) {
            return .event(.traefikCLF)
        }
        let agent = readQuoted(.referrer, bytes, from: referrer, to: end, into: &row) + 1
        guard agent < end, bytes[agent] == UInt8(ascii: "\"") else {
            return .event(isVirtual ? .vhostCombined : .combined)
        }
        let tail = readQuoted(.agent, bytes, from: agent, to: end, into: &row)
        if tail < end, readIngressTail(bytes, from: tail + 1, to: end, into: &row) { return .event(.nginxIngress) }
        return .event(isVirtual ? .vhostCombined : .combined)
    }

    /// Address, virtual host and user of a line that doesn't begin with `192.0.2.1 - - [`.
    private mutating func readCommonLogHead(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, into row: inout EventBatch.Row
    ) -> (bracket: Int, isVirtual: Bool)? {
        guard let bracket = timeBracket(bytes, from: start, to: end) else { return nil }
        let last = bracket - 1
        let firstEnd = bytes.place(of: UInt8(ascii: " "), from: start, to: last)
        guard firstEnd > start, firstEnd < last else { return nil }
        var rest = firstEnd + 1
        var isVirtual = false
        if !putAddress(of: &row, bytes, from: start, to: firstEnd) {
            let secondEnd = bytes.place(of: UInt8(ascii: " "), from: rest, to: last)
            if secondEnd < last, putAddress(of: &row, bytes, from: rest, to: secondEnd) {
                isVirtual = true
                rest = secondEnd + 1
                putVirtualHost(of: &row, bytes, from: start, to: firstEnd)
            } else {
                // With host name lookups, Apache logs a name where the address was.
                guard isHostName(bytes, from: start, to: firstEnd) else { return nil }
                put(.address, of: &row, bytes, from: start, to: firstEnd)
            }
        }
        let identityEnd = bytes.place(of: UInt8(ascii: " "), from: rest, to: last)
        guard identityEnd > rest else { return nil }
        var userStart = identityEnd
        var userEnd = last
        while userStart < userEnd, bytes[userStart] == UInt8(ascii: " ") { userStart += 1 }
        while userEnd > userStart, bytes[userEnd - 1] == UInt8(ascii: " ") { userEnd -= 1 }
        let escape = bytes.place(of: UInt8(ascii: "\\"), from: userStart, to: userEnd)
        put(.client, of: &row, bytes, from: userStart, to: userEnd, escapes: escape < userEnd ? .backslash : nil)
        return (bracket, isVirtual)
    }

    /// The bracket before a time; a user name may hold brackets, but not one before `21/Nov/`.
    private func timeBracket(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int? {
        var index = start
        // Nobody's name is so long that the time would be farther from the line's start.
        let limit = min(end, start + 4096)
        while true {
            index = bytes.place(of: UInt8(ascii: "["), from: index, to: limit)
            guard index + 12 < end, index < limit else { return nil }
            if index > start, bytes[index - 1] == UInt8(ascii: " "),
                bytes[index + 3] == UInt8(ascii: "/") || bytes[index + 5] == UInt8(ascii: "-")
            {
                return index
            }
            index += 1
        }
    }

    private mutating func putVirtualHost(
        of row: inout EventBatch.Row, _ bytes: Span<UInt8>, from start: Int, to end: Int
    ) {
        var hostEnd = end
        if let colon = bytes.lastPlace(of: UInt8(ascii: ":"), from: start, to: end),
            bytes.wholeNumber(from: colon + 1, to: end) != nil
        {
            hostEnd = colon
        }
        put(.host, of: &row, bytes, from: start, to: hostEnd)
    }

    private func isHostName(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Bool {
        guard end - start <= 255 else { return false }
        for index in start..<end {
            switch bytes[index] {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: ":"):
                continue
            default: return false
            }
        }
        return true
    }

    /// The quote that ends a request line: one before a status, since some gateways don't escape the quotes inside.
    @inline(__always)
    private func requestEnd(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, hasEscapes: inout Bool
    ) -> Int? {
        var index = start
        while true {
            index = bytes.place(of: UInt8(ascii: "\""), or: UInt8(ascii: "\\"), from: index, to: end)
            guard index + 2 < end else { return nil }
            if bytes[index] == UInt8(ascii: "\\") {
                hasEscapes = true
                index += 2
                continue
            }
            let next = bytes[index + 2]
            if bytes[index + 1] == UInt8(ascii: " "), next &- UInt8(ascii: "0") <= 9 || next == UInt8(ascii: "-") {
                return index
            }
            index += 1
        }
    }

    /// Reads a quoted text into a field, and gives the place after it. A text whose quote is missing goes to the
    /// line's end: it was cut off, and what came before it is worth more than the missing part.
    @inline(__always)
    private mutating func readQuoted(
        _ field: TextField, _ bytes: Span<UInt8>, from quote: Int, to end: Int, into row: inout EventBatch.Row
    ) -> Int {
        var index = quote + 1
        var hasEscapes = false
        while true {
            index = bytes.place(of: UInt8(ascii: "\""), or: UInt8(ascii: "\\"), from: index, to: end)
            guard index < end else { break }
            if bytes[index] == UInt8(ascii: "\\") {
                hasEscapes = true
                index = min(index + 2, end)
                continue
            }
            if index + 1 == end || bytes[index + 1] == UInt8(ascii: " ") { break }
            index += 1
        }
        put(field, of: &row, bytes, from: quote + 1, to: index, escapes: hasEscapes ? .backslash : nil)
        return min(index + 1, end)
    }
}
