/// One field of an item as a form shows it: a text, or lines of text, and what may stand there.
package struct DraftField: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        case line(String)
        /// A list that is edited in place, an element a line.
        case lines([String])
    }

    /// What to offer while somebody types.
    package enum Choices: Hashable, Sendable {
        case none
        case words([String], many: Bool)
        case reference(ItemKind, many: Bool)
        /// `tier gold` or `client acme`.
        case holder
        /// `GET,PUT` or `all`.
        case methods
        /// Paths, as those of routes.
        case pattern
        /// The line of a permission.
        case permission
        /// How much in which time.
        case limit
    }

    /// As in files.
    package let id: String
    package let label: String
    package let purpose: String
    /// What may stand there; completes “give …”.
    package let form: String
    package let isRequired: Bool
    package let choices: Choices
    package internal(set) var content: Content
    let shape: DraftShape

    /// What it is for, and what to write.
    package var help: String { "\(purpose); \(form)" }

    /// The content as one text, lines with line feeds between them.
    package var text: String {
        switch content {
        case .line(let text): text
        case .lines(let lines): lines.joined(separator: "\n")
        }
    }

    /// Whether another value is mostly another as a whole, so that typing had better replace it.
    package var isReplacedWhole: Bool {
        switch shape {
        case .word: choices != .pattern
        case .number, .limit, .holder: true
        case .name, .text, .methods, .list, .texts, .permissions, .adaptive: false
        }
    }

    /// Whether nothing stands there but spaces.
    package var isBlank: Bool { text.unicodeScalars.allSatisfy(\.properties.isWhitespace) }
}
