package import Domain
import Foundation
import GRDB

/// Which key gets a successor.
package enum KeyRotation: Hashable, Sendable {
    case master
    case pepper
    /// Of an algorithm that had no key so far it makes the first one. Where somebody else may have the key, nothing that
    /// it signed is believed any more, and others have to fetch the keys anew.
    case signing(SigningAlgorithm, modulus: SigningKey.ModulusBits = .bits3072, isCompromised: Bool = false)
    case checkpoint

    package var name: String {
        switch self {
        case .master: "master"
        case .pepper: "pepper"
        case .signing(let algorithm, _, _): "signing/\(algorithm.name)"
        case .checkpoint: "checkpoint"
        }
    }
}

extension PolicyStore {
    /// Gives a key its successor. What the old one made is verified with it for as long as it may be about.
    package func rotate(_ rotation: KeyRotation, by actor: Actor, reason: String, source: MasterKeySource) throws {
        try change(by: actor, duty: .edit, action: "key.rotate", target: "key/\(rotation.name)", reason: reason) {
            transaction in
            try transaction.database.execute(sql: "PRAGMA secure_delete = ON")
            let master = try Self.masterKey(in: transaction.reading, source: source)
            var maker = KeyMaker(transaction: transaction, master: master, store: id)
            transaction.before = maker.account(of: try KeyTable.records(in: transaction.reading))
            switch rotation {
            case .master: maker = try rotateMaster(maker, source: source)
            case .pepper:
                for key in try Self.keys(.pepper, .active, in: transaction) {
                    try KeyTable.move(key.number, to: .retiring, in: transaction)
                }
                try maker.makePepper()
            case .signing(let algorithm, let modulus, let isCompromised):
                if isCompromised { try Self.retireSigning(algorithm, in: transaction) }
                try Self.rotateSigning(algorithm, modulus: modulus, maker)
            case .checkpoint:
                for key in try Self.keys(.checkpoint, .active, in: transaction) {
                    // Its public half stays for good: checkpoints of long ago are verified with it.
                    try KeyTable.move(key.number, to: .retired, in: transaction)
                }
                try maker.make(.checkpoint, SigningKey(generating: .edDSA), .active)
            }
            try Self.retire(in: transaction)
            transaction.after = maker.account(of: try KeyTable.records(in: transaction.reading))
        }
        guard rotation == .master, case .file = source.place else { return }
        do {
            try forgetOldMasterKey(source)
        } catch {
            throw SecretsError.oldMasterKeyLeft(source.name)
        }
    }

    /// Retires keys that nothing needs any more; also done with each rotation.
    package func retireKeys(by actor: Actor, reason: String) throws {
        try change(by: actor, duty: .edit, action: "key.retire", target: "keys", reason: reason) { transaction in
            transaction.isRecorded = try Self.retire(in: transaction)
        }
    }

    private static func keys(
        _ kind: KeyRecord.Kind, _ state: KeyRecord.State, in transaction: PolicyTransaction
    ) throws -> [KeyRecord] {
        try KeyTable.records(in: transaction.reading).filter { $0.kind == kind && $0.state == state }
    }

    /// Takes all keys of an algorithm out of what is published; the next one lies where the others do.
    private static func retireSigning(_ algorithm: SigningAlgorithm, in transaction: PolicyTransaction) throws {
        for key in try KeyTable.records(in: transaction.reading)
        where key.kind == .signing && key.algorithm == algorithm && key.state != .retired {
            try KeyTable.move(key.number, to: .retired, isCompromised: true, in: transaction)
        }
    }

    private static func rotateSigning(
        _ algorithm: SigningAlgorithm, modulus: SigningKey.ModulusBits, _ maker: KeyMaker
    ) throws {
        let transaction = maker.transaction
        for key in try keys(.signing, .active, in: transaction) where key.algorithm == algorithm {
            let latest = try transaction.reading.integer("SELECT max(expires) FROM tokens WHERE key = \(key.number)")
            // Verifiers' clocks may be late.
            let ends = latest.map { Timestamp(microseconds: $0).advanced(by: 300_000_000) } ?? transaction.now
            try KeyTable.move(
                key.number, to: .retiring, ends: max(ends, transaction.now), keepingSecret: false, in: transaction)
        }
        let next = try keys(.signing, .next, in: transaction).filter { $0.algorithm == algorithm }
        for key in next { try KeyTable.move(key.number, to: .active, in: transaction) }
        if next.isEmpty { try maker.make(.signing, SigningKey(generating: algorithm, modulus: modulus), .active) }
        try maker.make(.signing, SigningKey(generating: algorithm, modulus: modulus), .next)
    }

    @discardableResult
    private static func retire(in transaction: PolicyTransaction) throws -> Bool {
        var isAny = false
        for key in try KeyTable.records(in: transaction.reading) where key.state == .retiring {
            switch key.kind {
            case .signing:
                guard let ends = key.ends, ends <= transaction.now else { continue }
            case .pepper:
                let isUsed = try transaction.reading.integer(
                    """
                    SELECT 1 FROM credential_states WHERE pepper = \(key.number) AND revoked IS NULL
                    AND (expires IS NULL OR expires > \(transaction.now.microseconds)) LIMIT 1
                    """)
                guard isUsed == nil else { continue }
            case .checkpoint: break
            }
            try KeyTable.move(key.number, to: .retired, in: transaction)
            isAny = true
        }
        return isAny
    }

    // MARK: - The master key

    /// Seals everything under a new master key. The file holds both keys before the store knows the new one, so that
    /// whichever of the two a crash leaves behind, the right key is there.
    private func rotateMaster(_ maker: KeyMaker, source: MasterKeySource) throws -> KeyMaker {
        let new: MasterKey
        let given = try source.keys().filter { $0.id != maker.master.id }
        switch source.place {
        case .file:
            var generator = SystemRandomNumberGenerator()
            new = MasterKey(using: &generator)
            // Under the store's lock: nobody else is between these two steps.
            try source.write([maker.master, new])
        case .credential, .environment:
            guard let other = given.first else { throw SecretsError.masterKeyElsewhere(source.name) }
            new = other
        }
        let database = maker.transaction.database
        for row in try KeyTable.sealed(in: maker.transaction.reading) {
            guard let secret = SealedBytes(bytes: row.bytes).opened(at: row.place(in: id), under: maker.master) else {
                throw SecretsError.keyDamaged(row.name)
            }
            let place = SealedBytes.Place(store: id, name: row.name, kind: row.kind, generation: row.generation + 1)
            try database.execute(
                sql: "UPDATE keys SET sealed = ?, generation = generation + 1 WHERE number = ?",
                arguments: [Data(try SealedBytes(sealing: secret, at: place, under: new).bytes), row.number])
        }
        try database.execute(
            sql: "UPDATE master_key SET id = ?, since = ?",
            arguments: [Data(new.id), maker.transaction.now.microseconds])
        return KeyMaker(transaction: maker.transaction, master: new, store: id)
    }

    /// Takes the old master key out of its file. A crash before this leaves both there, and the next rotation goes on
    /// from the right one.
    private func forgetOldMasterKey(_ source: MasterKeySource) throws {
        try change(by: .system, duty: nil, action: "key.forget", target: "key/master", reason: "rotated") {
            transaction in
            transaction.isRecorded = false
            let master = try Self.masterKey(in: transaction.reading, source: source)
            try source.write([master])
        }
        // What was sealed under the old key goes out of the log too.
        queue?.inDatabase { _ = try? String.fetchAll($0, sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
    }
}
