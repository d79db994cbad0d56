import Domain
import Store
import Terminal

/// What a change would do, without doing it.
struct PolicyPreview {
    let active: ActivePolicy
    let edits: [PolicyEdit]

    /// Compiles what would come out; throws what is wrong with it.
    func checked() throws -> PolicySnapshot {
        let next: Policy
        do {
            next = try active.policy.merging(edits)
        } catch {
            throw PolicyStoreError.conflict(error.conflicts, active: active.version.number)
        }
        do {
            return try PolicySnapshot(compiling: next, zones: ZoneTables.table(named:))
        } catch {
            throw PolicyStoreError.invalid(error.problems)
        }
    }

    func print(json: Bool) throws {
        let snapshot = try checked()
        let next = snapshot.policy
        let effect = AccessDifference(
            from: try PolicySnapshot(compiling: active.policy, zones: ZoneTables.table(named:)), to: snapshot,
            at: SystemClock.now())
        var printer = PolicyPrinter(json: json)
        let dangers = Danger.found(from: active.policy, to: next)
        if json {
            try printer.object([
                ("based_on", .integer(active.version.number)),
                ("edits", .list(edits.map(\.difference))), ("effect", .list(effect.groups.map(\.tree))),
                (
                    "dangers",
                    .list(
                        dangers.map { found in
                            .map([
                                .init("danger", .text(found.danger.name)),
                                .init("item", .text(found.item.description)),
                                .init("what", .text(found.what)),
                            ])
                        })
                ),
            ])
        } else {
            try printer.differences(edits)
            try printer.effect(effect)
            for found in dangers {
                try printer.line(
                    "would wait for a second operator: \(found.danger.name) (\(found.item): \(found.what))", .caution)
            }
            try printer.line("nothing was changed", .dim)
        }
        try printer.finish()
    }
}
