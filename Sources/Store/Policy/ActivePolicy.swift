package import Domain

/// The policy in force, with what is known of its version.
package struct ActivePolicy: Equatable, Sendable {
    package let version: PolicyVersion
    package let policy: Policy
}

extension PolicyStore {
    /// The policy in force. Asking again costs microseconds as long as it is the same.
    ///
    /// Throws `StoreError.Problem.corrupt` for rows that can't be read or aren't what the version made: nothing is decided
    /// by what somebody changed by hand.
    package func active() throws -> ActivePolicy {
        let active = try read(activePolicy)
        loaded = active
        return active
    }

    /// Within a transaction.
    func activePolicy(in database: SQLiteDatabase) throws -> ActivePolicy {
        let version = try VersionTable.active(in: database)
        if let loaded, loaded.version == version { return loaded }
        let policy = try ItemReader(database).policy()
        let check = ItemCheck(database)
        try check.check(policy, of: version, withClients: try check.isSmall())
        return ActivePolicy(version: version, policy: policy)
    }

    /// Within a transaction that will make a version: all of the tables as they are, so that no change is accepted on top
    /// of what somebody changed by hand.
    func checkedPolicy(in database: SQLiteDatabase) throws -> ActivePolicy {
        let version = try VersionTable.active(in: database)
        if let checked, checked.version == version { return checked }
        let policy = try ItemReader(database).policy()
        try ItemCheck(database).check(policy, of: version, withClients: true)
        return ActivePolicy(version: version, policy: policy)
    }

    /// Reads and checks the policy before the change locks the store, so that others, who may revoke something, needn't
    /// wait for that.
    func checkingFirst<Result>(_ actor: Actor, _ duty: Duty, _ change: () throws -> Result) throws -> Result {
        defer { checked = nil }
        if try allows(duty, to: actor) { checked = try read(checkedPolicy) }
        return try change()
    }

    /// The policy in force for lists, which nothing is decided by: where its tables can't be read or were changed by hand,
    /// it is what the history has of its version, with what is wrong.
    package func shown() throws -> (active: ActivePolicy, problem: PolicyStoreError?) {
        do {
            return (try active(), nil)
        } catch let error as PolicyStoreError {
            guard case .storage(let problem) = error, case .corrupt = problem.problem,
                let told = try? read({ database in
                    let version = try VersionTable.active(in: database)
                    return ActivePolicy(version: version, policy: try EditTable.policy(at: version, in: database))
                })
            else { throw error }
            return (told, error)
        }
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
