package import Domain

/// The policy in force, with what is known of its version.
package struct ActivePolicy: Equatable, Sendable {
    package let version: PolicyVersion
    package let policy: Policy
}

extension PolicyStore {
    /// The policy in force. Asking again costs microseconds as long as it is the same.
    package func active() throws -> ActivePolicy {
        let active = try read(activePolicy)
        loaded = active
        return active
    }

    /// Within a transaction.
    func activePolicy(in database: SQLiteDatabase) throws -> ActivePolicy {
        let version = try VersionTable.active(in: database)
        if let loaded, loaded.version == version { return loaded }
        return ActivePolicy(version: version, policy: try ItemReader(database).policy())
    }

    /// What is known of a version; `PolicyStoreError.noVersion` when there is none of that number.
    package func version(_ number: Int) throws -> PolicyVersion {
        try read { try VersionTable.version(number, in: $0) }
    }

    /// The newest versions, newest first.
    package func versions(limit: Int = 100) throws -> [PolicyVersion] {
        try read { try VersionTable.versions(in: $0, "ORDER BY number DESC LIMIT \(max(0, limit))") }
    }

    /// What waits for a second operator, oldest first.
    package func drafts() throws -> [PolicyVersion] {
        try read { try VersionTable.versions(in: $0, "WHERE state IN ('draft', 'shadow') ORDER BY number") }
    }
}
