/// An OAuth scope: a named bound on what a token may be used for (RFC 6749, section 3.3).
package struct Scope: Hashable, Sendable, NamedThing {
    package static var kind: ItemKind { .scope }
    package static var longestName: Int { 128 }
    package static var namesMayHaveSlashes: Bool { true }

    package var name: Name<Scope>
    package var note: String

    package init(name: Name<Scope>, note: String = "") {
        self.name = name
        self.note = note
    }
}
