// `gatehouse policy export|diff`: the policy as a file.

import ArgumentParser
import Domain
import Store

struct PolicyExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Print the policy in force as YAML, in a stable order and without any secret.",
        discussion: """
            Its based_on says which version it is of. Applying what was exported changes nothing, whatever others changed \
            meanwhile; what was edited in it is changed, and nothing else.
            """)

    @Argument(help: "A version; the one in force if left out.") var version: Int?
    @OptionGroup var options: PolicyOptions

    func run() throws {
        let store = try PolicyAccess.reading(options.store).store
        let active = try store.active()
        var shown = try version.map { try store.version($0) } ?? active.version
        let policy = shown == active.version ? active.policy : try store.policy(at: shown.number)
        // A draft was never in force: it is what its author made of the version before it.
        if case .draft = shown.origin, let parent = shown.parent { shown = try store.version(parent) }
        let base = DocumentBase(version: shown.number, content: shown.content)
        let tree = PolicyDocument.tree(of: policy, base: base)
        var printer = PolicyPrinter(json: options.json)
        if options.json { try printer.output.writeLine(tree.json) } else { try printer.output.write(tree.yaml) }
        try printer.finish()
    }
}

struct PolicyDiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show what differs, in text and in effect: a file from the policy in force, or two versions.",
        discussion: """
              gatehouse policy diff policy.yaml    what applying the file would change
              gatehouse policy diff 41             what has changed since version 41
              gatehouse policy diff 41 43          what differs between the two
            """)

    @Argument(help: "A file, - for standard input, or a version.") var from: String
    @Argument(help: "Another version; the one in force if left out.") var to: Int?
    @OptionGroup var options: PolicyOptions

    func run() throws {
        let store = try PolicyAccess.reading(options.store).store
        let (before, after): (PolicySnapshot, PolicySnapshot)
        if let version = Int(from) {
            before = try Self.compiled(store.policy(at: version))
            after = try Self.compiled(to.map { try store.policy(at: $0) } ?? store.active().policy)
        } else {
            guard to == nil else {
                throw ValidationError("a file is compared with the policy in force; leave out \(to ?? 0)")
            }
            var argument = PolicyFileArgument()
            argument.file = from
            let wanted = try PolicyFileChange(argument, in: store)
            try wanted.tellWhatStays()
            (before, after) = try wanted.trial().snapshots()
        }
        let edits = before.policy.edits(to: after.policy)
        let effect = AccessDifference(from: before, to: after, at: SystemClock.now())
        var printer = PolicyPrinter(json: options.json)
        if options.json {
            for edit in edits { try printer.output.writeLine(edit.difference.json) }
            for group in effect.groups { try printer.output.writeLine(group.tree.json) }
        } else {
            try printer.differences(edits)
            try printer.effect(effect)
        }
        try printer.finish()
    }

    private static func compiled(_ policy: Policy) throws -> PolicySnapshot {
        try PolicySnapshot(compiling: policy, zones: ZoneTables.table(named:))
    }
}
