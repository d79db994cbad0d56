// How paths that were seen become routes.

extension RoutePattern {
    /// The pattern of a template that was made of paths (`RouteTemplates`); nil when it stands for too much.
    ///
    /// A placeholder that comes twice is numbered, and what no pattern can name becomes a variable.
    package init?(template: String) {
        let parts = template.split(separator: "/").map(String.init)
        guard parts != ["{other}"] else { return nil }
        var names: Set<String> = []
        var segments: [String] = []
        for (index, part) in parts.enumerated() {
            if part == "{rest}", index == parts.count - 1, index > 0 {
                segments.append("*")
                continue
            }
            guard part.hasPrefix("{") || part == "*" || (try? RoutePattern("/" + part)) == nil else {
                segments.append(part)
                continue
            }
            let name = String(
                part.prefix { $0 != "}" }.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.prefix(28))
            var unused = name.isEmpty ? "part" : name
            var number = 2
            while !names.insert(unused).inserted {
                unused = (name.isEmpty ? "part" : name) + "\(number)"
                number += 1
            }
            segments.append("{\(unused)}")
        }
        try? self.init("/" + segments.joined(separator: "/"))
    }
}

extension Policy {
    /// What makes routes of paths that were seen: one for each path, internal, with all the methods that were seen.
    package func edits(adopting found: some Sequence<(method: Method, pattern: RoutePattern)>) -> [PolicyEdit] {
        var patterns: [RoutePattern] = []
        var methods: [RoutePattern: MethodSet] = [:]
        for (method, pattern) in found {
            if methods[pattern] == nil { patterns.append(pattern) }
            methods[pattern, default: []].formUnion(MethodSet([method]))
        }
        var grown = self
        return patterns.map { pattern in
            let route = Route(
                name: grown.unusedRouteName(for: pattern), pattern: pattern, methods: methods[pattern] ?? [])
            grown.put(.route(route))
            return PolicyEdit(key: ItemKey(route.name), before: nil, after: .route(route))
        }
    }

    /// A name made of a pattern's segments that no route has: `v1-users-id` for `/v1/users/{id}`.
    func unusedRouteName(for pattern: RoutePattern) -> Name<Route> {
        let words = pattern.segments.map { segment in
            switch segment {
            case .literal(let text), .variable(let text): text.filter { Self.isNamePart($0) }.lowercased()
            }
        }
        .filter { !$0.isEmpty }
        var base = String((words + (pattern.isOpen ? ["all"] : [])).joined(separator: "-").prefix(48))
        if let first = base.first, !first.isLetter, !first.isNumber { base = "route" + base }
        if base.isEmpty { base = "root" }
        let taken = Set(items.keys.filter { $0.kind == .route }.map { $0.name.lowercased() })
        var number = 1
        while true {
            let text = number == 1 ? base : "\(base)-\(number)"
            if !taken.contains(text), let name = try? Name<Route>(text) { return name }
            number += 1
        }
    }

    private static func isNamePart(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "._-".contains(character))
    }
}
