/// How a field of an item turns into what people write, and back.
enum DraftShape: Hashable, Sendable {
    case name
    /// As it is, with every space.
    case text
    /// One word, or anything else whose spaces around it mean nothing.
    case word
    case number
    case methods
    /// Names or words between commas; `emptyWord` stands for none of them where an empty field means the default.
    case list(emptyWord: String?)
    /// A list with an element a line.
    case texts
    case permissions
    case limit
    case holder
    case adaptive

    var isLines: Bool {
        switch self {
        case .texts, .permissions: true
        case .name, .text, .word, .number, .methods, .list, .limit, .holder, .adaptive: false
        }
    }

    // MARK: - Writing

    /// The field's content, of its tree and of the whole item; the tree is nil where the field is left out.
    func content(of tree: PolicyTree?, in item: PolicyItem?) -> DraftField.Content {
        if isLines { return .lines(lines(of: tree, in: item)) }
        return .line(line(of: tree, in: item))
    }

    private func lines(of tree: PolicyTree?, in item: PolicyItem?) -> [String] {
        if case .role(let role)? = item { return role.permissions.map(PermissionText.text) }
        return tree?.words ?? []
    }

    private func line(of tree: PolicyTree?, in item: PolicyItem?) -> String {
        if case .quota(let quota)? = item {
            switch self {
            case .limit: return QuotaText.limit(of: quota)
            case .holder: return QuotaText.holder(of: quota)
            case .adaptive: return quota.adaptive.map(QuotaText.text) ?? ""
            case .name, .text, .word, .number, .methods, .list, .texts, .permissions: break
            }
        }
        guard let tree else { return "" }
        switch tree.content {
        case .text(let text): return text
        case .integer(let number): return String(number)
        case .flag(let flag): return flag ? "true" : "false"
        case .list:
            let words = tree.words
            if self == .methods { return words.isEmpty ? "none" : words.joined(separator: ",") }
            if words.isEmpty, case .list(let emptyWord?) = self { return emptyWord }
            return words.joined(separator: ", ")
        case .map, .nothing: return ""
        }
    }

    // MARK: - Reading

    /// The fields of files that a line stands for; none when it is empty.
    func members(_ field: DraftField, line: String, former: PolicyItem?) throws(LineProblem) -> [PolicyTree.Member] {
        if self == .text { return line.isEmpty ? [] : [.init(field.id, .text(line))] }
        var scanner = LineScanner(line)
        guard scanner.raw() != nil else { return [] }
        switch self {
        case .limit:
            if case .quota(let quota)? = former { return try QuotaText.limitMembers(line, former: quota) }
            return try QuotaText.limitMembers(line, former: nil)
        case .holder: return try QuotaText.holderMembers(line)
        case .adaptive: return try QuotaText.adaptiveMembers(line)
        case .methods: return [.init(field.id, PermissionText.methods(Self.joined(line)))]
        case .list(let emptyWord):
            let words = Self.words(line)
            if let emptyWord, words.map(\.text) == [emptyWord] { return [.init(field.id, .list([]))] }
            return [.init(field.id, .list(words.map(\.tree)))]
        case .number:
            let word = Self.trimmed(line)
            let content: PolicyTree.Content = Int(word.text).map { .integer($0) } ?? .text(word.text)
            return [.init(field.id, PolicyTree(content, place: word.place))]
        case .word: return [.init(field.id, Self.trimmed(line).tree)]
        case .name, .text, .texts, .permissions: return []
        }
    }

    /// Words between commas and spaces, each with its column.
    static func words(_ line: String) -> [LineScanner.Word] {
        var words: [LineScanner.Word] = []
        var column = 0
        var isInside = false
        for scalar in line.unicodeScalars {
            column += 1
            guard scalar != ",", !scalar.properties.isWhitespace else {
                isInside = false
                continue
            }
            if !isInside { words.append(LineScanner.Word(text: "", isQuoted: false, column: column)) }
            words[words.count - 1].text.unicodeScalars.append(scalar)
            isInside = true
        }
        return words
    }

    /// `GET, PUT` as `GET,PUT`.
    private static func joined(_ line: String) -> LineScanner.Word {
        let words = words(line)
        return LineScanner.Word(
            text: words.map(\.text).joined(separator: ","), isQuoted: false, column: words.first?.column ?? 1)
    }

    private static func trimmed(_ line: String) -> LineScanner.Word {
        var scalars = Array(line.unicodeScalars)[...]
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        return LineScanner.Word(text: text, isQuoted: false, column: scalars.startIndex + 1)
    }
}

extension PolicyTree {
    /// The texts of a list's elements.
    fileprivate var words: [String] {
        guard case .list(let elements) = content else { return [] }
        return elements.compactMap { if case .text(let text) = $0.content { text } else { nil } }
    }
}
