package import Domain

extension PolicyStore {
    /// The policy as it was at a version; of a draft: the version that it was made from, with the draft's edits.
    package func policy(at number: Int) throws -> Policy {
        try read { try EditTable.policy(at: try VersionTable.version(number, in: $0), in: $0) }
    }

    /// What a version changed, in the order of keys.
    package func edits(of number: Int) throws -> [PolicyEdit] {
        try read { database in
            _ = try VersionTable.version(number, in: database)
            return try EditTable.edits(of: number, in: database).sorted { $0.key < $1.key }
        }
    }

    /// The edits that lead from one version to another.
    package func difference(from old: Int, to new: Int) throws -> [PolicyEdit] {
        try policy(at: old).edits(to: try policy(at: new))
    }

    /// The versions that changed an item, newest first.
    package func versions(changing key: ItemKey, limit: Int = 100) throws -> [PolicyVersion] {
        // Names and kinds are of an alphabet that needs no quoting.
        try read {
            try VersionTable.versions(
                in: $0,
                """
                WHERE number IN (SELECT version FROM version_edits WHERE kind = '\(key.kind.rawValue)'
                    AND name = '\(key.name)') ORDER BY number DESC LIMIT \(max(0, limit))
                """)
        }
    }

    /// The version that made an item what it is now; nil when there is no such item.
    ///
    /// A dialog that was opened on another one shows the difference again.
    package func version(settling key: ItemKey) throws -> Int? {
        try read {
            try $0.integer(
                """
                SELECT version FROM policy_items WHERE kind = '\(key.kind.rawValue)' AND name = '\(key.name)'
                """
            ).map { Int($0) }
        }
    }
}
