// Rows of `revocations`, and what they hit.

import Domain
import Foundation
import GRDB

enum RevocationTable {
    /// Refuses what is about nothing: a typing error would look like a revocation that worked.
    static func check(
        _ target: RevocationTarget, before: Timestamp?, in database: SQLiteDatabase, now: Timestamp
    ) throws {
        if let before {
            guard target.hasMoment else { throw SecretsError.badTarget("a \(target.kind) is revoked for good") }
            guard before <= now || before == .distantFuture else {
                throw SecretsError.badTarget("what will be issued can't be revoked; revoke for good, or until now")
            }
        }
        switch target {
        case .token(let issuer, let id):
            try checkText(id, "a token")
            try checkText(issuer, "an issuer")
        case .subject(let name): try checkText(name, "a subject")
        case .issuer(let name): try checkText(name, "an issuer")
        case .family(let number):
            guard try database.integer("SELECT 1 FROM families WHERE id = \(number)") != nil else {
                throw SecretsError.badTarget("there is no family \(number)")
            }
        case .credential(let number):
            guard try database.integer("SELECT 1 FROM credentials WHERE id = \(number)") != nil else {
                throw SecretsError.credentialUnknown(String(number))
            }
        case .client(let name):
            let row = try database.prepare(
                """
                SELECT 1 FROM clients WHERE name = ?1 UNION ALL SELECT 1 FROM tokens WHERE client = ?1
                UNION ALL SELECT 1 FROM credentials WHERE client = ?1 LIMIT 1
                """)
            row.bind(copying: name, at: 1)
            guard try row.step() else { throw SecretsError.clientUnknown(name) }
        case .network, .everything: break
        }
    }

    private static func checkText(_ text: String, _ what: String) throws(SecretsError) {
        guard (1...512).contains(text.utf8.count), !text.unicodeScalars.contains(where: \.isHidden) else {
            throw .badTarget("\(what) has 1 to 512 bytes, all of which can be seen")
        }
    }

    static func insert(
        _ target: RevocationTarget, before: Timestamp?, in transaction: PolicyTransaction
    ) throws -> Revocation {
        let row = try Row(target, before: before ?? newest(of: target, in: transaction))
        let epoch = (try transaction.reading.integer("SELECT max(epoch) FROM revocations") ?? 0) + 1
        try transaction.database.execute(
            sql: """
                INSERT INTO revocations
                    (epoch, time, kind, target, issuer, low, high, before, operator, operator_id, reason)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                epoch, transaction.now.microseconds, target.kind, target.name, row.issuer, row.low.map { Data($0) },
                row.high.map { Data($0) }, row.before?.microseconds, transaction.actor.name,
                transaction.actor.userID.map { Int64($0) }, transaction.reason,
            ])
        return Revocation(
            epoch: epoch, time: transaction.now, target: target, before: row.before, actor: transaction.actor,
            reason: transaction.reason)
    }

    /// What a client was given ends with it, or else it would be the next one's of that name; undoing the removal gives
    /// back the client without its credentials and tokens.
    static func revokeRemovedClients(_ edits: [PolicyEdit], in transaction: PolicyTransaction) throws {
        for edit in edits where edit.key.kind == .client && edit.after == nil {
            let owned = try transaction.reading.prepare(
                """
                SELECT 1 FROM tokens WHERE client = ?1 AND expires > ?2
                UNION ALL SELECT 1 FROM credentials WHERE client = ?1 LIMIT 1
                """)
            owned.bind(copying: edit.key.name, at: 1)
            owned.bind(transaction.now.microseconds, at: 2)
            guard try owned.step() else { continue }
            owned.reset()
            let revocation = try insert(.client(edit.key.name), before: nil, in: transaction)
            try transaction.recordAside(
                action: "client.revoke", target: revocation.target.description, after: revocation.account)
        }
    }

    /// After everything of a target that was issued up to now, also by a clock that was ahead then.
    private static func newest(of target: RevocationTarget, in transaction: PolicyTransaction) throws -> Timestamp {
        let token = try transaction.reading.integer("SELECT issued FROM tokens ORDER BY number DESC LIMIT 1")
        let credential = try transaction.reading.integer("SELECT created FROM credentials ORDER BY id DESC LIMIT 1")
        var last = max(token ?? .min, credential ?? .min)
        for (things, moment) in [(RevokedRows.tokens, "issued"), (.credentials, "created")] {
            let row = try hits(
                target, among: things, giving: "max(\(things.letter).\(moment))", before: .distantFuture,
                in: transaction.reading, now: transaction.now)
            if let row, try row.step(), !row.isNull(0) { last = max(last, row.integer(0)) }
        }
        return max(transaction.now, Timestamp(microseconds: last).advanced(by: 1))
    }

    /// The live tokens or credentials that a target names, as a query; nil where it names none of them.
    private static func hits(
        _ target: RevocationTarget, among things: RevokedRows, giving columns: String, before: Timestamp,
        in database: SQLiteDatabase, now: Timestamp
    ) throws -> SQLiteStatement? {
        guard let rule = things.rules.first(where: { $0.kind == target.kind }) else { return nil }
        let row = try Row(target, before: before)
        let rows = try database.prepare(
            """
            WITH r (target, issuer, low, high, before) AS (SELECT ?1, ?2, ?3, ?4, ?5)
            SELECT \(columns) FROM r CROSS JOIN \(things.table) \(things.letter)
            WHERE \(try things.isLive(at: now, in: database)) AND (\(rule.search))
            """)
        rows.bind(copying: target.name, at: 1)
        if let issuer = row.issuer { rows.bind(copying: issuer, at: 2) }
        if let low = row.low { rows.bind(copying: low, at: 3) }
        if let high = row.high { rows.bind(copying: high, at: 4) }
        if let before = row.before { rows.bind(before.microseconds, at: 5) }
        return rows
    }

    static func revocations(after epoch: Int64, in database: SQLiteDatabase) throws -> [Revocation] {
        let rows = try database.prepare(
            """
            SELECT epoch, time, kind, target, issuer, before, operator, operator_id, reason FROM revocations
            WHERE epoch > ? ORDER BY epoch
            """)
        rows.bind(epoch, at: 1)
        var found: [Revocation] = []
        while try rows.step() {
            // Leaving out a row that can't be read would let pass what it revokes.
            guard let target = target(rows) else {
                throw StoreError(.corrupt("revocation \(rows.integer(0)) can't be read"), path: database.path)
            }
            let actor = rows.optionalInteger(7).flatMap { UInt32(exactly: $0) }.map {
                Actor(name: rows.string(6), userID: $0)
            }
            found.append(
                Revocation(
                    epoch: rows.integer(0), time: Timestamp(microseconds: rows.integer(1)), target: target,
                    before: rows.optionalTime(5), actor: actor ?? .system, reason: rows.string(8)))
        }
        return found
    }

    private static func target(_ row: SQLiteStatement) -> RevocationTarget? {
        let name = row.string(3)
        return switch row.string(2) {
        case "token": row.isNull(4) ? nil : .token(issuer: row.string(4), id: name)
        case "family": Int64(name).map(RevocationTarget.family)
        case "credential": Int64(name).map(RevocationTarget.credential)
        case "client": .client(name)
        case "subject": .subject(name)
        case "issuer": .issuer(name)
        case "network": Network(name).map(RevocationTarget.network)
        case "all": .everything
        default: nil
        }
    }

    /// Counts by the rules that also say what is revoked, so that the preview is what happens.
    static func preview(
        _ target: RevocationTarget, before: Timestamp?, in database: SQLiteDatabase, now: Timestamp
    ) throws -> RevocationPreview {
        func counts(_ things: RevokedRows) throws -> [String: Int] {
            guard
                let rows = try hits(
                    target, among: things, giving: "\(things.number), \(things.letter).client",
                    before: before ?? .distantFuture, in: database, now: now)
            else { return [:] }
            var clients: [(number: Int64, client: String)] = []
            while try rows.step() { clients.append((rows.integer(0), rows.string(1))) }
            let revoked = try things.revoked(
                of: clients.lazy.map(\.number), where: try things.isLive(at: now, in: database), in: database)
            var counts: [String: Int] = [:]
            for (number, client) in clients where !revoked.contains(number) { counts[client, default: 0] += 1 }
            return counts
        }
        let tokens = try counts(.tokens)
        let credentials = try counts(.credentials)
        var shares = tokens.map {
            RevocationPreview.Share(client: $0, tokens: $1, credentials: credentials[$0] ?? 0)
        }
        for (client, count) in credentials where tokens[client] == nil {
            shares.append(RevocationPreview.Share(client: client, tokens: 0, credentials: count))
        }
        // Numbers first: there may be a hundred thousand clients, and most pairs are told apart without their names.
        shares.sort { left, right in
            if left.tokens != right.tokens { return left.tokens > right.tokens }
            if left.credentials != right.credentials { return left.credentials > right.credentials }
            return left.client < right.client
        }
        return RevocationPreview(target: target, shares: shares)
    }

    /// The columns that hang on the kind of target.
    private struct Row {
        var issuer: String?
        var low: [UInt8]?
        var high: [UInt8]?
        var before: Timestamp?

        init(_ target: RevocationTarget, before: Timestamp) throws {
            if target.hasMoment { self.before = before }
            switch target {
            case .token(let issuer, _): self.issuer = issuer
            case .network(let network):
                low = Array(network.base.stored)
                high = Array(network.last.stored)
            case .family, .credential, .client, .subject, .issuer, .everything: break
            }
        }
    }
}
