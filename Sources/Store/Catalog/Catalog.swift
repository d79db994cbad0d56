// The writing side of the catalog: small, and committed after the segments that it speaks of.

import Domain
import Foundation
import GRDB

final class Catalog {
    /// Unread lines that are kept, and how much of each.
    static let keptLines = 1000
    static let keptBytes = 4096
    /// Node names that are kept.
    private static let mostNodes = 1000

    private let queue: DatabaseQueue
    private let path: String
    let store: [UInt8]

    init(folder: StoreFolder, now: Timestamp) throws {
        path = folder.catalog
        try StoreFolder.createFile(path)
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
        }
        (queue, store) = try Self.naming(path) {
            let queue = try DatabaseQueue(path: folder.catalog, configuration: configuration)
            try queue.read { try Self.refuseNewer($0, path: folder.catalog) }
            _ = try queue.inDatabase { try String.fetchOne($0, sql: "PRAGMA journal_mode = WAL") }
            try CatalogSchema.migrator.migrate(queue)
            return (queue, try queue.write { try Self.identity(in: $0, now: now) })
        }
    }

    /// Runs something on the database, and says its errors in the store's words.
    func run<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try Self.naming(path) { try queue.write(body) }
    }

    static func naming<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            let code = error.extendedResultCode.rawValue
            var problem = SQLiteDatabase.problem(code: code, handle: nil, path: path)
            if case .other = problem { problem = .other(error.message ?? "SQLite error \(code)") }
            throw StoreError(problem, path: path)
        }
    }

    static func refuseNewer(_ database: Database, path: String) throws {
        guard try CatalogSchema.migrator.hasBeenSuperseded(database) else { return }
        let found = try CatalogSchema.migrator.appliedIdentifiers(database).count
        let known = CatalogSchema.migrator.migrations.count
        throw StoreError(.newerSchema(found: max(found, known + 1), known: known), path: path)
    }

    /// The store's own random name, made when the store is.
    private static func identity(in database: Database, now: Timestamp) throws -> [UInt8] {
        if let id = try Data.fetchOne(database, sql: "SELECT id FROM store") { return Array(id) }
        var generator = SystemRandomNumberGenerator()
        let id = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
        try database.execute(
            sql: "INSERT INTO store (only, id, created, heartbeat) VALUES (1, ?, ?, ?)",
            arguments: [Data(id), now.microseconds, now.microseconds])
        return id
    }

    func sources() throws -> [SourcePosition] {
        try run { database in
            try Row.fetchAll(
                database,
                sql: "SELECT id, prefix_hash, prefix_length, name, offset, lines, tail_hash FROM sources ORDER BY id"
            ).map { row in
                SourcePosition(
                    id: row[0],
                    identity: SourceIdentity(prefixHash: row[1], prefixLength: row[2], name: row[3]),
                    offset: row[4], lines: row[5], tailHash: row[6])
            }
        }
    }

    func addSource(_ identity: SourceIdentity) throws -> SourcePosition {
        try run { database in
            try database.execute(
                sql: """
                    INSERT INTO sources (prefix_hash, prefix_length, name, offset, lines, tail_hash)
                    VALUES (?, ?, ?, 0, 0, '')
                    """,
                arguments: [identity.prefixHash, identity.prefixLength, identity.name])
            return SourcePosition(
                id: database.lastInsertedRowID, identity: identity, offset: 0, lines: 0, tailHash: "")
        }
    }

    func segments() throws -> [SegmentRecord] {
        try run { try Row.fetchAll($0, sql: SegmentRecord.all).map(SegmentRecord.init) }
    }

    /// What one commit tells the catalog.
    struct Entry {
        var progress: [SourceProgress] = []
        var coverage: [Int64: ClosedRange<Int64>] = [:]
        var segments: [SegmentRecord] = []
        var nodes: [String] = []
    }

    func record(_ entry: Entry, now: Timestamp) throws {
        try run { database in
            for segment in entry.segments where segment.count > 0 { try Self.save(segment, in: database) }
            for progress in entry.progress {
                try Self.save(progress.position, covered: entry.coverage[progress.position.id], in: database)
                try Self.save(unreadOf: progress, in: database)
            }
            for node in entry.nodes {
                try database.execute(
                    sql: "INSERT OR IGNORE INTO nodes SELECT ? WHERE (SELECT count(*) FROM nodes) < \(Self.mostNodes)",
                    arguments: [node])
            }
            try database.execute(sql: "UPDATE store SET heartbeat = ?", arguments: [now.microseconds])
        }
    }

    private static func save(_ segment: SegmentRecord, in database: Database) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO segments VALUES (?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                segment.id.day.number, segment.id.part, segment.count, segment.earliest.microseconds,
                segment.latest.microseconds, segment.isSealed, Data(segment.head),
            ])
    }

    private static func save(
        _ position: SourcePosition, covered: ClosedRange<Int64>?, in database: Database
    ) throws {
        try database.execute(
            sql: """
                UPDATE sources SET prefix_hash = ?, prefix_length = ?, name = ?, offset = ?, lines = ?, tail_hash = ?,
                covered_from = min(ifnull(covered_from, ?7), ifnull(?7, covered_from)),
                covered_until = max(ifnull(covered_until, ?8), ifnull(?8, covered_until))
                WHERE id = ?9
                """,
            arguments: [
                position.identity.prefixHash, position.identity.prefixLength, position.identity.name, position.offset,
                position.lines, position.tailHash, covered?.lowerBound, covered?.upperBound, position.id,
            ])
        guard database.changesCount == 1 else { throw DatabaseError(message: "source \(position.id) is unknown") }
    }

    private static func save(unreadOf progress: SourceProgress, in database: Database) throws {
        guard progress.unreadCount > 0 || !progress.unread.isEmpty else { return }
        let total = max(progress.unreadCount, Int64(progress.unread.count))
        try database.execute(sql: "UPDATE store SET unread = unread + ?", arguments: [total])
        var reasons = progress.unreadReasons.filter { $0.value > 0 }
        if reasons.isEmpty {
            for line in progress.unread { reasons[line.reason, default: 0] += 1 }
        }
        let untold = total - reasons.values.reduce(0, +)
        if untold > 0 { reasons["other", default: 0] += untold }
        for (reason, count) in reasons {
            try database.execute(
                sql: "INSERT INTO unread_reasons VALUES (?1, ?2) ON CONFLICT DO UPDATE SET count = count + ?2",
                arguments: [reason, count])
        }
        for line in progress.unread.suffix(keptLines) {
            try database.execute(
                sql: "INSERT INTO unread_lines (time, source, offset, reason, bytes) VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    line.time.microseconds, line.source, line.offset, line.reason, Data(kept(line.bytes)),
                ])
        }
        try database.execute(
            sql: "DELETE FROM unread_lines WHERE id <= (SELECT max(id) FROM unread_lines) - \(keptLines)")
    }

    /// The part of a line that is kept: secrets come out first, so that a cut can't hide one from the search.
    private static func kept(_ bytes: [UInt8]) -> [UInt8] {
        let start = bytes.prefix(16 * keptBytes)
        return Array((Redaction.line(start) ?? Array(start)).prefix(keptBytes))
    }

    func heartbeat(now: Timestamp) throws {
        try run { try $0.execute(sql: "UPDATE store SET heartbeat = ?", arguments: [now.microseconds]) }
    }

    /// Says, before events are added to a segment, that its record may soon be behind what is in it.
    func unseal(_ segment: SegmentID) throws {
        try run { database in
            try database.execute(
                sql: "UPDATE segments SET sealed = 0 WHERE day = ? AND part = ?",
                arguments: [segment.day.number, segment.part])
        }
    }

    /// Takes segments out of the catalog and remembers that they were there; their files can go afterwards.
    func drop(_ segments: [SegmentRecord], now: Timestamp) throws {
        try run { database in
            for segment in segments {
                try database.execute(
                    sql: "DELETE FROM segments WHERE day = ? AND part = ?",
                    arguments: [segment.id.day.number, segment.id.part])
                try database.execute(
                    sql: "INSERT INTO dropped_segments VALUES (?, ?, ?, ?, ?)",
                    arguments: [
                        segment.id.day.number, segment.id.part, segment.count, Data(segment.head), now.microseconds,
                    ])
            }
        }
    }

    /// Days and parts that were dropped.
    func dropped() throws -> Set<SegmentID> {
        try run { database in
            Set(
                try Row.fetchAll(database, sql: "SELECT day, part FROM dropped_segments").map {
                    SegmentID(day: Day(number: $0[0]), part: $0[1])
                })
        }
    }

    /// Folds the log into the file, so that a reader needs nothing beside it.
    func close() throws {
        try Self.naming(path) {
            try queue.inDatabase { database in
                try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
                try database.execute(sql: "PRAGMA busy_timeout = 0")
                // Refused while a reader is there, which does no harm.
                _ = try? String.fetchOne(database, sql: "PRAGMA journal_mode = DELETE")
            }
            try queue.close()
        }
    }
}
