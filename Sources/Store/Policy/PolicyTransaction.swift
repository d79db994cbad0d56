import Domain
import GRDB

/// What happens behind the store's one door: a change with its audit record, which are there together or not at all.
final class PolicyTransaction {
    /// Within the transaction; used no longer than it.
    let database: Database
    /// The same connection, for fast reading.
    let reading: SQLiteDatabase
    let now: Timestamp
    let actor: Actor
    /// The version that was active when the transaction began.
    let active: Int

    /// What the audit record will say.
    var action: String
    var reason: String
    var target: String
    /// JSON, without secrets.
    var before: String?
    var after: String?
    /// The version that the transaction made; the active one when it made none.
    var version: Int
    /// Whether there is anything to record; a change that found nothing to do says false.
    var isRecorded = true
    /// The newest audit record of the transaction.
    private(set) var lastRecord: AuditRecord?
    private let secrets = SecretRowWatch()

    init(_ database: Database, request: ChangeRequest, path: String, now: Timestamp) throws {
        self.database = database
        self.now = now
        guard let connection = database.sqliteConnection else { throw StoreError(.other("is closed"), path: path) }
        reading = SQLiteDatabase(borrowing: connection, path: path)
        actor = request.actor
        reason = request.reason
        action = request.action
        target = request.target
        active = Int(try reading.integer("SELECT number FROM policy_versions WHERE state = 'active'") ?? 0)
        version = active
        database.add(transactionObserver: secrets)
    }

    /// Whether the actor has a duty, by the policy that is active now.
    func allows(_ duty: Duty) throws -> Bool { try OperatorDuties(reading).allows(duty, to: actor) }

    /// Throws `dutyMissing` unless the actor has the duty.
    func require(_ duty: Duty) throws { try OperatorDuties(reading).require(duty, of: actor) }

    /// Appends an audit record of something that is done along with what was asked for.
    func recordAside(action: String, target: String, after: String?) throws {
        let own = (self.action, self.target, before, self.after)
        defer { (self.action, self.target, before, self.after) = own }
        (self.action, self.target, before, self.after) = (action, target, nil, after)
        try record(.done)
    }

    /// Appends the audit record of what was done.
    func record(_ outcome: AuditRecord.Outcome) throws {
        var chain = try AuditTable.chain(in: reading)
        let entry = AuditRecord.Entry(
            time: now, actor: actor, action: action, outcome: outcome, target: target, reason: reason, before: before,
            after: try secrets.telling(in: after, from: reading), version: Int64(version))
        let record = chain.append(entry)
        try AuditTable.insert(record, into: database)
        lastRecord = record
    }
}

/// Who asks for a change, under which duty, and why.
struct ChangeRequest {
    let actor: Actor
    /// Nil for what Gatehouse does by itself.
    let duty: Duty?
    let action: String
    let target: String
    let reason: String

    /// The most bytes that a reason may have.
    static let longestReason = 500

    init(actor: Actor, duty: Duty?, action: String, target: String, reason: String) throws(PolicyStoreError) {
        self.actor = actor
        self.duty = duty
        self.action = action
        self.target = target
        self.reason = try Self.checked(reason)
    }

    /// Reasons are read for years by people and programs: one line of visible text, and no secret.
    private static func checked(_ reason: String) throws(PolicyStoreError) -> String {
        guard reason.contains(where: { !$0.isWhitespace }) else { throw .badReason("is missing") }
        guard reason.utf8.count <= longestReason else {
            throw .badReason("has more than \(longestReason) bytes")
        }
        guard !reason.unicodeScalars.contains(where: \.isHidden) else {
            throw .badReason("holds a line break or a character that can't be seen")
        }
        return Redaction.line(Array(reason.utf8)[...]).map { String(decoding: $0, as: UTF8.self) } ?? reason
    }
}
