import ArgumentParser
import Domain
import Store

/// What commands that change one item have in common.
struct ItemChangeOptions: ParsableArguments {
    @Flag(help: "Only show what would change.")
    var dryRun = false

    @OptionGroup var change: ChangeOptions

    func apply(
        to key: ItemKey, yes: Bool = false, _ edit: (Policy) throws -> PolicyEdit
    ) throws {
        let reading = dryRun ? try PolicyAccess.reading(change.policy.store) : nil
        let access =
            try reading
            ?? PolicyAccess.writing(change, duty: .edit, action: "policy.apply", target: key.description)
        let active = try access.store.active()
        let edit = try edit(active.policy)
        do {
            if dryRun {
                let trial = try access.store.trial(of: [edit], by: access.actor)
                guard trial.problems.isEmpty else { throw PolicyStoreError.invalid(trial.problems) }
                return try PolicyPreview(of: trial, in: access.store).print(json: change.policy.json)
            }
            let ending = try EndingSecrets(of: access, taking: .edit) { try $0.trial(of: [edit]) }
            try ending.confirm(yes: yes)
            let outcome = try access.apply([edit], basedOn: active.version.number, reason: try change.reason.text())
            var printer = PolicyPrinter(json: change.policy.json)
            try printer.outcome(outcome, of: access.store, ending: ending)
        } catch PolicyStoreError.invalid(let problems) {
            throw ItemRefusal(edit: edit, problems: problems.map { $0.told(of: [key]) })
        }
        try access.store.close()
    }
}
