/// One field of a kind of item: what it is called, what may stand there, and how it is written.
///
/// The lists of fields make the files, the checks for unknown fields, the options of `create` and `set`, and the docs.
package struct ItemField<Thing>: Sendable {
    package let name: String
    /// What may stand there, for people; completes “give …”.
    package let form: String
    package let purpose: String
    package let isRequired: Bool
    /// What holds when the field is left out; nil when that is nothing at all.
    private let standard: PolicyTree?
    private let write: @Sendable (Thing) -> PolicyTree?

    init(
        _ name: String, _ form: String, _ purpose: String, isRequired: Bool = false, standard: PolicyTree? = nil,
        write: @escaping @Sendable (Thing) -> PolicyTree?
    ) {
        self.name = name
        self.form = form
        self.purpose = purpose
        self.isRequired = isRequired
        self.standard = standard
        self.write = write
    }

    /// The field's value; nil when it may be left out.
    func value(in thing: Thing, _ length: PolicyTree.Length) -> PolicyTree? {
        guard let value = write(thing) else { return nil }
        switch length {
        case .full: return value
        case .brief: return isRequired || value != standard ? value : nil
        }
    }
}

extension PolicyTree {
    package enum Length: Sendable {
        /// Without the fields that say what holds anyway: for people.
        case brief
        /// With them, so that it means the same to a program with other defaults: for what is kept.
        case full
    }

    static func fields<Thing>(of thing: Thing, _ fields: [ItemField<Thing>], _ length: Length) -> PolicyTree {
        .map(
            fields.compactMap { field in
                field.value(in: thing, length).map { Member(field.name, $0) }
            })
    }

    // MARK: - Values that are left out when they are empty

    static func filled(_ text: String) -> PolicyTree? { text.isEmpty ? nil : .text(text) }

    static func filled(_ elements: [PolicyTree]) -> PolicyTree? { elements.isEmpty ? nil : .list(elements) }

    static func filled<Thing>(_ names: [Name<Thing>]) -> PolicyTree? { filled(names.map { .text($0.text) }) }

    static func filled<Thing>(_ name: Name<Thing>?) -> PolicyTree? { name.map { .text($0.text) } }

    static func filled(_ time: Timestamp?) -> PolicyTree? { time.map { .text(TimeText.shortRFC3339($0)) } }

    static func methods(_ methods: MethodSet) -> PolicyTree {
        methods.isSuperset(of: .all) ? .text("all") : .list(methods.methods.map { .text($0.name) })
    }

    package static func words(_ words: [String]) -> PolicyTree { .list(words.map { .text($0) }) }
}

/// What may stand in a field, as messages, help and docs say it.
enum TreeForm {
    static let moment = "a time like 2026-11-20 or 2026-11-20T08:00Z"
    static let duration = "a time span like 90s, 10m or 1h"
    static let number = "a whole number"
    static let text = "a text of at most 200 bytes"
    static let methods = "methods like [GET, HEAD], or all"
    static let path = "a path like /users/{id} or /public/*, or * for every path"

    static func one(of words: [String]) -> String { "one of " + words.joined(separator: ", ") }
    static func some(of words: [String]) -> String { "a list of " + words.joined(separator: ", ") }
}
