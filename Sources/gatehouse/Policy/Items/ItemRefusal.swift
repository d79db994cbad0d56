import Domain

/// A change of one item that the policy's rules are against.
struct ItemRefusal: Error, CustomStringConvertible {
    /// As many as people read.
    private static let mostUses = 20

    let edit: PolicyEdit
    let problems: [PolicyProblem]

    var description: String {
        let uses = uses
        guard edit.after == nil, !uses.isEmpty else {
            return problems.map(\.description).joined(separator: "\n") + "\nNothing was changed."
        }
        let more = uses.count > Self.mostUses ? ["  and \(uses.count - Self.mostUses) more"] : []
        let lines = ["\(edit.key) is still used, so it can't go. Nothing was changed. First:"]
        return (lines + uses.prefix(Self.mostUses).map { "  " + $0 } + more).joined(separator: "\n")
    }

    /// What has to be done with each item that still refers to the one that goes.
    private var uses: [String] {
        var uses: [String] = []
        for problem in problems where problem.item != edit.key {
            let use = Self.use(of: edit.key, in: problem)
            if !uses.contains(use) { uses.append(use) }
        }
        return uses
    }

    private static func use(of key: ItemKey, in problem: PolicyProblem) -> String {
        let (kind, name) = (problem.item.kind.rawValue, problem.item.name)
        let field = String(problem.field.prefix { $0 != "[" })
        let command: String? =
            switch (problem.item.kind, field) {
            case (.client, "roles"), (.client, "scopes"), (.route, "scopes"), (.role, "parents"):
                "gatehouse \(kind) set \(name) --\(field)=-\(key.name)"
            case (.client, "tier"): "gatehouse client set \(name) --tier ''"
            case (.quota, "tier"), (.quota, "client"): "gatehouse quota delete \(name)"
            case (.settings, _): nil
            case (.client, _), (.route, _), (.role, _), (.quota, _), (.scope, _), (.tier, _), (.operator, _): nil
            }
        let place = problem.item.kind == .settings ? "the settings' \(field)" : "\(problem.item) \(field)"
        return command.map { "\($0)    (\(place))" } ?? "take it out of \(place), in a policy file"
    }
}
