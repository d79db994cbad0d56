import Domain
import GRDB
import Glibc

extension PolicyStore {
    /// The one door for changes: checks the duty, does the work, and appends the audit record, all in one transaction.
    ///
    /// It returns when the disk has it. Whatever the work throws leaves nothing behind; where who asked may not, a
    /// record of the attempt is all that stays.
    func change<Result>(
        by actor: Actor, duty: Duty?, action: String, target: String, reason: String,
        _ work: (PolicyTransaction) throws -> Result
    ) throws -> Result {
        let request = try ChangeRequest(actor: actor, duty: duty, action: action, target: target, reason: reason)
        do {
            return try write(request) { transaction in
                if let duty { try transaction.require(duty) }
                let result = try work(transaction)
                if transaction.isRecorded { try transaction.record(.done) }
                return result
            }
        } catch let error as PolicyStoreError where error.isOverreach {
            try write(request) { transaction in
                transaction.after = Self.refusal(error)
                try transaction.record(.refused)
            }
            throw error
        }
    }

    private func write<Result>(_ request: ChangeRequest, _ body: (PolicyTransaction) throws -> Result) throws -> Result
    {
        let path = folder.policy
        guard let queue else { throw PolicyStoreError.storage(StoreError(.readOnly, path: path)) }
        return try Self.naming(path) {
            do {
                return try queue.writeWithoutTransaction { database in
                    var result: Result?
                    var record: AuditRecord?
                    try database.inTransaction(.immediate) {
                        let now = clock()
                        // Only tells others who it is; the lock that counts is SQLite's.
                        let holder = "\(request.actor.name), \(request.action), process \(getpid())"
                        let sign = try? WriterLock(path: folder.policyLock, holder: holder, waiting: .zero)
                        defer { withExtendedLifetime(sign) {} }
                        let transaction = try PolicyTransaction(database, request: request, path: path, now: now)
                        result = try body(transaction)
                        record = transaction.lastRecord
                        return .commit
                    }
                    lastRecord = record ?? lastRecord
                    guard let result else { throw StoreError(.other("the change wasn't made"), path: path) }
                    return result
                }
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                throw StoreError(.locked(holder: WriterLock.holder(path: folder.policyLock) ?? ""), path: path)
            }
        }
    }

    /// Why something was refused, as JSON for the audit trail.
    private static func refusal(_ error: PolicyStoreError) -> String {
        var json = JSONWriter()
        json.object { $0.member("refused", error.message) }
        return json.text
    }
}
