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
            text(route.upstream, item, "upstream")
            text(route.version, item, "version")
            text(route.schema, item, "schema")
            text(route.note, item, "note")
        }
    }

    /// Routes that share a path in a way that doesn't say which of them is meant.
    mutating func checkRouteConflicts() {
        // Routes that begin with different words share nothing, so only those of one word and those that begin with a
        // variable or a star are compared.
        var groups: [String: [Int]] = [:]
        var open: [Int] = []
        for (index, route) in lists.routes.enumerated() {
            if case .literal(let word)? = route.pattern.segments.first {
                groups[word, default: []].append(index)
            } else {
                open.append(index)
            }
        }
        for (index, group) in groups.values.enumerated() {
            for (place, route) in group.enumerated() {
                for other in group[..<place] { compare(other, route) }
                for other in open { compare(min(other, route), max(other, route)) }
            }
            // The list would grow with the square of the routes.
            if problems.count > 1000, index > 0 { return }
        }
        for (place, route) in open.enumerated() {
            for other in open[..<place] { compare(other, route) }
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
                "give each method to one of them")
        case (false, false):
            report(
                ItemKey(route.name), "path",
                "\(route.pattern) and \(other.pattern) of route \(other.name) share paths, and neither is more specific",
                "make one of them more specific")
        }
    }
}
