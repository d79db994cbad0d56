// `gatehouse policy show|history|undo|restore|approve|reject`: the policy as versions.

import ArgumentParser
import Domain
import Store
import Terminal

struct PolicyShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what is in force, what waits and what alarms; or one version, with what it changed.")

    @Argument(help: "A version; the one in force if left out.") var version: Int?
    @OptionGroup var options: PolicyOptions

    func run() throws {
        let access = try PolicyAccess.reading(options.store)
        let store = access.store
        let active = try access.shown()
        let shown = try version.map { try store.version($0) } ?? active.version
        let policy = shown == active.version ? active.policy : try store.policy(at: shown.number)
        let edits = version == nil ? [] : try store.edits(of: shown.number)
        let drafts = version == nil ? try store.drafts() : []
        let alarms = version == nil ? try store.breakGlassAlarms() : []
        var printer = PolicyPrinter(json: options.json)
        if options.json {
            var members: [PolicyTree.Member] = []
            if case .map(let fields) = shown.tree.content { members = fields }
            members.append(.init("items", PolicyCounts(policy).tree))
            if version == nil {
                members.append(.init("drafts", .list(drafts.map(\.tree))))
                members.append(.init("alarms", .list(alarms.map { .integer($0.version.number) })))
            } else {
                members.append(.init("edits", .list(edits.map(\.difference))))
            }
            try printer.output.writeLine(PolicyTree.map(members).json)
        } else {
            try printer.version(shown)
            try printer.line("  items    \(PolicyCounts(policy).text)")
            if version != nil { try printer.differences(edits) }
            for alarm in alarms {
                try printer.line(
                    "▲ version \(alarm.version.number) by break-glass, not reviewed; \(alarm.stateText(printer))",
                    .warning)
            }
            for draft in drafts {
                try printer.line(
                    "draft \(draft.number) by \(draft.author.name) waits for a second operator: \(draft.reason)",
                    .caution)
            }
        }
        try printer.finish()
    }
}

struct PolicyHistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "List the versions of the policy, newest first.")

    @Option(help: ArgumentHelp("At most so many.", valueName: "n")) var limit = 50

    @Option(help: ArgumentHelp("Only versions that changed this item, as in client/acme.", valueName: "item"))
    var item: String?

    @OptionGroup var options: PolicyOptions

    func run() throws {
        guard limit > 0 else { throw ValidationError("--limit must be positive") }
        let store = try PolicyAccess.reading(options.store).store
        let versions =
            try item.map { try store.versions(changing: try Self.key($0), limit: limit) }
            ?? store.versions(limit: limit)
        var printer = PolicyPrinter(json: options.json)
        if options.json {
            for version in versions { try printer.output.writeLine(version.tree.json) }
        } else {
            var table = TextTable([
                .init("version", isNumber: true, role: .accent), .init("state"), .init("how"),
                .init("time \(printer.zone.abbreviation(at: SystemClock.now()))", role: .dim), .init("author"),
                .init("approver"), .init("reason"),
            ])
            for version in versions {
                table.add([
                    "\(version.number)", version.state.rawValue, version.originText, printer.time(version.created),
                    version.author.name, version.approver?.name ?? "-", version.reason,
                ])
            }
            try printer.table(table)
        }
        try printer.finish()
    }

    private static func key(_ text: String) throws -> ItemKey {
        guard let key = ItemKey(text: text) else {
            throw ValidationError("--item: \(SafeText.quoted(text)) is no item; write it like client/acme or role/user")
        }
        return key
    }
}

struct PolicyUndoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Take back what a version changed, as a new version.",
        discussion: "What was changed again since is a conflict; then nothing is changed, and the exit code is 4.")

    @Argument(help: "The version; the one in force if left out.") var version: Int?
    @OptionGroup var preview: PreviewOption
    @OptionGroup var confirm: ConfirmOption
    @OptionGroup var change: ChangeOptions

    func run() throws {
        if preview.dryRun {
            return try preview.print(change) { store, actor in
                try store.trial(ofUndoing: version ?? store.active().version.number, by: actor)
            }
        }
        let access = try PolicyAccess.writing(change.policy.store)
        let number = try version ?? access.store.active().version.number
        let ending = try EndingSecrets(of: access, taking: .edit) {
            try $0.trial(ofUndoing: number, by: access.actor)
        }
        try ending.confirm(yes: confirm.yes)
        let outcome = try access.store.undo(number, by: access.actor, reason: try change.reason.text())
        var printer = PolicyPrinter(json: change.policy.json)
        try printer.outcome(outcome, of: access.store, ending: ending)
        try access.store.close()
    }
}

struct PolicyRestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Make the policy what it was at a version, as a new version; operators stay as they are.")

    @Argument(help: "The version.") var version: Int
    @OptionGroup var preview: PreviewOption
    @OptionGroup var confirm: ConfirmOption
    @OptionGroup var change: ChangeOptions

    func run() throws {
        if preview.dryRun { return try preview.print(change) { try $0.trial(ofRestoring: version, by: $1) } }
        let access = try PolicyAccess.writing(change.policy.store)
        let ending = try EndingSecrets(of: access, taking: .edit) {
            try $0.trial(ofRestoring: version, by: access.actor)
        }
        try ending.confirm(yes: confirm.yes)
        let outcome = try access.store.restore(version, by: access.actor, reason: try change.reason.text())
        var printer = PolicyPrinter(json: change.policy.json)
        try printer.outcome(outcome, of: access.store, ending: ending)
        try access.store.close()
    }
}

struct PolicyApproveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Let another operator's draft pass; it comes into force as a new version.")

    @Argument(help: "The draft's number.") var draft: Int
    @OptionGroup var preview: PreviewOption
    @OptionGroup var confirm: ConfirmOption
    @OptionGroup var change: ChangeOptions

    func run() throws {
        if preview.dryRun { return try preview.print(change) { try $0.trial(ofApproving: draft, by: $1) } }
        let access = try PolicyAccess.writing(change.policy.store)
        let ending = try EndingSecrets(of: access, taking: .approve, waits: false) { try $0.trial(ofDraft: draft) }
        try ending.confirm(yes: confirm.yes)
        let version = try access.store.approve(draft, by: access.actor, reason: try change.reason.text())
        var printer = PolicyPrinter(json: change.policy.json)
        try printer.outcome(.active(version), of: access.store, ending: ending)
        try access.store.close()
    }
}

struct PolicyRejectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject", abstract: "Put a draft aside; its author may do that too.")

    @Argument(help: "The draft's number.") var draft: Int
    @OptionGroup var change: ChangeOptions

    func run() throws {
        let access = try PolicyAccess.writing(change.policy.store)
        try access.store.reject(draft, by: access.actor, reason: try change.reason.text())
        var printer = PolicyPrinter(json: change.policy.json)
        if change.policy.json {
            try printer.object([("version", .integer(draft)), ("state", .text("retired"))])
        } else {
            try printer.line("draft \(draft) is put aside")
        }
        try printer.finish()
        try access.store.close()
    }
}
