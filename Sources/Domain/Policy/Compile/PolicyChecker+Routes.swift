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
            url(route.upstream, item, "upstream")
            if !route.upstream.isEmpty, !isHTTP(route.upstream) {
                report(item, "upstream", "is no URL of http or https", "write it like http://10.0.0.7:8080")
            }
            text(route.version, item, "version")
            url(route.schema, item, "schema")
            text(route.note, item, "note")
        }
    }

    /// A scheme that requests can go by, and a host (RFC 9110, section 4.2).
    private func isHTTP(_ url: String) -> Bool {
        let bytes = url.utf8.prefix(8).map { $0 | 0x20 }
        guard let scheme = ["http://", "https://"].first(where: { bytes.starts(with: $0.utf8) }) else { return false }
        let host = url.utf8.dropFirst(scheme.utf8.count).prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
        return !host.isEmpty && host.first != UInt8(ascii: ":") && url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
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
