// Permissions as people say them:
// allow GET,PUT /users/{id} if owner id = sub, network 10.0.0.0/8, time mon-fri 08:00-18:00 Europe/Berlin

/// One line for a permission, or for a part of it; what is written reads back to the same.
package enum PermissionText {
    package static let form = "allow GET,PUT /users/{id} if owner id = sub, network 10.0.0.0/8"

    package static func text(of permission: Permission) -> String {
        let line = "\(permission.effect.name) \(text(of: permission.methods)) \(permission.pattern.text)"
        guard !permission.conditions.isEmpty else { return line }
        return line + " if " + permission.conditions.map(text).joined(separator: ", ")
    }

    /// `all`, `GET,PUT`, or `none`.
    package static func text(of methods: MethodSet) -> String {
        if methods.isSuperset(of: .all) { return "all" }
        return methods.isEmpty ? "none" : methods.methods.map(\.name).joined(separator: ",")
    }

    package static func text(of networks: [Network]) -> String {
        networks.isEmpty ? "none" : networks.map(\.description).joined(separator: " ")
    }

    package static func permission(_ line: String) throws(LineProblem) -> Permission {
        var reader = TreeReader()
        let permission = Permission(tree: try tree(line), reader: &reader)
        if let problem = reader.problems.first { throw LineProblem(problem) }
        guard let permission else { throw .at(1, "this is no permission; write it like \(form)") }
        return permission
    }

    /// The same as files have it; every place in it is a column of the line.
    static func tree(_ line: String) throws(LineProblem) -> PolicyTree {
        var scanner = LineScanner(line)
        guard let effect = scanner.raw() else { throw .at(1, "write it like \(form)") }
        let effects = Permission.Effect.allCases.map(\.name)
        guard effects.contains(effect.text) else {
            throw .at(
                effect.column,
                "a permission begins with allow or deny, not \(SafeText.quoted(effect.text))"
                    + hint(effect.text, among: effects))
        }
        guard let methods = scanner.raw() else {
            throw .at(scanner.column, "the methods are missing; write GET,PUT or all")
        }
        guard let path = scanner.raw() else {
            throw .at(scanner.column, "the path is missing; write it like /users/{id}, or * for every path")
        }
        var members = [
            PolicyTree.Member(effect.text, self.methods(methods)), PolicyTree.Member("path", try pattern(path)),
        ]
        let tokens = try scanner.tokens()
        if let first = tokens.first {
            guard first.keyword == "if" else { throw .at(first.column, "after the path comes “if” with conditions") }
            let conditions = try ConditionText.trees(tokens.dropFirst(), end: scanner.column)
            members.append(.init("conditions", .list(conditions)))
        }
        return .map(members)
    }

    /// `GET,PUT` as a list, whose places are columns.
    static func methods(_ word: LineScanner.Word) -> PolicyTree {
        switch word.text {
        case "all": return word.tree
        case "none": return PolicyTree(.list([]), place: word.place)
        default: break
        }
        var column = word.column
        var names: [PolicyTree] = []
        for part in word.text.split(separator: ",", omittingEmptySubsequences: false) {
            defer { column += part.unicodeScalars.count + 1 }
            guard !part.isEmpty else { continue }
            names.append(PolicyTree(.text(String(part)), place: .init(line: 1, column: column)))
        }
        return PolicyTree(.list(names), place: word.place)
    }

    private static func pattern(_ word: LineScanner.Word) throws(LineProblem) -> PolicyTree {
        do {
            _ = try RoutePattern(word.text)
            return word.tree
        } catch {
            // Its columns count from the path's first byte.
            let inside = RoutePatternError(column: word.column + error.column - 1, problem: error.problem)
            throw LineProblem(column: inside.column, "\(inside)")
        }
    }

    static func hint(_ word: String, among words: [String]) -> String {
        EditDistance.nearest(to: word, among: words).map { "; did you mean “\($0)”?" } ?? ""
    }
}

extension PermissionText {
    /// With which words a condition begins.
    package static var conditionWords: [String] { ConditionText.forms.map(\.word) }
}
