package import Domain
import Foundation
import GRDB

extension PolicyStore {
    /// Makes a store whose first operator, with every duty, is who asks; the policy has nothing else yet.
    package static func create(
        in folder: StoreFolder, by actor: Actor, clock: @escaping () -> Timestamp = SystemClock.now
    ) throws -> PolicyStore {
        let path = folder.policy
        try naming(path) {
            try folder.create()
            let queue = try writingQueue(path)
            try queue.writeWithoutTransaction { database in
                try database.inTransaction(.immediate) {
                    guard try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0 else {
                        throw PolicyStoreError.alreadyInitialised(path: folder.path)
                    }
                    try migrate(database)
                    try fill(database, by: actor, path: path, now: clock())
                    return .commit
                }
            }
            try queue.close()
        }
        return try PolicyStore(folder: folder, for: .writing, clock: clock)
    }

    private static func fill(_ database: Database, by actor: Actor, path: String, now: Timestamp) throws {
        var generator = SystemRandomNumberGenerator()
        let id = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
        try database.execute(
            sql: "INSERT INTO store VALUES (1, ?, ?)", arguments: [Data(id), now.microseconds])
        let request = try ChangeRequest(
            actor: actor, duty: nil, action: "policy.init", target: "policy", reason: "the store is made")
        let transaction = try PolicyTransaction(database, request: request, path: path, now: now)
        let person = try firstOperator(actor)
        let edits = [PolicyItem.operator(person), .settings(PolicySettings())].map {
            PolicyEdit(key: $0.key, before: nil, after: $0)
        }
        _ = try VersionMaker(transaction).make(
            edits, VersionMaker.Account(origin: .first, author: actor, reason: request.reason))
        try transaction.record(.done)
    }

    /// The account's name where that can be an operator's, and its user id otherwise.
    private static func firstOperator(_ actor: Actor) throws -> Operator {
        guard let userID = actor.userID else {
            throw PolicyStoreError.dutyMissing(.edit, actor: actor, isOperator: false)
        }
        let name: Name<Operator>
        do {
            name = try Name(actor.name)
        } catch {
            name = try Name("uid-\(userID)")
        }
        return Operator(name: name, userID: userID, duties: Set(Duty.allCases))
    }
}
