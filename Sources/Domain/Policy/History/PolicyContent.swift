// What a policy's hash is made of. The bytes are written down in Sources/ARCHITECTURE.md.

package enum PolicyContent {
    /// The hash of one item's canonical JSON under its key.
    package static func hash(ofKind kind: String, name: String, json: String) -> [UInt8] {
        var hasher = ChainHasher(label: "gatehouse item 1")
        hasher.add(kind)
        hasher.add(name)
        hasher.add(json)
        return hasher.finalized()
    }

    /// The hash of a row that is no part of a policy: numbers in decimal, bytes in lower-case hexadecimal.
    package static func hash(ofRow table: String, values: [String?]) -> [UInt8] {
        var hasher = ChainHasher(label: "gatehouse row 1")
        hasher.add(table)
        for value in values { hasher.add(value) }
        return hasher.finalized()
    }

    /// Makes the hash of a whole policy from its items' hashes, in the order of the bytes of kind, then name.
    ///
    /// Two steps, so that a change of one client among 100,000 hashes one item anew and not all.
    package struct Hasher {
        private var hasher = ChainHasher(label: "gatehouse policy 1")

        package init() {}

        package mutating func add(item hash: [UInt8]) { hasher.add(bytes: hash) }

        package consuming func finalized() -> [UInt8] { hasher.finalized() }
    }

    /// What a version does to one item, in canonical JSON.
    package struct Edit: Hashable, Sendable {
        package let kind: String
        package let name: String
        package let before: String?
        package let after: String?

        package init(kind: String, name: String, before: String?, after: String?) {
            self.kind = kind
            self.name = name
            self.before = before
            self.after = after
        }
    }

    /// The hash of a version's edits, in the order of the bytes of kind, then name.
    package static func hash(ofEdits edits: some Sequence<Edit>) -> [UInt8] {
        var hasher = ChainHasher(label: "gatehouse edits 1")
        for edit in edits {
            hasher.add(edit.kind)
            hasher.add(edit.name)
            hasher.add(edit.before)
            hasher.add(edit.after)
        }
        return hasher.finalized()
    }
}
