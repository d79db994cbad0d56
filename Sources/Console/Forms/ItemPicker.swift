import Domain
import Terminal

/// Chooses what a field refers to out of all that there is: searched while one types, one or several.
struct ItemPicker: Sendable {
    enum Source: Hashable, Sendable {
        case words([String])
        case names(ItemKind)
        case holders
        case paths
    }

    enum Outcome: Hashable, Sendable {
        case open
        case cancelled
        case chosen([String])
    }

    let source: Source
    let allowsMany: Bool
    private(set) var palette: Palette
    /// In the order in which they were chosen.
    private(set) var marked: [String]
    private var hasMarked = false

    /// So many entries are shown at once; what is typed narrows them down.
    private static let mostEntries = 100

    init?(
        _ choices: DraftField.Choices, label: String, text: String, typed: String, names: inout PolicyNames,
        policy: Policy
    ) {
        let many: Bool
        switch choices {
        case .none, .permission, .limit: return nil
        case .words(let words, let isMany): (source, many) = (.words(words), isMany)
        case .reference(let kind, let isMany): (source, many) = (.names(kind), isMany)
        case .holder: (source, many) = (.holders, false)
        case .methods: (source, many) = (.words(Domain.Method.allCases.map(\.name)), true)
        case .pattern: (source, many) = (.paths, false)
        }
        allowsMany = many
        let words = text.split { $0 == "," || $0 == " " }.map(String.init)
        if many, choices == .methods, words == ["all"] {
            marked = Domain.Method.allCases.map(\.name)
        } else {
            marked = many ? words.filter { $0 != "none" && $0 != typed } : []
        }
        let keys = many ? "space marks, enter takes them" : "enter takes it"
        palette = Palette(title: CleanText("\(label): \(keys)"), entries: [])
        if !typed.isEmpty { palette.search(typed) }
        refresh(&names, policy)
    }

    mutating func handle(_ key: Key, names: inout PolicyNames, policy: Policy) -> Outcome {
        switch key {
        case .escape: return .cancelled
        case .enter:
            guard let entry = palette.selected else { return marked.isEmpty && !allowsMany ? .open : .chosen(marked) }
            guard allowsMany else { return .chosen([entry.id]) }
            // Who types a name and presses Enter means that one.
            if !palette.input.isEmpty, !hasMarked, !marked.contains(entry.id) { marked.append(entry.id) }
            return .chosen(marked)
        case .space where allowsMany:
            guard let entry = palette.selected else { return .open }
            if let index = marked.firstIndex(of: entry.id) { marked.remove(at: index) } else { marked.append(entry.id) }
            hasMarked = true
        default:
            let typed = palette.input.text
            guard palette.handle(key) else { return .open }
            if palette.input.text == typed { return .open }
            hasMarked = false
        }
        refresh(&names, policy)
        return .open
    }

    mutating func paste(_ text: String, names: inout PolicyNames, policy: Policy) {
        palette.paste(text)
        refresh(&names, policy)
    }

    private mutating func refresh(_ names: inout PolicyNames, _ policy: Policy) {
        let typed = palette.input.text
        var found: [(id: String, name: String, help: String)] = []
        func find(_ kind: ItemKind, id: (String) -> String) {
            for name in names.table(kind, in: policy).search(typed, limit: Self.mostEntries - found.count) {
                found.append((id(name), name, Self.help(kind, name, policy)))
            }
        }
        switch source {
        case .words(let words): found = words.map { ($0, $0, "") }
        case .names(let kind): find(kind) { $0 }
        case .paths:
            found = names.routePaths(in: policy).search(typed, limit: Self.mostEntries).map { ($0, $0, "") }
        case .holders:
            find(.tier) { "tier \($0)" }
            find(.client) { "client \($0)" }
        }
        if typed.isEmpty, case .names = source {
            // What is chosen already stands first, where it can be taken out.
            found.removeAll { marked.contains($0.id) }
            found.insert(contentsOf: marked.map { ($0, $0, "") }, at: 0)
        }
        palette.replaceEntries(
            found.prefix(Self.mostEntries).map { entry in
                let mark: CleanText = allowsMany ? (marked.contains(entry.id) ? "[x]" : "[ ]") : .empty
                return Palette.Entry(
                    id: entry.id, name: CleanText(entry.name), mark: mark, help: CleanText(entry.help))
            })
    }

    private static func help(_ kind: ItemKind, _ name: String, _ policy: Policy) -> String {
        guard let item = ItemKey(text: "\(kind.rawValue)/\(name)").flatMap({ policy[$0] }) else { return "" }
        switch item {
        case .client(let client): return "client" + (client.owner.isEmpty ? "" : ", " + client.owner)
        case .tier(let tier): return "tier" + (tier.note.isEmpty ? "" : ", " + tier.note)
        case .role(let role): return role.note
        case .scope(let scope): return scope.note
        case .route(let route): return route.pattern.text
        case .quota(let quota): return quota.note
        case .operator(let person): return person.note
        case .settings: return ""
        }
    }
}
