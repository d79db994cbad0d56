package import Domain

/// Who may do what, by the policy that is in force.
struct OperatorDuties {
    private let database: SQLiteDatabase

    init(_ database: SQLiteDatabase) {
        self.database = database
    }

    func allows(_ duty: Duty, to actor: Actor) throws -> Bool {
        guard let userID = actor.userID else { return false }
        let statement = try database.prepare(
            """
            SELECT 1 FROM operators JOIN operator_duties ON operator = name
            WHERE user_id = \(userID) AND duty = '\(duty.name)'
            """)
        return try statement.step()
    }

    /// Throws `dutyMissing` unless the actor has the duty.
    func require(_ duty: Duty, of actor: Actor) throws {
        guard try !allows(duty, to: actor) else { return }
        let isOperator =
            try actor.userID.flatMap { try database.integer("SELECT 1 FROM operators WHERE user_id = \($0)") } != nil
        throw PolicyStoreError.dutyMissing(duty, actor: actor, isOperator: isOperator)
    }
}

extension PolicyStore {
    /// Whether somebody has a duty, by the policy that is in force.
    package func allows(_ duty: Duty, to actor: Actor) throws -> Bool {
        try read { try OperatorDuties($0).allows(duty, to: actor) }
    }

    /// Throws `PolicyStoreError.dutyMissing` unless somebody has a duty. Looking leaves no audit record.
    package func require(_ duty: Duty, of actor: Actor) throws {
        try read { try OperatorDuties($0).require(duty, of: actor) }
    }

    /// Refuses somebody who lacks a duty before the change that they want is looked at, with its audit record.
    package func refuse(
        _ actor: Actor, lacking duty: Duty, action: String, target: String, reason: String
    ) throws {
        try change(by: actor, duty: duty, action: action, target: target, reason: reason) { transaction in
            // Whoever got the duty in this moment goes on to the change itself.
            transaction.isRecorded = false
        }
    }
}
