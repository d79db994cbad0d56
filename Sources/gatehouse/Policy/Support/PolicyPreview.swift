import Domain
import Store
import Terminal

/// What a change would do, without doing it.
struct PolicyPreview {
    private let trial: PolicyTrial
    private let carried: [CarriedName]

    /// - Parameter basedOn: The version that the edits were made on; the one in force if left out.
    init(of edits: [PolicyEdit], basedOn: Int? = nil, in store: PolicyStore) throws {
        trial = try store.trial(of: edits, basedOn: basedOn)
        carried = try store.namesCarried(by: trial.edits)
    }

    func print(json: Bool) throws {
        guard trial.conflicts.isEmpty else {
            throw PolicyStoreError.conflict(trial.conflicts, active: trial.active.version.number)
        }
        guard trial.problems.isEmpty else { throw PolicyStoreError.invalid(trial.problems) }
        let (active, edits) = (trial.active, trial.edits)
        let before = try PolicySnapshot(compiling: active.policy, zones: ZoneTables.table(named:))
        let effect = AccessDifference(from: before, to: trial.snapshot ?? before, at: SystemClock.now())
        var printer = PolicyPrinter(json: json)
        let dangers = trial.findings
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
                ("warnings", .words(warnings)),
            ])
        } else {
            try printer.differences(edits)
            try printer.effect(effect)
            for found in dangers {
                try printer.line(
                    "would wait for a second operator: \(found.danger.name) (\(found.item): \(found.what))", .caution)
            }
            for warning in warnings { try printer.line("look twice: \(warning)", .caution) }
            try printer.line("nothing was changed", .dim)
        }
        try printer.finish()
    }

    private var warnings: [String] { trial.notes + carried.map(\.description) }
}
