package import Domain
import GRDB

extension PolicyStore {
    /// Revokes with one row, whatever it hits. When this returns, the disk has it. It takes the duty revoke.
    ///
    /// Without a moment it is about all that was issued until now; `Timestamp.distantFuture` revokes for good.
    @discardableResult
    package func revoke(
        _ target: RevocationTarget, before: Timestamp? = nil, by actor: Actor, reason: String
    ) throws -> Revocation {
        try change(
            by: actor, duty: .revoke, action: "\(target.kind).revoke", target: target.description, reason: reason
        ) { transaction in
            try RevocationTable.check(target, before: before, in: transaction.reading, now: transaction.now)
            let revocation = try RevocationTable.insert(target, before: before, in: transaction)
            transaction.after = revocation.account
            return revocation
        }
    }

    /// Revokes several things at once, or none of them: each is a row with an audit record of its own.
    package func revoke(
        _ targets: [RevocationTarget], by actor: Actor, reason: String
    ) throws -> [Revocation] {
        guard let last = targets.last else { throw PolicyStoreError.nothingToDo }
        let others = targets.dropLast()
        return try change(
            by: actor, duty: .revoke, action: "\(last.kind).revoke",
            target: others.isEmpty ? last.description : "\(last) and \(others.count) more", reason: reason
        ) { transaction in
            transaction.target = last.description
            let revocations = try others.map { target in
                let revocation = try Self.insert(target, in: transaction)
                try transaction.recordAside(
                    action: "\(target.kind).revoke", target: target.description, after: revocation.account)
                return revocation
            }
            let newest = try Self.insert(last, in: transaction)
            transaction.after = newest.account
            return revocations + [newest]
        }
    }

    private static func insert(
        _ target: RevocationTarget, in transaction: PolicyTransaction
    ) throws -> Revocation {
        try RevocationTable.check(target, before: nil, in: transaction.reading, now: transaction.now)
        return try RevocationTable.insert(target, before: nil, in: transaction)
    }

    /// What is alive now and would be revoked, by client; it changes nothing.
    package func preview(_ target: RevocationTarget, before: Timestamp? = nil) throws -> RevocationPreview {
        let now = clock()
        return try read { database in
            try RevocationTable.check(target, before: before, in: database, now: now)
            return try RevocationTable.preview(target, before: before, in: database, now: now)
        }
    }

    /// All revocations after an epoch, in order.
    package func revocations(after epoch: Int64 = 0) throws -> [Revocation] {
        try read { try RevocationTable.revocations(after: epoch, in: $0) }
    }

    /// All revocations, as decisions read them.
    package func revocationSnapshot() throws -> RevocationSnapshot {
        RevocationSnapshot(try revocations())
    }
}

extension Revocation {
    /// For the audit trail.
    var account: String {
        var json = JSONWriter()
        json.object { json in
            json.member("epoch", epoch)
            json.member("kind", target.kind)
            json.member("target", target.name)
            if case .token(let issuer, _) = target { json.member("issuer", issuer) }
            if let before { json.member("before", before == .distantFuture ? "for good" : RFC3339.text(before)) }
        }
        return json.text
    }
}
