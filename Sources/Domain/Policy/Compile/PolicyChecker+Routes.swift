extension PolicyChecker {
    mutating func checkRoutes() {
        for route in lists.routes {
            let item = ItemKey(route.name)
            if route.methods.isEmpty { report(item, "methods", "names no method", "name one, or all") }
            references(route.requiredScopes, item, "scopes") { [numbers] in numbers.scopes[$0] != nil }
            if !(1...1000).contains(route.cost) { report(item, "cost", "is \(route.cost)", "give 1 to 1000") }
            if let deprecated = route.deprecated, let sunset = route.sunset, sunset < deprecated {
                report(item, "sunset", "comes before deprecated", "give a later time (RFC 9745, section 4)")
            }
            if url(route.upstream, item, "upstream"), !route.upstream.isEmpty, !isHTTP(route.upstream) {
                report(item, "upstream", "is no URL of http or https", "write it like http://10.0.0.7:8080")
            }
            text(route.version, item, "version")
            url(route.schema, item, "schema")
            text(route.note, item, "note")
        }
    }

    /// A scheme that requests can go by, a host and maybe a port (RFC 9110, section 4.2); nobody's name before it.
    private func isHTTP(_ url: String) -> Bool {
        let start = url.utf8.prefix(8).map { $0 | 0x20 }
        guard let scheme = ["http://", "https://"].first(where: { start.starts(with: $0.utf8) }),
            url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\\") })
        else { return false }
        let rest = url.utf8.dropFirst(scheme.utf8.count)
        let authority = rest.prefix { ![UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")].contains($0) }
        if authority.first == UInt8(ascii: "[") {
            guard let end = authority.firstIndex(of: UInt8(ascii: "]")),
                let address = IPAddress(String(decoding: authority[..<end].dropFirst(), as: UTF8.self)), !address.isV4
            else { return false }
            return isPort(authority[end...].dropFirst())
        }
        let host = authority.prefix { $0 != UInt8(ascii: ":") }
        let labels = host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return host.count <= 253 && labels.allSatisfy(isLabel) && isPort(authority.dropFirst(host.count))
    }

    /// Letters, digits and hyphens, none of these at an end (RFC 1123, section 2.1).
    private func isLabel(_ label: Substring.UTF8View) -> Bool {
        let hyphen = UInt8(ascii: "-")
        guard (1...63).contains(label.count), label.first != hyphen, label.last != hyphen else { return false }
        return label.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte | 0x20) || byte == hyphen
        }
    }

    /// Nothing, or a colon and a number.
    private func isPort(_ text: Substring.UTF8View) -> Bool {
        guard let colon = text.first else { return true }
        let digits = text.dropFirst()
        guard colon == UInt8(ascii: ":"), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
        return UInt16(String(decoding: digits, as: UTF8.self)).map { $0 > 0 } ?? false
    }

    /// Routes that share a path in a way that doesn't say which of them is meant.
    mutating func checkRouteConflicts() {
        checkConflicts(of: Array(lists.routes.indices), from: 0)
    }

    /// Compares routes that begin with the same words up to a segment, each with each that could share a path.
    private mutating func checkConflicts(of routes: [Int], from depth: Int) {
        // Routes with different words in one place share nothing, so only those of one word and those that have none
        // there are compared.
        var groups: [String: [Int]] = [:]
        var others: [Int] = []
        for route in routes {
            let segments = lists.routes[route].pattern.segments
            if depth < segments.count, case .literal(let word) = segments[depth] {
                groups[word, default: []].append(route)
            } else {
                others.append(route)
            }
        }
        for group in groups.values {
            for route in group {
                for other in others { compare(min(other, route), max(other, route)) }
            }
            if group.count > 1 { checkConflicts(of: group, from: depth + 1) }
            // The list would grow with the square of the routes.
            if problems.count > 1000 { return }
        }
        for (place, route) in others.enumerated() {
            for other in others[..<place] { compare(other, route) }
        }
    }

    private mutating func compare(_ first: Int, _ second: Int) {
        let (route, other) = (lists.routes[second], lists.routes[first])
        guard route.pattern.overlaps(other.pattern) else { return }
        switch (route.pattern.covers(other.pattern), other.pattern.covers(route.pattern)) {
        case (true, false), (false, true): return
        case (true, true):
            let common = route.methods.intersection(other.methods)
            guard !common.isEmpty else { return }
            let words = common.methods.map(\.name).joined(separator: ", ")
            report(
                ItemKey(route.name), "path", "\(route.pattern) is that of route \(other.name) too, for \(words)",
                "give each method to one of them",
                other: .init(
                    ItemKey(other.name), problem: "\(other.pattern) is that of route \(route.name) too, for \(words)"))
        case (false, false):
            report(
                ItemKey(route.name), "path",
                "\(route.pattern) and \(other.pattern) of route \(other.name) share paths, and neither is more specific",
                "make one of them more specific",
                other: .init(
                    ItemKey(other.name),
                    problem:
                        "\(other.pattern) and \(route.pattern) of route \(route.name) share paths, and neither is more specific"
                ))
        }
    }
}
