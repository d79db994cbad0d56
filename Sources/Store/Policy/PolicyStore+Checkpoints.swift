package import Domain
import Foundation
import GRDB

extension PolicyStore {
    /// The audit trail's chain, as `Checkpoint.chain` has it.
    static let policyChain = "policy"

    /// Signs how far each chain reaches that grew since its last checkpoint: the audit trail, and the traffic's segments.
    ///
    /// The checkpoints are kept in the store too, but protect against its owner only where they are exported.
    package func checkpoint(signing signer: CheckpointSigner) throws -> [Checkpoint] {
        guard let queue else { throw PolicyStoreError.storage(StoreError(.readOnly, path: folder.policy)) }
        let now = clock()
        let (last, policy) = try read { database in
            (try Self.lastLengths(in: database), try AuditTable.chain(in: database))
        }
        var chains = [(name: Self.policyChain, length: policy.length, head: policy.head)]
        let traffic = TrafficReader(folder: folder)
        if try traffic.refresh() {
            for segment in traffic.catalog?.segments ?? [] {
                chains.append((Self.chainName(of: segment.id), segment.count, segment.head))
            }
        }
        let checkpoints = try chains.filter { $0.length > last[$0.name] ?? -1 }.map { chain in
            let bytes = Checkpoint.signedBytes(
                chain: chain.name, length: chain.length, head: chain.head, time: now, store: id)
            return Checkpoint(
                chain: chain.name, length: chain.length, head: chain.head, time: now, store: id, key: signer.key,
                signature: try signer.sign(bytes))
        }
        try Self.naming(folder.policy) {
            try queue.write { database in
                for checkpoint in checkpoints { try Self.insert(checkpoint, into: database) }
            }
        }
        return checkpoints
    }

    /// The newest checkpoint of each chain.
    package func newestCheckpoints() throws -> [Checkpoint] {
        try read { try Self.checkpoints(in: $0, "WHERE id IN (SELECT max(id) FROM checkpoints GROUP BY chain)") }
    }

    /// A segment's chain is called as its file, without the ending.
    static func chainName(of segment: SegmentID) -> String {
        String(StoreFolder.fileName(of: segment).dropLast(".sqlite".count))
    }

    private static func lastLengths(in database: SQLiteDatabase) throws -> [String: Int64] {
        let rows = try database.prepare("SELECT chain, max(length) FROM checkpoints GROUP BY chain")
        var lengths: [String: Int64] = [:]
        while try rows.step() { lengths[rows.string(0)] = rows.integer(1) }
        return lengths
    }

    static func checkpoints(in database: SQLiteDatabase, _ clause: String = "") throws -> [Checkpoint] {
        let store = try AuditTable.storeID(in: database)
        let rows = try database.prepare(
            "SELECT chain, length, head, time, key, signature FROM checkpoints \(clause) ORDER BY id")
        var checkpoints: [Checkpoint] = []
        while try rows.step() {
            checkpoints.append(
                Checkpoint(
                    chain: rows.string(0), length: rows.integer(1), head: rows.array(2),
                    time: Timestamp(microseconds: rows.integer(3)), store: store, key: rows.array(4),
                    signature: rows.array(5)))
        }
        return checkpoints
    }

    private static func insert(_ checkpoint: Checkpoint, into database: Database) throws {
        try database.execute(
            sql: "INSERT INTO checkpoints (chain, length, head, time, key, signature) VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [
                checkpoint.chain, checkpoint.length, Data(checkpoint.head), checkpoint.time.microseconds,
                Data(checkpoint.key), Data(checkpoint.signature),
            ])
    }
}
