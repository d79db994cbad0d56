import ArgumentParser
import Domain
import Store
import Terminal

/// What a change would do, without doing it.
struct PolicyPreview {
    private let trial: PolicyTrial
    private let carried: [CarriedName]
    private let ending: EndingSecrets

    /// Of a change that neither others nor the policy's rules are against.
    init(of trial: PolicyTrial, in store: PolicyStore) throws {
        self.trial = trial
        carried = try store.namesCarried(by: trial.edits)
        ending = try EndingSecrets(of: trial.edits, in: store)
    }

    func print(json: Bool) throws {
        let (before, after) = try trial.snapshots()
        let effect = AccessDifference(from: before, to: after, at: SystemClock.now())
        var printer = PolicyPrinter(json: json)
        if json {
            try printer.object(
                [
                    ("based_on", .integer(trial.active.version.number)),
                    ("edits", .list(trial.edits.map(\.difference))), ("effect", .list(effect.groups.map(\.tree))),
                    ("dangers", .list(trial.findings.map(\.tree))),
                    ("waits_for", .words(trial.waitsFor.sorted().map(\.name))), ("warnings", .words(warnings)),
                ] + ending.members)
        } else {
            try printer.differences(trial.edits)
            try printer.effect(effect)
            try printer.dangers(of: trial)
            for warning in warnings { try printer.line("look twice: \(warning)", .caution) }
            try printer.warn(of: ending)
            try printer.line("nothing was changed", .dim)
        }
        try printer.finish()
    }

    private var warnings: [String] { trial.notes + carried.map(\.description) }
}

/// Commands that make a version of what another one holds can show it first.
struct PreviewOption: ParsableArguments {
    @Flag(help: "Only show what would change.")
    var dryRun = false

    /// - Parameter trial: Of the change, by who runs this process.
    func print(_ change: ChangeOptions, _ trial: (PolicyStore, Actor) throws -> PolicyTrial) throws {
        let access = try PolicyAccess.reading(change.policy.store)
        let tried = try trial(access.store, access.actor)
        guard tried.conflicts.isEmpty else {
            throw PolicyStoreError.conflict(tried.conflicts, active: tried.active.version.number)
        }
        guard tried.problems.isEmpty else { throw PolicyStoreError.invalid(tried.problems) }
        guard !tried.edits.isEmpty else { throw PolicyStoreError.nothingToDo }
        try PolicyPreview(of: tried, in: access.store).print(json: change.policy.json)
    }
}

extension DangerFinding {
    var tree: PolicyTree {
        .map([
            .init("danger", .text(danger.name)), .init("item", .text(item.description)), .init("what", .text(what)),
        ])
    }
}

extension PolicyPrinter {
    /// What a change would end, or keep out for a while.
    mutating func warn(of ending: EndingSecrets) throws {
        for line in ending.losses(before: true) { try self.line("can't be undone: \(line)", .warning) }
        for line in ending.pauses { try self.line("look twice: \(line)", .caution) }
    }

    /// What is dangerous about a change, and whether that makes it wait.
    mutating func dangers(of trial: PolicyTrial) throws {
        for found in trial.findings {
            let waits = trial.waitsFor.contains(found.danger)
            try line(
                (waits ? "would wait for a second operator: " : "look twice, it would be in force at once: ")
                    + "\(found.danger.name) (\(found.item): \(found.what))", .caution)
        }
    }
}
