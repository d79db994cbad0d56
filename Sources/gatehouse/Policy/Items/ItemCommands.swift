// `gatehouse KIND list|show|create|set|delete`, once for all kinds.

import ArgumentParser
import Domain
import Store
import Terminal

struct ItemListCommand<Options: ItemOptions>: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "List the \(Options.plural), in the order of names.")
    }

    @OptionGroup var options: PolicyOptions

    func run() throws {
        let policy = try PolicyAccess.reading(options.store).shown().policy
        var printer = PolicyPrinter(json: options.json)
        let items = policy.items.filter { $0.key.kind == Options.kind }.sorted { $0.key < $1.key }.map(\.value)
        var table = TextTable(
            [TextTable.Column("name", role: .accent)]
                + Options.columns.map { TextTable.Column($0.title, isNumber: $0.isNumber) })
        for item in items {
            if options.json {
                try printer.output.writeLine(item.named.json)
            } else if let thing = Options.thing(item) {
                table.add([item.key.name] + Options.columns.map { $0.text(thing) })
            }
        }
        if !options.json {
            if items.isEmpty {
                try printer.line(
                    "no \(Options.plural) yet; make one with `gatehouse \(Options.kind.rawValue) create NAME`", .dim)
            } else {
                try printer.table(table)
            }
        }
        try printer.finish()
    }
}

struct ItemShowCommand<Options: ItemOptions>: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show", abstract: "Show one of the \(Options.plural), as a policy file has it.")
    }

    @Argument(help: "The name.") var name: String
    @OptionGroup var options: PolicyOptions

    func run() throws {
        let access = try PolicyAccess.reading(options.store)
        let store = access.store
        let item = try ItemEditor<Options>(policy: try access.shown().policy, name: name).existing()
        var printer = PolicyPrinter(json: options.json)
        if options.json {
            try printer.output.writeLine(item.named.json)
        } else {
            try printer.line("\(item.key)", .title)
            for line in item.lines { try printer.line(line) }
            if let version = try store.version(settling: item.key) {
                let version = try store.version(version)
                try printer.line(
                    "since version \(version.number), \(printer.time(version.created)), by \(version.author.name): "
                        + version.reason, .dim)
            }
        }
        try printer.finish()
    }
}

struct ItemCreateCommand<Options: ItemOptions>: ParsableCommand {
    static var configuration: CommandConfiguration {
        let kind = Options.kind.rawValue
        return CommandConfiguration(
            commandName: "create", abstract: "Make \(kind.first == "o" ? "an" : "a") \(kind).",
            discussion: "  gatehouse \(kind) create NAME \(Options.example) --reason '…'")
    }

    @Argument(help: "The new name.") var name: String
    @OptionGroup(title: "Fields") var fields: Options
    @OptionGroup var change: ItemChangeOptions

    func run() throws {
        try change.apply(to: ItemEditor<Options>.key(name)) {
            try ItemEditor<Options>(policy: $0, name: name).creating(fields, now: SystemClock.now())
        }
    }
}

struct ItemSetCommand<Options: ItemOptions>: ParsableCommand {
    static var configuration: CommandConfiguration {
        let kind = Options.kind.rawValue
        return CommandConfiguration(
            commandName: "set", abstract: "Change fields of \(kind.first == "o" ? "an" : "a") \(kind).",
            discussion: """
                Fields that aren't named stay as they are; an empty value takes a field out. Lists are given whole, \
                as in a,b, or by what comes and goes, as in +a,-b.

                  gatehouse \(kind) set NAME \(Options.example) --reason '…'
                """)
    }

    @Argument(help: "The name.") var name: String
    @OptionGroup(title: "Fields") var fields: Options
    @OptionGroup var change: ItemChangeOptions

    func run() throws {
        try change.apply(to: ItemEditor<Options>.key(name)) {
            try ItemEditor<Options>(policy: $0, name: name).setting(fields)
        }
    }
}

struct ItemDeleteCommand<Options: ItemOptions>: ParsableCommand {
    static var configuration: CommandConfiguration {
        let kind = Options.kind.rawValue
        return CommandConfiguration(
            commandName: "delete", abstract: "Remove \(kind.first == "o" ? "an" : "a") \(kind).")
    }

    @Argument(help: "The name.") var name: String
    @OptionGroup var change: ItemChangeOptions

    func run() throws {
        try change.apply(to: ItemEditor<Options>.key(name)) {
            try ItemEditor<Options>(policy: $0, name: name).deleting()
        }
    }
}

/// What commands that change one item have in common.
struct ItemChangeOptions: ParsableArguments {
    @Flag(help: "Only show what would change.")
    var dryRun = false

    @OptionGroup var change: ChangeOptions

    func apply(to key: ItemKey, _ edit: (Policy) throws -> PolicyEdit) throws {
        if dryRun {
            let store = try PolicyAccess.reading(change.policy.store).store
            let edit = try edit(store.active().policy)
            return try PolicyPreview(of: [edit], in: store).print(json: change.policy.json)
        }
        let access = try PolicyAccess.writing(change, duty: .edit, action: "policy.apply", target: key.description)
        let active = try access.store.active()
        let edit = try edit(active.policy)
        let outcome = try access.apply([edit], basedOn: active.version.number, reason: try change.reason.text())
        var printer = PolicyPrinter(json: change.policy.json)
        try printer.outcome(outcome, of: access.store)
        try access.store.close()
    }
}
