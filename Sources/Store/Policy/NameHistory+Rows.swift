import Domain

extension NameHistory {
    /// What became of a version's things under the versions that came into force after it.
    init(since version: Int, in database: SQLiteDatabase) throws {
        self.init()
        let rows = try database.prepare(
            """
            SELECT version, kind, name, before IS NULL FROM version_edits JOIN policy_versions ON number = version
            WHERE version > \(version) AND origin <> 'draft' AND (before IS NULL OR after IS NULL)
            ORDER BY version
            """)
        var current = version
        var made: [ItemKey] = []
        var removed: [ItemKey] = []
        func finish(_ history: inout NameHistory) throws {
            guard current != version else { return }
            let kinds = Set(made.map(\.kind)).intersection(removed.map(\.kind))
            if kinds.contains(where: { $0.reasonAgainstRenaming == nil }) {
                history.follow(try EditTable.edits(of: current, in: database), of: current)
            } else {
                history.follow(made: made, removed: removed, of: current)
            }
            (made, removed) = ([], [])
        }
        while try rows.step() {
            let number = Int(rows.integer(0))
            if number != current {
                try finish(&self)
                current = number
            }
            guard let key = ItemKey(text: "\(rows.string(1))/\(rows.string(2))") else {
                throw StoreError(.corrupt("version \(number) has an item without a name"), path: database.path)
            }
            if rows.integer(3) == 1 { made.append(key) } else { removed.append(key) }
        }
        try finish(&self)
    }
}

extension EditTable {
    /// What the versions that came into force after one changed.
    static func keys(changedSince version: Int, in database: SQLiteDatabase) throws -> Set<ItemKey> {
        let rows = try database.prepare(
            """
            SELECT DISTINCT kind, name FROM version_edits JOIN policy_versions ON number = version
            WHERE version > \(version) AND origin <> 'draft'
            """)
        var keys: Set<ItemKey> = []
        while try rows.step() {
            if let key = ItemKey(text: "\(rows.string(0))/\(rows.string(1))") { keys.insert(key) }
        }
        return keys
    }
}
