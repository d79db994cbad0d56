import ArgumentParser
import Domain
import Store

/// The fields of one kind of item as options of `create` and `set`, and how items of it are listed.
protocol ItemOptions: ParsableArguments {
    associatedtype Thing: NamedThing
    static var plural: String { get }
    static var fields: [ItemField<Thing>] { get }
    static var columns: [ItemColumn<Thing>] { get }
    static var example: String { get }
    static func thing(_ item: PolicyItem) -> Thing?
    /// What there is to say of items beside what the policy has of them.
    static func remarks(in store: PolicyStore) throws -> (String) -> ItemRemark?
    /// What was given on the command line, in the order of fields.
    var given: [GivenField] { get }
}

/// What the store knows of an item that isn't part of the policy.
struct ItemRemark {
    /// Beside the item's status.
    let word: String
    /// Where the item stands alone.
    let text: String
    /// What `--json` has of it.
    let members: [PolicyTree.Member]
}

extension ItemOptions {
    static func remarks(in store: PolicyStore) throws -> (String) -> ItemRemark? { { _ in nil } }

    static var kind: ItemKind { Thing.kind }

    /// What a field's option says in help.
    static func help(_ name: String) -> ArgumentHelp {
        guard let field = fields.first(where: { $0.name == name }) else { return ArgumentHelp(visibility: .hidden) }
        return ArgumentHelp(
            "\(field.purpose.prefix(1).uppercased())\(field.purpose.dropFirst()); \(field.form).", valueName: "value")
    }

    /// The name that a field's option has: `--on-counter-failure`.
    static func option(_ name: String) -> String { "--" + name.split(separator: "_").joined(separator: "-") }
}

/// A column of `list`.
struct ItemColumn<Thing>: Sendable {
    let title: String
    let isNumber: Bool
    let text: @Sendable (Thing) -> String

    init(_ title: String, isNumber: Bool = false, _ text: @escaping @Sendable (Thing) -> String) {
        self.title = title
        self.isNumber = isNumber
        self.text = text
    }
}

/// A field that an option sets.
struct GivenField {
    enum Form {
        case text
        /// `a,b` in the place of what there is; `+a,-b` adds and removes.
        case list
        /// Lists and maps as YAML writes them on a line.
        case yaml
        /// A time, or a duration from now.
        case moment
    }

    let name: String
    let form: Form
    /// Nil when the option wasn't given; an empty text takes the field out.
    let value: String?

    init(_ name: String, _ value: String?, _ form: Form = .text) {
        self.name = name
        self.form = form
        self.value = value
    }

    /// Throws a usage error for what can't be seen in a value: nobody types that on purpose.
    static func refuseHidden(in value: String, _ option: String) throws {
        guard let hidden = value.unicodeScalars.first(where: \.isHidden) else { return }
        let digits = String(hidden.value, radix: 16, uppercase: true)
        let code = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        throw ValidationError("\(option) holds U+\(code), which can't be seen; take it out")
    }

    /// The field's new value; nil takes it out.
    func tree(option: String, before: PolicyTree?) throws -> PolicyTree? {
        guard let value, !value.isEmpty else { return nil }
        try Self.refuseHidden(in: value, option)
        switch form {
        case .moment:
            guard let duration = DurationText.parse(value) else { return .text(value) }
            let now = Timestamp(seconds: SystemClock.now().second)
            return .text(TimeText.shortRFC3339(now.advanced(by: duration)))
        case .text:
            if let number = Int(value), String(number) == value { return .integer(number) }
            return .text(value)
        case .yaml: return try PolicyFile(name: option, bytes: Array(value.utf8)).tree
        case .list:
            let words = value.split(separator: ",", omittingEmptySubsequences: true).map(String.init)
            let isRelative = words.allSatisfy { $0.hasPrefix("+") || $0.hasPrefix("-") }
            guard isRelative else { return .list(words.map { .text($0) }) }
            var elements: [PolicyTree] = []
            if case .list(let there)? = before?.content { elements = there }
            for word in words {
                let element = PolicyTree.text(String(word.dropFirst()))
                if word.hasPrefix("+") {
                    if !elements.contains(element) { elements.append(element) }
                } else {
                    guard elements.contains(element) else {
                        throw ValidationError(
                            "\(option): there is no \(SafeText.quoted(String(word.dropFirst()))) to take out")
                    }
                    elements.removeAll { $0 == element }
                }
            }
            return elements.isEmpty ? nil : .list(elements)
        }
    }
}
