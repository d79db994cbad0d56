package import Domain
import Foundation
import GRDB

extension PolicyStore {
    /// All keys that the store has, or had, in the order of their making; this takes no master key.
    package func keys() throws -> [KeyRecord] { try read { try KeyTable.records(in: $0) } }

    /// The keys that tokens are verified with now, as they are published; this takes no master key.
    package func publishedKeys() throws -> VerifyingKeys {
        let now = clock()
        return VerifyingKeys(try keys().filter { $0.isPublished(at: now) }.compactMap(\.publicKey))
    }

    /// Believes the tokens that this store issues, by the settings that are active.
    package func tokenVerifier() throws -> AccessTokenVerifier? {
        let settings = try active().policy.settings
        return AccessTokenVerifier(issuer: settings.issuer, audience: settings.audience, keys: try publishedKeys())
    }

    /// Opens the keys.
    package func keyRing(_ source: MasterKeySource) throws -> KeyRing {
        try read { try Self.ring(in: $0, source: source, store: id) }
    }

    static func ring(in database: SQLiteDatabase, source: MasterKeySource, store: [UInt8]) throws -> KeyRing {
        let master = try masterKey(in: database, source: source)
        return try KeyRing(
            opening: KeyTable.sealed(in: database), records: KeyTable.records(in: database), under: master,
            store: store)
    }

    /// The key of the source that the store's keys are under.
    static func masterKey(in database: SQLiteDatabase, source: MasterKeySource) throws -> MasterKey {
        guard let id = try KeyTable.masterKeyID(in: database) else { throw SecretsError.noKeys }
        guard let key = try source.keys().first(where: { SecretBytes.areEqual($0.id, id) }) else {
            throw SecretsError.masterKeyWrong(source.name)
        }
        return key
    }

    /// Makes the keys of a new store, and the master key's file when there is none; false when the store has its keys.
    @discardableResult
    package func makeKeys(by actor: Actor, source: MasterKeySource) throws -> Bool {
        try change(by: actor, duty: .edit, action: "key.create", target: "keys", reason: "the store is made") {
            transaction in
            guard try KeyTable.masterKeyID(in: transaction.reading) == nil else {
                transaction.isRecorded = false
                return false
            }
            var generator = SystemRandomNumberGenerator()
            if !source.exists { try source.write([MasterKey(using: &generator)]) }
            let master = try source.keys()[0]
            try transaction.database.execute(
                sql: "INSERT INTO master_key VALUES (1, ?, ?)",
                arguments: [Data(master.id), transaction.now.microseconds])
            let maker = KeyMaker(transaction: transaction, master: master, store: id)
            try maker.makePepper()
            try maker.make(.signing, SigningKey(generating: .es256), .active)
            try maker.make(.signing, SigningKey(generating: .es256), .next)
            try maker.make(.checkpoint, SigningKey(generating: .edDSA), .active)
            transaction.after = maker.account(of: try KeyTable.records(in: transaction.reading))
            return true
        }
    }
}

/// Puts new keys into the store.
struct KeyMaker {
    let transaction: PolicyTransaction
    let master: MasterKey
    let store: [UInt8]

    func make(_ kind: KeyRecord.Kind, _ key: SigningKey, _ state: KeyRecord.State) throws {
        try KeyTable.insert(
            key.secretBytes, name: key.publicKey.thumbprint, kind: kind, publicKey: key.publicKey, state: state,
            under: master, store: store, in: transaction)
    }

    func makePepper() throws {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let next = (try transaction.reading.integer("SELECT max(number) FROM keys") ?? 0) + 1
        try KeyTable.insert(
            bytes, name: "pepper-\(next)", kind: .pepper, publicKey: nil, state: .active, under: master, store: store,
            in: transaction)
    }

    /// For the audit trail: which keys, in which states.
    func account(of records: [KeyRecord]) -> String {
        var json = JSONWriter()
        json.object { json in
            json.name("keys")
            json.array { json in
                for record in records where record.state != .retired {
                    json.object { json in
                        json.member("key", record.name)
                        json.member("kind", record.kind.rawValue)
                        json.member("algorithm", record.algorithm?.name)
                        json.member("state", record.state.rawValue)
                    }
                }
            }
        }
        return json.text
    }
}
