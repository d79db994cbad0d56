package import Domain
import GRDB

extension PolicyStore {
    /// Changes by break-glass that nobody else has looked at yet, oldest first: each is an alarm.
    package func breakGlassAlarms() throws -> [BreakGlass] {
        try read { try BreakGlassTable.changes(in: $0, "WHERE reviewed IS NULL ORDER BY version") }
    }

    /// All changes by break-glass, newest first.
    package func breakGlassChanges() throws -> [BreakGlass] {
        try read { try BreakGlassTable.changes(in: $0, "ORDER BY version DESC") }
    }

    /// Ends the alarm. A second operator may let the change stay if it is still in force; otherwise it ends as it would.
    package func review(_ number: Int, keeping: Bool, by actor: Actor, reason: String) throws {
        try change(by: actor, duty: .approve, action: "policy.review", target: "version/\(number)", reason: reason) {
            transaction in
            guard
                let change = try BreakGlassTable.changes(in: transaction.reading, "WHERE version = \(number)").first
            else { throw PolicyStoreError.notPossible(version: number, "was no change by break-glass") }
            guard change.version.author.userID != actor.userID else {
                throw PolicyStoreError.ownChange(version: number)
            }
            guard change.review == nil else {
                throw PolicyStoreError.notPossible(version: number, "was reviewed already")
            }
            if keeping {
                guard change.ending == nil else {
                    throw PolicyStoreError.notPossible(version: number, "has ended; make the change again instead")
                }
                let edits = try EditTable.edits(of: number, in: transaction.reading)
                for case .operator(let person)? in edits.flatMap({ [$0.before, $0.after] })
                where person.userID == actor.userID {
                    throw PolicyStoreError.ownDuties(PolicyItem.operator(person).key)
                }
                try BreakGlassTable.end(
                    number, as: .kept, revertedBy: nil, now: transaction.now, in: transaction.database)
            }
            try BreakGlassTable.review(number, by: actor, now: transaction.now, in: transaction.database)
            var json = JSONWriter()
            json.object { json in
                json.name("kept")
                json.bool(keeping)
            }
            transaction.after = json.text
        }
    }

    /// Takes back changes by break-glass whose time is over; gives the versions that did so.
    ///
    /// Whoever opens the store to write calls this, and commands that run for long do so again and again.
    @discardableResult
    package func revertExpiredBreakGlass() throws -> [PolicyVersion] {
        let now = clock().microseconds
        let expired = try read {
            try BreakGlassTable.changes(in: $0, "WHERE ended IS NULL AND expires <= \(now) ORDER BY version DESC")
        }
        return try expired.compactMap { try revert($0.version.number) }
    }

    private func revert(_ number: Int) throws -> PolicyVersion? {
        try change(
            by: .system, duty: nil, action: "policy.expire", target: "version/\(number)",
            reason: "the time of break-glass version \(number) is over"
        ) { transaction in
            let isOpen = try transaction.reading.integer(
                "SELECT 1 FROM break_glass WHERE version = \(number) AND ended IS NULL")
            guard isOpen != nil else {
                // Another process was faster.
                transaction.isRecorded = false
                return nil
            }
            let (ending, version) = try takeBack(number, in: transaction)
            try BreakGlassTable.end(
                number, as: ending, revertedBy: version?.number, now: transaction.now, in: transaction.database)
            if version == nil {
                var json = JSONWriter()
                json.object { $0.member("ending", ending.rawValue) }
                transaction.after = json.text
            }
            return version
        }
    }

    /// Takes back what others have not changed since, by whatever name it goes now.
    private func takeBack(
        _ number: Int, in transaction: PolicyTransaction
    ) throws -> (BreakGlass.Ending, PolicyVersion?) {
        let active = try activePolicy(in: transaction.reading)
        let edits = try BasedEdits.inverse(of: number, in: transaction.reading)
        do {
            let proposal = try PolicyProposal(
                leadingTo: edits.merged(onto: active.policy).policy, on: active, keys: edits.keys)
            try proposal.check(actors: [], zones: zones)
            let account = VersionMaker.Account(
                origin: .expiry(of: number), author: .system, reason: transaction.reason)
            return (.reverted, try VersionMaker(transaction).make(proposal.edits, account))
        } catch PolicyStoreError.nothingToDo {
            return (.overtaken, nil)
        } catch let error as PolicyStoreError where error.category == .refused {
            return (.failed, nil)
        }
    }
}
