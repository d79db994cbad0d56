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
        let access = try PolicyAccess.reading(options.store)
        let policy = try access.shown().policy
        let remarks = try Options.remarks(in: access.store)
        var printer = PolicyPrinter(json: options.json)
        let items = policy.items.filter { $0.key.kind == Options.kind }.sorted { $0.key < $1.key }.map(\.value)
        var table = TextTable(
            [TextTable.Column("name", role: .accent)]
                + Options.columns.map { TextTable.Column($0.title, isNumber: $0.isNumber) })
        for item in items {
            let remark = remarks(item.key.name)
            if options.json {
                try printer.output.writeLine(item.named(with: remark).json)
            } else if let thing = Options.thing(item) {
                var cells = Options.columns.map { $0.text(thing) }
                if let remark, !cells.isEmpty { cells[0] += ", \(remark.word)" }
                table.add([item.key.name] + cells)
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
        let remark = try Options.remarks(in: store)(name)
        var printer = PolicyPrinter(json: options.json)
        if options.json {
            try printer.output.writeLine(item.named(with: remark).json)
        } else {
            try printer.line("\(item.key)", .title)
            if let remark { try printer.line(remark.text, .warning) }
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
    @OptionGroup var confirm: ConfirmOption
    @OptionGroup var change: ItemChangeOptions

    func run() throws {
        try change.apply(to: ItemEditor<Options>.key(name), yes: confirm.yes) {
            try ItemEditor<Options>(policy: $0, name: name).deleting()
        }
    }
}
