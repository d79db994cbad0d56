// One table of bindings, five outputs: dispatch, footer, help, palette and the README's section.

/// Why a keymap can't be used as written.
package struct KeymapError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The command that was being bound, as written.
    package let command: String
    /// The key at fault, as written; empty when the command itself is.
    package let key: String
    package let message: String

    package var description: String {
        key.isEmpty ? "keys: \(command): \(message)" : "keys: \(command): \(key): \(message)"
    }
}

/// Bindings of one context: a prompt, a screen, or everywhere.
package struct Keymap<Command: KeyCommand>: Sendable {
    package private(set) var bindings: [Binding<Command>]

    package init(_ bindings: [Binding<Command>]) {
        self.bindings = bindings
    }

    /// The command that `key` gives; nil when it is not bound here.
    package func command(for key: Key) -> Command? {
        bindings.first { $0.keys.contains(key) }?.command
    }

    /// The first binding of `command`.
    package func binding(for command: Command) -> Binding<Command>? {
        bindings.first { $0.command == command }
    }

    /// The bindings as rows without their type, for footer, help and palette.
    package var entries: [KeymapEntry] {
        bindings.map {
            KeymapEntry(
                id: $0.command.rawValue, keys: $0.keys, name: $0.name, help: $0.help, group: $0.group,
                footerPriority: $0.footerPriority, isHidden: $0.isHidden)
        }
    }

    /// Keys that two commands claim, and commands without a key or a binding.
    package var problems: [KeymapError] {
        var problems: [KeymapError] = []
        var owners: [Key: Command] = [:]
        for binding in bindings {
            for key in binding.keys {
                if let owner = owners[key] {
                    problems.append(
                        KeymapError(
                            command: binding.command.rawValue, key: key.name,
                            message: "already bound to \(owner.rawValue)"))
                } else {
                    owners[key] = binding.command
                }
            }
        }
        let bound = Set(bindings.map(\.command))
        for command in Command.allCases where !bound.contains(command) {
            problems.append(KeymapError(command: command.rawValue, key: "", message: "has no binding"))
        }
        return problems
    }

    /// The keymap with other keys for some commands; an entry at fault is reported and changes nothing.
    ///
    /// A key taken from another command is an error unless an entry gives that command other keys. An empty list
    /// of keys unbinds a command.
    package func rebinding(_ entries: [(command: String, keys: [String])]) -> (keymap: Keymap, errors: [KeymapError]) {
        var result = self
        var errors: [KeymapError] = []
        var wanted: [(command: Command, keys: [Key])] = []
        for entry in entries {
            guard let command = Command(rawValue: entry.command), binding(for: command) != nil else {
                errors.append(KeymapError(command: entry.command, key: "", message: "is not a command here"))
                continue
            }
            let keys = entry.keys.map { (text: $0, key: Key($0)) }
            if let bad = keys.first(where: { $0.key == nil }) {
                errors.append(KeymapError(command: entry.command, key: bad.text, message: "is not the name of a key"))
                continue
            }
            wanted.append((command, keys.compactMap(\.key)))
        }
        // Commands that get new keys let go of their old ones first, so that two may swap.
        let moving = Set(wanted.map(\.command))
        var owners: [Key: Command] = [:]
        for binding in bindings where !moving.contains(binding.command) {
            for key in binding.keys { owners[key] = binding.command }
        }
        for (command, keys) in wanted {
            if let taken = keys.first(where: { owners[$0] != nil && owners[$0] != command }), let owner = owners[taken]
            {
                errors.append(
                    KeymapError(
                        command: command.rawValue, key: taken.name, message: "already bound to \(owner.rawValue)"))
                continue
            }
            for key in keys { owners[key] = command }
            result.replaceKeys(of: command, with: keys)
        }
        return (result, errors)
    }

    private mutating func replaceKeys(of command: Command, with keys: [Key]) {
        var isFirst = true
        for index in bindings.indices where bindings[index].command == command {
            bindings[index].keys = isFirst ? keys : []
            isFirst = false
        }
    }
}

/// A binding without the type of its command.
package struct KeymapEntry: Hashable, Sendable {
    /// The command's name in configuration files.
    package let id: String
    package let keys: [Key]
    package let name: CleanText
    package let help: CleanText
    package let group: CleanText
    package let footerPriority: Int?
    package let isHidden: Bool
}
