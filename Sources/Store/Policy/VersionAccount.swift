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
        of version: PolicyVersion, _ account: VersionMaker.Account, _ edits: [PolicyContent.Edit]
    ) throws -> (before: String?, after: String) {
        let bytes = edits.reduce(0) {
            $0 + ($1.before?.utf8.count ?? 0) + ($1.after?.utf8.count ?? 0) + $1.name.utf8.count
        }
        let isWhole = bytes <= Self.mostBytes
        let parent = try version.parent.map { try VersionTable.version($0, in: database) }
        let before = parent.map { parent in
            text(version: parent, nil, isWhole ? edits.map { ($0.kind, $0.name, $0.before) } : nil)
        }
        let after = text(
            version: version, account, isWhole ? edits.map { ($0.kind, $0.name, $0.after) } : nil)
        return (before, after)
    }

    private func text(
        version: PolicyVersion, _ account: VersionMaker.Account?,
        _ items: [(kind: String, name: String, json: String?)]?
    ) -> String {
        var json = JSONWriter()
        json.object { json in
            json.member("version", version.number)
            json.member("content", Hex.text(version.content))
            if let account {
                json.member("edits", Hex.text(version.edits))
                if !version.dangers.isEmpty { json.member("dangers", version.dangers.names) }
                if let expires = account.expires { json.member("expires", expires.microseconds) }
                if !account.left.isEmpty {
                    json.member("ending", BreakGlass.Ending.failed.rawValue)
                    json.name("left")
                    json.value(.array(account.left.map { .string($0.description) }))
                }
            }
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
