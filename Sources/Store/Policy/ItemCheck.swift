import Domain

/// Holds the tables that decisions are made from against the hashes of what the versions made of them.
struct ItemCheck {
    /// Up to so many clients are looked at each time that the policy is read; more of them only when it changes, since
    /// hashing a hundred thousand takes as long as reading them.
    static let mostClients: Int64 = 5000

    private let database: SQLiteDatabase

    init(_ database: SQLiteDatabase) {
        self.database = database
    }

    /// Whether there are so few clients that reading the policy may look at all of it.
    func isSmall() throws -> Bool {
        let query = "SELECT count(*) FROM (SELECT 1 FROM clients LIMIT \(Self.mostClients + 1))"
        return try database.integer(query) ?? 0 <= Self.mostClients
    }

    /// Throws `StoreError.Problem.corrupt` for an item that isn't what its version made it.
    func check(_ policy: Policy, of version: PolicyVersion, withClients isWhole: Bool) throws {
        if isWhole, try VersionMaker.content(in: database) != version.content {
            throw StoreError(
                .corrupt("the hashes of version \(version.number)'s items were changed"), path: database.path)
        }
        let rows = try database.prepare(
            "SELECT hash FROM policy_items"
                + (isWhole
                    ? "" : " WHERE kind IN ('settings', 'scope', 'role', 'route', 'tier', 'quota', 'operator')"))
        var known: Set<Hash> = []
        while try rows.step() { if let hash = Hash(rows.bytes(0)) { known.insert(hash) } }
        var count = 0
        for (key, item) in policy.items where isWhole || key.kind != .client {
            count += 1
            let own = PolicyContent.hash(ofKind: key.kind.rawValue, name: key.name, json: item.json)
            let isKnown = own.withUnsafeBytes { Hash($0) }.map(known.contains) ?? false
            if try !isKnown && !isWrittenOtherwise(key, item) { throw changed(key, version) }
        }
        guard count < known.count else { return }
        let names = try database.prepare("SELECT kind, name FROM policy_items ORDER BY kind, name")
        while try names.step() {
            guard let key = ItemKey(text: names.string(0) + "/" + names.string(1)), policy[key] != nil else {
                throw changed("\(names.string(0))/\(names.string(1))", version)
            }
        }
    }

    private func changed(_ key: some CustomStringConvertible, _ version: PolicyVersion) -> StoreError {
        StoreError(
            .corrupt(
                "\(key) was changed by hand and isn't what version \(version.number) has, so that nothing is decided or "
                    + "changed by it"), path: database.path)
    }

    /// Whether it is what an older program wrote with other words.
    private func isWrittenOtherwise(_ key: ItemKey, _ item: PolicyItem) throws -> Bool {
        let row = try database.prepare(
            """
            SELECT after, hash FROM policy_items JOIN version_edits USING (kind, name, version)
            WHERE kind = '\(key.kind.rawValue)' AND name = '\(key.name)'
            """)
        guard try row.step(), let text = row.optionalString(0) else { return false }
        let hash = PolicyContent.hash(ofKind: key.kind.rawValue, name: key.name, json: text)
        guard hash == row.array(1) else { return false }
        return (try? PolicyItem(key.kind, named: key.name, json: text.utf8)) == item
    }

    /// 32 bytes.
    private struct Hash: Hashable {
        private let words: (UInt64, UInt64, UInt64, UInt64)

        init?(_ bytes: UnsafeRawBufferPointer) {
            guard bytes.count == 32 else { return nil }
            words = (
                bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self),
                bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
                bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self),
                bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
            )
        }

        static func == (left: Hash, right: Hash) -> Bool { left.words == right.words }

        func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
    }
}
