// The reading side of the catalog. It opens whatever is there: a store in use, one left behind by a crash, one on a
// medium that can't be written.

import Domain
import Glibc

final class CatalogReader {
    let database: SQLiteDatabase
    private let version: SQLiteStatement
    private var seenVersion: Int64 = -1
    private let inode: UInt64
    /// Whether a log that a crash left behind couldn't be read.
    let isWithoutLog: Bool
    let store: [UInt8]

    private(set) var segments: [SegmentRecord] = []
    private(set) var unread: Int64 = 0
    private(set) var heartbeat: Timestamp?
    private(set) var nodes: [String] = []
    private(set) var coveredFrom: Timestamp?
    /// Days that are added up, oldest first.
    private(set) var groups: [SegmentGroup] = []
    let groupLists: BlobSource

    /// Nil while there is no catalog, or one that is just being made.
    init?(folder: StoreFolder) throws {
        guard let inode = Self.inode(of: folder.catalog) else {
            if folder.exists { try folder.checkIsFolder() }
            if folder.exists, access(folder.path, X_OK) != 0 { throw StoreError(.permission, path: folder.path) }
            return nil
        }
        self.inode = inode
        (database, isWithoutLog) = try SQLiteDatabase.openForReading(folder.catalog)
        let tables = try database.integer(
            "SELECT count(*) FROM sqlite_schema WHERE name IN ('store', 'grdb_migrations')")
        guard tables == 2 else { return nil }
        let known = CatalogSchema.known
        let names = known.map { "'\($0)'" }.joined(separator: ", ")
        let unknown =
            try database.integer("SELECT count(*) FROM grdb_migrations WHERE identifier NOT IN (\(names))") ?? 0
        guard unknown == 0 else {
            throw StoreError(.newerSchema(found: known.count + Int(unknown), known: known.count), path: folder.catalog)
        }
        let query = try database.prepare("SELECT id FROM store")
        guard try query.step() else { return nil }
        store = query.array(0)
        version = try database.prepare("PRAGMA data_version")
        groupLists = BlobSource(database, "SELECT data FROM segment_group_lists WHERE id = ?")
    }

    private static func inode(of path: String) -> UInt64? {
        var status = stat()
        return stat(path, &status) == 0 ? UInt64(status.st_ino) : nil
    }

    /// Whether the file is still the one that was opened.
    func isCurrent(in folder: StoreFolder) -> Bool { Self.inode(of: folder.catalog) == inode }

    /// Reads what changed; false, after a few microseconds, when nothing did.
    func refresh() throws -> Bool {
        guard try version.step() else { return false }
        let newVersion = version.integer(0)
        version.reset()
        guard newVersion != seenVersion else { return false }
        try load()
        seenVersion = newVersion
        return true
    }

    private func load() throws {
        try database.execute("BEGIN")
        defer { try? database.execute("COMMIT") }
        let rows = try database.prepare(SegmentRecord.all)
        segments.removeAll(keepingCapacity: true)
        while try rows.step() { segments.append(SegmentRecord(rows)) }
        let totals = try database.prepare(
            "SELECT unread, heartbeat, (SELECT min(covered_from) FROM sources) FROM store")
        if try totals.step() {
            unread = totals.integer(0)
            heartbeat = Timestamp(microseconds: totals.integer(1))
            coveredFrom = totals.isNull(2) ? nil : Timestamp(microseconds: totals.integer(2))
        }
        let names = try database.prepare("SELECT name FROM nodes ORDER BY name")
        nodes.removeAll(keepingCapacity: true)
        while try names.step() { nodes.append(names.string(0)) }
        groups = try readGroups()
    }

    /// The stretches of a window in which some source was being read, ascending and apart from each other.
    func coverage(of window: TimeWindow) throws -> [ClosedRange<Int64>] {
        let query = try database.prepare(
            """
            SELECT covered_from, covered_until FROM sources WHERE covered_until >= ? AND covered_from < ?
            ORDER BY covered_from
            """)
        query.bind(window.start.microseconds, at: 1)
        query.bind(window.end.microseconds, at: 2)
        var stretches: [ClosedRange<Int64>] = []
        while try query.step() {
            let stretch = query.integer(0)...max(query.integer(0), query.integer(1))
            if let last = stretches.last, stretch.lowerBound <= last.upperBound {
                stretches[stretches.count - 1] = last.lowerBound...max(last.upperBound, stretch.upperBound)
            } else {
                stretches.append(stretch)
            }
        }
        return stretches
    }

    /// The newest unread lines, newest first.
    func unreadLines(limit: Int) throws -> [UnreadLine] {
        let query = try database.prepare(
            "SELECT time, source, offset, reason, bytes FROM unread_lines ORDER BY id DESC LIMIT \(max(0, limit))")
        var lines: [UnreadLine] = []
        while try query.step() {
            lines.append(
                UnreadLine(
                    time: Timestamp(microseconds: query.integer(0)), source: query.string(1),
                    offset: query.integer(2), reason: query.string(3), bytes: query.array(4)))
        }
        return lines
    }

    /// Lines that were not understood, by reason, most frequent first.
    func unreadReasons() throws -> [(reason: String, count: Int64)] {
        let query = try database.prepare("SELECT reason, count FROM unread_reasons ORDER BY count DESC, reason")
        var reasons: [(reason: String, count: Int64)] = []
        while try query.step() { reasons.append((query.string(0), query.integer(1))) }
        return reasons
    }
}

extension SegmentRecord {
    init(_ row: SQLiteStatement) {
        id = SegmentID(day: Day(number: row.integer(0)), part: Int(row.integer(1)))
        count = row.integer(2)
        earliest = Timestamp(microseconds: row.integer(3))
        latest = Timestamp(microseconds: row.integer(4))
        isSealed = row.integer(5) != 0
        head = row.array(6)
    }
}

extension SQLiteDatabase {
    /// Opens a file for reading, past its log if there is no other way; the second value says that it was so.
    static func openForReading(_ path: String) throws -> (SQLiteDatabase, isWithoutLog: Bool) {
        do {
            let database = try SQLiteDatabase(path: path, mode: .read)
            // Only the first read finds out whether the log and its index can be used.
            _ = try database.integer("SELECT count(*) FROM sqlite_schema")
            return (database, false)
        } catch {
            switch error.problem {
            case .readOnly, .other, .inputOutput, .permission:
                guard access(path, R_OK) == 0 else { throw error }
                let database = try SQLiteDatabase(path: path, mode: .immutable)
                _ = try database.integer("SELECT count(*) FROM sqlite_schema")
                return (database, access(path + "-wal", F_OK) == 0)
            case .missing, .locked, .full, .corrupt, .newerSchema:
                throw error
            }
        }
    }
}
