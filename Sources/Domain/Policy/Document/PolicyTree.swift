/// Part of a policy as plain data: what YAML, JSON and options are read into, and written from.
package struct PolicyTree: Sendable {
    package indirect enum Content: Hashable, Sendable {
        /// In the order in which they stand.
        case map([Member])
        case list([PolicyTree])
        case text(String)
        case integer(Int)
        case flag(Bool)
        /// A field without a value.
        case nothing
    }

    package struct Member: Hashable, Sendable {
        package let name: String
        package let value: PolicyTree
        /// Where the name stands.
        package let place: Place?

        package init(_ name: String, _ value: PolicyTree, place: Place? = nil) {
            self.name = name
            self.value = value
            self.place = place
        }

        package static func == (left: Member, right: Member) -> Bool {
            left.name == right.name && left.value == right.value
        }

        package func hash(into hasher: inout Hasher) {
            hasher.combine(name)
            hasher.combine(value)
        }
    }

    /// Line and column of a file, from 1.
    package struct Place: Hashable, Sendable {
        package let line: Int
        package let column: Int

        package init(line: Int, column: Int) {
            self.line = line
            self.column = column
        }
    }

    package var content: Content
    package let place: Place?

    package init(_ content: Content, place: Place? = nil) {
        self.content = content
        self.place = place
    }

    package static func map(_ members: [Member]) -> PolicyTree { PolicyTree(.map(members)) }
    package static func list(_ elements: [PolicyTree]) -> PolicyTree { PolicyTree(.list(elements)) }
    package static func text(_ text: String) -> PolicyTree { PolicyTree(.text(text)) }
    package static func integer(_ number: Int) -> PolicyTree { PolicyTree(.integer(number)) }
    package static func flag(_ flag: Bool) -> PolicyTree { PolicyTree(.flag(flag)) }

    /// The value of a map's member; nil when there is none.
    package subscript(name: String) -> PolicyTree? {
        guard case .map(let members) = content else { return nil }
        return members.first { $0.name == name }?.value
    }
}

extension PolicyTree: Hashable {
    /// Trees are equal when they say the same, wherever it stands.
    package static func == (left: PolicyTree, right: PolicyTree) -> Bool { left.content == right.content }

    package func hash(into hasher: inout Hasher) { hasher.combine(content) }
}
