import Domain

/// What the audit trail says of a version: the hashes before and after, and the items themselves unless they are many.
struct VersionAccount {
    /// The most bytes of items that a record holds; the hash of the edits holds for all.
    private static let mostBytes = 16_384

    private let database: SQLiteDatabase

    init(_ database: SQLiteDatabase) {
        self.database = database
    }

    func texts(
        of version: PolicyVersion, expires: Timestamp?, _ edits: [PolicyContent.Edit]
    ) throws -> (before: String?, after: String) {
        let bytes = edits.reduce(0) {
            $0 + ($1.before?.utf8.count ?? 0) + ($1.after?.utf8.count ?? 0) + $1.name.utf8.count
        }
        let isWhole = bytes <= Self.mostBytes
        let parent = try version.parent.map { try VersionTable.version($0, in: database) }
        let before = parent.map { parent in
            text(version: parent, hash: nil, expires: nil, isWhole ? edits.map { ($0.kind, $0.name, $0.before) } : nil)
        }
        let after = text(
            version: version, hash: version.edits, expires: expires,
            isWhole ? edits.map { ($0.kind, $0.name, $0.after) } : nil)
        return (before, after)
    }

    private func text(
        version: PolicyVersion, hash: [UInt8]?, expires: Timestamp?,
        _ items: [(kind: String, name: String, json: String?)]?
    ) -> String {
        var json = JSONWriter()
        json.object { json in
            json.member("version", version.number)
            json.member("content", Hex.text(version.content))
            if let hash { json.member("edits", Hex.text(hash)) }
            if let expires { json.member("expires", expires.microseconds) }
            guard let items else { return }
            json.name("items")
            json.object { json in
                for item in items {
                    json.name("\(item.kind)/\(item.name)")
                    if let text = item.json { json.raw(text) } else { json.null() }
                }
            }
        }
        return json.text
    }
}
