package import Domain
package import Terminal

extension ConsoleApp {
    /// Every command that can be given other keys.
    package static var commandNames: [String] {
        var names: [String] = []
        for name in allKeymaps.flatMap(\.names) where !names.contains(name) { names.append(name) }
        return names
    }

    /// What is wrong with keys from a configuration: keys that don't exist or are taken.
    package static func keyProblems(_ keys: [(command: String, keys: [String])]) -> [KeymapError] {
        var problems: [KeymapError] = []
        for keymap in allKeymaps {
            let own = keys.filter { keymap.names.contains($0.command) }
            for problem in keymap.problems(own) where !problems.contains(problem) { problems.append(problem) }
        }
        return problems
    }

    /// Starts with a filter; throws what is wrong with its text.
    package mutating func useFilter(_ text: String) throws(FilterError) {
        context.filter = try Filter(parsing: text, now: context.now, zone: context.zone)
        context.filterText = context.filter == .everything ? "" : text
    }

    /// The tables of keys of all contexts, for the README.
    package static var keyReference: [(title: String, entries: [KeymapEntry])] {
        [
            ("Everywhere", GlobalCommand.keymap.entries), ("Overview", OverviewScreen.keymap.entries),
            ("Traffic", TrafficScreen.keymap.entries),
            ("Clients, Roles, Scopes, Routes, Quotas, Operators", ItemCommand.keymap.entries),
            ("Why", WhyCommand.keymap.entries), ("Try", TryCommand.keymap.entries),
            ("Access review", AccessReviewCommand.keymap.entries),
            ("Discovered routes", DiscoveredCommand.keymap.entries),
            ("Tokens", TokenCommand.keymap.entries), ("Audit", AuditCommand.keymap.entries),
            ("History", HistoryCommand.keymap.entries), ("Drafts", DraftCommand.keymap.entries),
            ("Forms", FormCommand.keymap.entries), ("The matrix", MatrixCommand.keymap.entries),
        ]
    }

    private struct AnyKeymap {
        let names: [String]
        let problems: ([(command: String, keys: [String])]) -> [KeymapError]

        init<Command: KeyCommand>(_ keymap: Keymap<Command>) {
            names = keymap.bindings.map(\.command.rawValue)
            problems = { keymap.rebinding($0).errors }
        }
    }

    private static var allKeymaps: [AnyKeymap] {
        [
            AnyKeymap(GlobalCommand.keymap), AnyKeymap(OverviewScreen.keymap), AnyKeymap(TrafficScreen.keymap),
            AnyKeymap(ItemCommand.keymap), AnyKeymap(WhyCommand.keymap), AnyKeymap(TryCommand.keymap),
            AnyKeymap(AccessReviewCommand.keymap), AnyKeymap(DiscoveredCommand.keymap),
            AnyKeymap(TokenCommand.keymap),
            AnyKeymap(AuditCommand.keymap), AnyKeymap(HistoryCommand.keymap), AnyKeymap(DraftCommand.keymap),
        ]
    }
}
