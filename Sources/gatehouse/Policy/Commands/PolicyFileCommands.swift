// `gatehouse policy export|check|diff|apply`: the policy as a file.

import ArgumentParser
import Domain
import Store
import Terminal

/// A policy file that a command was given, applied to a policy.
struct PolicyFileArgument: ParsableArguments {
    @Argument(help: "A policy in YAML; - for standard input.", completion: .file(extensions: ["yaml", "yml"]))
    var file: String

    /// Reads the file; throws everything that is wrong in it, with lines.
    func document() throws -> (file: PolicyFile, document: PolicyDocument) {
        let file = try PolicyFile(path: file)
        do {
            return (file, try PolicyDocument(file.tree))
        } catch {
            throw file.problems(error)
        }
    }

    /// What the file makes of a policy, compiled; problems say the file's lines where they are in it.
    func snapshot(on policy: Policy) throws -> PolicySnapshot {
        let (file, document) = try document()
        do {
            return try PolicySnapshot(compiling: document.applied(to: policy), zones: ZoneTables.table(named:))
        } catch {
            throw PolicyFileRefusal(file: file, document: document, problems: error.problems)
        }
    }
}

/// A policy that reads well and can't be in force: refused by its own rules.
struct PolicyFileRefusal: Error, CustomStringConvertible {
    let file: PolicyFile
    let document: PolicyDocument
    let problems: [PolicyProblem]

    var description: String { located.map(\.description).joined(separator: "\n") }

    private var located: [FileProblem] {
        problems.map { problem in
            let section = PolicyDocument.sections.first { $0.kind == problem.item.kind }?.name ?? ""
            let item = problem.item.kind == .settings ? section : "\(section).\(problem.item.name)"
            let place = file.tree.place(ofSection: section, item: problem.item, field: problem.field)
            return FileProblem(
                file: file.name, line: place?.line, column: place?.column,
                field: item + (problem.field.isEmpty ? "" : "." + problem.field),
                message: "\(problem.problem); \(problem.advice)")
        }
    }
}

struct PolicyExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Print the policy in force as YAML, in a stable order and without any secret.",
        discussion: "Applying what was exported changes nothing.")

    @Argument(help: "A version; the one in force if left out.") var version: Int?
    @OptionGroup var options: PolicyOptions

    func run() throws {
        let store = try PolicyAccess.reading(options.store).store
        let policy = try version.map { try store.policy(at: $0) } ?? store.active().policy
        let tree = PolicyDocument.tree(of: policy)
        var printer = PolicyPrinter(json: options.json)
        if options.json { try printer.output.writeLine(tree.json) } else { try printer.output.write(tree.yaml) }
        try printer.finish()
    }
}

struct PolicyCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Say whether a file could be applied, and all that is wrong with it.",
        discussion: "Sections that the file leaves out are taken from the policy in force, where there is a store.")

    @OptionGroup var file: PolicyFileArgument
    @OptionGroup var options: PolicyOptions

    func run() throws {
        let folder = StoreFolder(options.store.path)
        let base = folder.hasPolicy ? try PolicyAccess.reading(options.store).store.active().policy : Policy()
        let policy = try file.snapshot(on: base).policy
        var printer = PolicyPrinter(json: options.json)
        let counts = PolicyCounts(policy)
        if options.json {
            try printer.object([("valid", .flag(true)), ("items", counts.tree)])
        } else {
            try printer.line("the policy is in order: \(counts.text)", .good)
        }
        try printer.finish()
    }
}

struct PolicyApplyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Make the policy what a file says, as a new version.",
        discussion: """
            Each section of the file takes the place of all items of that kind; sections that are left out stay as \
            they are. Changes that the policy's settings list as dangerous wait for a second operator.

            With --based-on, what others changed since that version stays, unless they changed the same: then nothing \
            is changed, and the exit code is 4.
            """)

    @OptionGroup var file: PolicyFileArgument

    @Flag(help: "Only show what would change.")
    var dryRun = false

    @Option(help: ArgumentHelp("The version that the file was made from; else the one in force.", valueName: "version"))
    var basedOn: Int?

    @OptionGroup var change: ChangeOptions

    func run() throws {
        let reading = dryRun ? try PolicyAccess.reading(change.policy.store) : nil
        let access =
            try reading ?? PolicyAccess.writing(change, duty: .edit, action: "policy.apply", target: "policy")
        let active = try access.store.active()
        let base = try basedOn.map { try access.store.policy(at: $0) } ?? active.policy
        let edits = base.edits(to: try file.snapshot(on: base).policy)
        if dryRun {
            return try PolicyPreview(of: edits, basedOn: basedOn, in: access.store).print(json: change.policy.json)
        }
        guard !edits.isEmpty else {
            var printer = PolicyPrinter(json: change.policy.json)
            if change.policy.json {
                try printer.object([
                    ("version", .integer(active.version.number)), ("state", .text("active")), ("edits", .list([])),
                ])
            } else {
                try printer.line("nothing to change: version \(active.version.number) is so already")
            }
            return try printer.finish()
        }
        let outcome = try access.apply(
            edits, basedOn: basedOn ?? active.version.number, reason: try change.reason.text())
        var printer = PolicyPrinter(json: change.policy.json)
        try printer.outcome(outcome, of: access.store)
        try access.store.close()
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
        let (old, new): (Policy, Policy)
        if let version = Int(from) {
            old = try store.policy(at: version)
            new = try to.map { try store.policy(at: $0) } ?? store.active().policy
        } else {
            guard to == nil else {
                throw ValidationError("a file is compared with the policy in force; leave out \(to ?? 0)")
            }
            old = try store.active().policy
            var argument = PolicyFileArgument()
            argument.file = from
            new = try argument.snapshot(on: old).policy
        }
        let edits = old.edits(to: new)
        let effect = AccessDifference(
            from: try PolicySnapshot(compiling: old, zones: ZoneTables.table(named:)),
            to: try PolicySnapshot(compiling: new, zones: ZoneTables.table(named:)), at: SystemClock.now())
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
}
