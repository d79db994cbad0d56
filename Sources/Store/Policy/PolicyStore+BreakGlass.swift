package import Domain
import GRDB

extension PolicyStore {
    /// Changes by break-glass that nobody else has looked at yet, or whose time is over though something of them is in
    /// force, oldest first: each is an alarm.
    package func breakGlassAlarms() throws -> [BreakGlass] {
        let now = clock()
        return try emergencies().filter { $0.isAlarm(at: now) }
    }

    /// The alarms, and what was looked at and is still in force, oldest first.
    package func emergencies() throws -> [BreakGlass] {
        try read {
            try BreakGlassTable.changes(
                in: $0,
                """
                WHERE reviewed IS NULL OR reviewer IS NULL OR reviewer_id IS NULL
                    OR ended IS NULL OR ending IS NULL OR ending = 'failed'
                ORDER BY version
                """)
        }
    }

    /// All changes by break-glass, newest first.
    package func breakGlassChanges() throws -> [BreakGlass] {
        try read { try BreakGlassTable.changes(in: $0, "ORDER BY version DESC") }
    }

    /// Ends the alarm. A second operator may let the change stay if something of it is still in force; otherwise it ends as
    /// it would. What is over and could not be taken back stays an alarm until somebody lets it stay.
    package func review(_ number: Int, keeping: Bool, by actor: Actor, reason: String) throws {
        try change(by: actor, duty: .approve, action: "policy.review", target: "version/\(number)", reason: reason) {
            transaction in
            guard
                let change = try BreakGlassTable.changes(in: transaction.reading, "WHERE version = \(number)").first
            else { throw PolicyStoreError.notPossible(version: number, "was no change by break-glass") }
            guard change.version.author.userID != actor.userID else {
                throw PolicyStoreError.ownChange(version: number)
            }
            try transaction.refuseDutiesByBreakGlass(.approve)
            for case .operator(let person)? in try EditTable.edits(of: number, in: transaction.reading)
                .flatMap({ [$0.before, $0.after] })
            where person.userID == actor.userID {
                throw PolicyStoreError.ownDuties(PolicyItem.operator(person).key)
            }
            if keeping {
                guard change.isOpen else {
                    throw PolicyStoreError.notPossible(version: number, "has ended; make the change again instead")
                }
                try BreakGlassTable.keep(number, by: actor, now: transaction.now, in: transaction.database)
            } else {
                guard change.ending != .failed else {
                    throw PolicyStoreError.notPossible(
                        version: number,
                        "is over, but something of it is in force; take away what stands on it, or let it stay (--keep)"
                    )
                }
                guard change.review == nil else {
                    throw PolicyStoreError.notPossible(version: number, "was reviewed already")
                }
                try BreakGlassTable.review(number, by: actor, now: transaction.now, in: transaction.database)
            }
            var json = JSONWriter()
            json.object { json in
                json.name("kept")
                json.bool(keeping)
            }
            transaction.after = json.text
        }
    }
}

extension PolicyTransaction {
    /// Throws where the actor's own entry is as break-glass made it: nobody signs by a duty that another gave them so.
    func refuseDutiesByBreakGlass(_ duty: Duty) throws {
        for edit in try BreakGlassTable.openEdits(in: reading) {
            guard case .operator(let person)? = edit.after, person.userID == actor.userID else { continue }
            throw PolicyStoreError.dutyMissing(duty, actor: actor, isOperator: true)
        }
    }
}
