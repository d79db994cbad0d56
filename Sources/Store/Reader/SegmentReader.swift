// The reading side of one segment. Full blocks and summaries of the tree never change, so what is known of them is
// kept; the unfinished end is read again whenever the file has changed.

import Domain

final class SegmentReader {
    struct Block {
        var first: Int64
        var count: Int
        var earliest: Int64
        var latest: Int64
        /// A bit for each outcome that occurs.
        var outcomes: Int64
    }

    struct Node {
        var id: Int64
        var first: Int64
        var count: Int64
        var earliest: Int64
        var latest: Int64
    }

    let id: SegmentID
    let database: SQLiteDatabase
    /// Whether a log that a crash left behind couldn't be read.
    let isWithoutLog: Bool
    private(set) var blocks: [Block] = []
    /// Nodes of level 1 and of level 2, in order and without gaps.
    private(set) var nodes: [[Node]] = [[], []]
    /// The summary of the whole, in a sealed segment.
    private(set) var top: Node?

    private let source: ColumnSource
    private let textQuery: SQLiteStatement
    private let version: SQLiteStatement
    private let lists: BlobSource
    private var knownRatesQuery: SQLiteStatement?
    private var seenVersion: Int64 = -1
    /// Texts that were looked up lately, by field and id.
    private var texts: [UInt64: String] = [:]
    /// Addresses by id, nil for texts that are none.
    private var addresses: [Int64: IPAddress?] = [:]
    private static let mostTexts = 20_000

    /// For each text test, which ids pass it; ids beyond `checked` weren't looked at yet.
    var passing: [Filter.Test: IDSet] = [:]
    var itemMaps: [ItemMap] = SummaryList.allCases.map { _ in ItemMap() }

    init(id: SegmentID, folder: StoreFolder, store: [UInt8]) throws {
        self.id = id
        (database, isWithoutLog) = try SQLiteDatabase.openForReading(folder.segment(id))
        _ = try SegmentSchema.checkedVersion(of: database)
        try database.execute("PRAGMA cache_size = -512")
        let owner = try database.prepare("SELECT store, day, part FROM segment")
        guard try owner.step(), owner.array(0) == store, owner.integer(1) == id.day.number,
            owner.integer(2) == Int64(id.part)
        else {
            throw StoreError(.other("this file belongs to another store or day"), path: database.path)
        }
        source = try ColumnSource(database)
        textQuery = try database.prepare("SELECT text FROM strings WHERE field = ? AND id = ?")
        lists = BlobSource(database, "SELECT data FROM summary_lists WHERE id = ?")
        version = try database.prepare("PRAGMA data_version")
    }

    var count: Int64 { blocks.last.map { $0.first + Int64($0.count) } ?? 0 }

    /// Runs a query on one state of the file.
    func read<Result>(_ body: () throws -> Result) throws -> Result {
        try database.execute("BEGIN")
        defer { try? database.execute("COMMIT") }
        try refresh()
        return try body()
    }

    private func refresh() throws {
        guard try version.step() else { return }
        let newVersion = version.integer(0)
        version.reset()
        guard newVersion != seenVersion else { return }
        try loadBlocks()
        try loadNodes()
        seenVersion = newVersion
    }

    private func loadBlocks() throws {
        while let last = blocks.last, last.count < EventColumns.capacity { blocks.removeLast() }
        let rows = try database.prepare(
            "SELECT first, count, earliest, latest, outcomes FROM blocks WHERE first >= \(count) ORDER BY first")
        while try rows.step() {
            let block = Block(
                first: rows.integer(0), count: Int(rows.integer(1)), earliest: rows.integer(2),
                latest: rows.integer(3), outcomes: rows.integer(4))
            guard block.first == count, (1...EventColumns.capacity).contains(block.count) else {
                throw StoreError(.corrupt("blocks don't follow each other"), path: database.path)
            }
            blocks.append(block)
        }
    }

    private func loadNodes() throws {
        top = nil
        let known = nodes.map { $0.last.map { $0.first } ?? -1 }
        let rows = try database.prepare(
            """
            SELECT id, level, first, count, earliest, latest FROM summaries
            WHERE level = 3 OR (level = 1 AND first > \(known[0])) OR (level = 2 AND first > \(known[1])) ORDER BY first
            """)
        while try rows.step() {
            let level = rows.integer(1)
            let node = Node(
                id: rows.integer(0), first: rows.integer(2), count: rows.integer(3), earliest: rows.integer(4),
                latest: rows.integer(5))
            if level == SummaryTree.top {
                top = node.count == count ? node : nil
            } else if node.first == Int64(nodes[Int(level) - 1].count) * SummaryTree.spans[Int(level) - 1] {
                nodes[Int(level) - 1].append(node)
            } else {
                throw StoreError(.corrupt("a summary is missing"), path: database.path)
            }
        }
    }

    func read(_ column: EventColumn, of block: Block, into columns: EventColumns) throws {
        let room = UnsafeMutableBufferPointer(rebasing: columns.buffer(column)[..<block.count])
        try source.read(column, ofBlock: block.first, into: room)
    }

    /// The text with an id; nil for the unknown, 0.
    func text(_ field: TextField, _ id: Int64) throws -> String? {
        guard id > 0 else { return nil }
        let key = UInt64(field.rawValue) << 56 | UInt64(id)
        if let text = texts[key] { return text }
        textQuery.bind(Int64(field.rawValue), at: 1)
        textQuery.bind(id, at: 2)
        defer { textQuery.reset() }
        guard try textQuery.step() else {
            throw StoreError(.corrupt("\(field.name) \(id) is missing from the dictionary"), path: database.path)
        }
        let text = textQuery.string(0)
        if texts.count >= Self.mostTexts { texts.removeAll(keepingCapacity: true) }
        texts[key] = text
        return text
    }

    /// The address with an id; nil for the unknown, and for what isn't one.
    func address(_ id: Int64) throws -> IPAddress? {
        if let known = addresses[id] { return known }
        let address = try text(.address, id).flatMap { IPAddress($0) }
        if addresses.count >= Self.mostTexts { addresses.removeAll(keepingCapacity: true) }
        addresses[id] = .some(address)
        return address
    }

    /// Calls back with each text of a field whose id is above a number, ascending.
    func eachText(of field: TextField, above id: Int64, _ body: (Int64, UnsafeRawBufferPointer) throws -> Void) throws {
        let rows = try database.prepare("SELECT id, text FROM strings WHERE field = ? AND id > ? ORDER BY id")
        rows.bind(Int64(field.rawValue), at: 1)
        rows.bind(id, at: 2)
        while try rows.step() { try body(rows.integer(0), rows.bytes(1)) }
    }

    /// The counts of each interval of a resolution, from one second up to but without another.
    func ratesQuery() throws -> SQLiteStatement {
        if let knownRatesQuery { return knownRatesQuery }
        let query = try database.prepare(
            """
            SELECT time, \(Outcome.allCases.map(\.name).joined(separator: ", ")) FROM rate_buckets
            WHERE resolution = ? AND time >= ? AND time < ?
            """)
        knownRatesQuery = query
        return query
    }

    /// Lends a stored list's bytes; nothing when the list is empty.
    func withList<Result>(_ id: Int64, _ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result {
        try lists.withBlob(id, body)
    }

    /// Adds a summary's header to what was counted.
    func addHeader(_ node: Node, to counted: inout SummaryBuilder) throws {
        let row = try database.prepare("SELECT header FROM summaries WHERE id = \(node.id)")
        guard try row.step(),
            counted.add(header: row.bytes(0), count: node.count, earliest: node.earliest, latest: node.latest)
        else { throw damagedSummary() }
    }

    /// Adds a summary's header to totals.
    func addHeader(_ node: Node, totals: inout OutcomeCounts, latency: inout LatencyHistogram) throws {
        let row = try database.prepare("SELECT header FROM summaries WHERE id = \(node.id)")
        guard try row.step(), SummaryCodec.readHeader(row.bytes(0), totals: &totals, latency: &latency) else {
            throw StoreError(.corrupt("a summary can't be read"), path: database.path)
        }
    }
}
