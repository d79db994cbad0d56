import Domain
import Terminal

/// What could be typed next in a field, and the part of its text that it would replace.
struct FieldSuggestions: Hashable, Sendable {
    private(set) var texts: [String] = []
    /// The UTF-8 range of the word that is being typed.
    private(set) var replaced = 0..<0
    /// Whether the word is one of what there is already, so that nothing needs completing.
    private(set) var isExact = false

    static let none = FieldSuggestions()

    private static let most = 50

    private init() {}

    init(_ choices: DraftField.Choices, text: String, cursor: Int, names: inout PolicyNames, policy: Policy) {
        let before = Array(text.utf8.prefix(cursor))
        switch choices {
        case .none, .limit: return
        case .words(let words, let many):
            find(in: before, separated: many) { word, _ in Self.begin(word, words + (many ? ["none"] : [])) }
        case .reference(let kind, let many):
            let table = names.table(kind, in: policy)
            find(in: before, separated: many) { word, _ in table.names(beginningWith: word, limit: Self.most) }
        case .holder:
            let tables = ["tier": names.table(.tier, in: policy), "client": names.table(.client, in: policy)]
            find(in: before, separated: true) { word, words in
                guard let kind = words.first else { return Self.begin(word, ["tier", "client"]) }
                return tables[kind]?.names(beginningWith: word, limit: Self.most) ?? []
            }
        case .methods:
            find(in: before, separated: true) { word, words in Self.methods(word, words) }
        case .pattern:
            let table = names.routePaths(in: policy)
            find(in: before, separated: false) { word, _ in table.names(beginningWith: word, limit: Self.most) }
        case .permission:
            let words = PermissionWords(before: String(decoding: before, as: UTF8.self))
            let paths = words.isPath ? names.routePaths(in: policy) : nil
            let levels = policy.settings.authenticationLevels
            let candidates =
                paths?.names(beginningWith: words.current, limit: Self.most)
                ?? words.candidates(levels: levels)
            replaced = before.count - words.current.utf8.count..<before.count
            take(candidates, word: words.current)
        }
    }

    /// Finds the word before the cursor, and asks for candidates with the words before that.
    private mutating func find(
        in before: [UInt8], separated: Bool, candidates: (String, [String]) -> [String]
    ) {
        let separators: Set<UInt8> = [UInt8(ascii: " "), UInt8(ascii: ",")]
        let start = separated ? (before.lastIndex { separators.contains($0) } ?? -1) + 1 : 0
        let word = String(decoding: before[start...], as: UTF8.self)
        let words = before[..<start].split { separators.contains($0) }.map { String(decoding: $0, as: UTF8.self) }
        replaced = start..<before.count
        take(candidates(word, words).filter { !words.contains($0) }, word: word)
    }

    private mutating func take(_ candidates: [String], word: String) {
        isExact = candidates.contains(word)
        texts = word.isEmpty || candidates == [word] ? [] : candidates
    }

    static func methods(_ word: String, _ others: [String]) -> [String] {
        begin(word, (others.isEmpty ? ["all"] : []) + Domain.Method.allCases.map(\.name))
    }

    static func begin(_ word: String, _ candidates: [String]) -> [String] {
        let wanted = word.lowercased()
        return candidates.filter { $0.lowercased().hasPrefix(wanted) }
    }
}

/// Where in a permission's line the cursor stands.
struct PermissionWords {
    let current: String
    private let words: [String]
    /// The words of the condition before the current one; nil before `if`.
    private let condition: [String]?

    init(before text: String) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        let last = parts.last ?? ""
        words = parts.dropLast().filter { !$0.isEmpty }
        // Methods are parted by commas.
        current =
            words.count == 1 ? String(last.split(separator: ",", omittingEmptySubsequences: false).last ?? "") : last
        if words.count > 3, words[3] == "if" {
            let after = words[4...]
            let start = after.lastIndex { $0.hasSuffix(",") }.map { $0 + 1 } ?? 4
            condition = Array(words[start...])
        } else {
            condition = nil
        }
    }

    var isPath: Bool { words.count == 2 }

    func candidates(levels: [String]) -> [String] {
        guard let condition else {
            switch words.count {
            case 0: return FieldSuggestions.begin(current, Permission.Effect.allCases.map(\.name))
            case 1: return FieldSuggestions.methods(current, [])
            case 3: return FieldSuggestions.begin(current, ["if"])
            default: return []
            }
        }
        switch condition {
        case []: return FieldSuggestions.begin(current, PermissionText.conditionWords)
        case ["up"]: return FieldSuggestions.begin(current, ["to"])
        case ["up", "to"]: return FieldSuggestions.begin(current, Classification.allCases.map(\.name))
        case ["acr"]: return FieldSuggestions.begin(current, levels)
        case ["owner"]:
            let variables = (try? RoutePattern(words[2]))?.variables ?? []
            return FieldSuggestions.begin(current, variables)
        case ["time"]: return FieldSuggestions.begin(current, ["daily", "mon-fri", "sat,sun"])
        default: return []
        }
    }
}
