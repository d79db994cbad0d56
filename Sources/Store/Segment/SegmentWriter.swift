// The writing side of one segment. What it holds in memory is always what its file says once `commit` has returned;
// when anything throws, the writer is thrown away with its transaction, and the file is opened afresh.

import Domain

final class SegmentWriter {
    /// What makes a day go on in another file: enough that the dictionaries stay a bounded part of memory.
    static let mostStrings = 1_000_000
    static let mostTextBytes = 64 << 20

    let id: SegmentID
    let database: SQLiteDatabase
    let statements: SegmentStatements
    let routes: RouteNamer
    let storeHash: KeyedHash
    var interners: [Interner]
    /// Strings of each field that were committed or are in the open transaction.
    var writtenStrings: [Int]
    /// For each path id, its route's id; 0 until a row asked for it.
    var routeOfPath: [UInt32] = []

    /// The events since the last multiple of a block's capacity.
    let tail = EventColumns()
    var tailFirst: Int64 = 0
    /// The blocks in the file that hold events of the tail.
    var tailBlocks: [(first: Int64, count: Int)] = []
    /// Events of the tail that are in those blocks.
    var writtenTail = 0

    var builder = SummaryBuilder()
    var rates = RateTally()
    /// For each source the offset up to which its events are in here.
    var positions: [Int64: Int64] = [:]
    var inheritedPositions: [Int64: Int64] = [:]

    var batchHash: BatchHash?
    var batchFirst: Int64 = 0
    /// Where in the tail the events of the open batch start.
    var batchTailStart = 0
    var nextBatch: Int64 = 0
    var head: [UInt8]

    var earliest = Int64.max
    var latest = Int64.min
    var isSealed = false
    /// When a commit last added events, by the caller's clock.
    var lastCommit = Timestamp.distantPast

    let lookups = LookupMemory()
    let encoded = UnsafeMutableRawPointer.allocate(byteCount: EventColumns.capacity * 8 + 8, alignment: 16)

    deinit {
        encoded.deallocate()
    }

    /// Opens a segment to add to it, making it first when it isn't there.
    init(id: SegmentID, folder: StoreFolder, store: [UInt8], routes: RouteNamer) throws(StoreError) {
        self.id = id
        self.routes = routes
        let path = folder.segment(id)
        database = try SQLiteDatabase(path: path, mode: .create)
        if try database.integer("PRAGMA user_version") == 0 {
            try database.execute("PRAGMA page_size = 4096")
        }
        // Refuses a newer file before it touches anything.
        _ = try SegmentSchema.checkedVersion(of: database)
        try database.execute("PRAGMA journal_mode = WAL")
        try database.execute("PRAGMA synchronous = FULL")
        try database.execute("PRAGMA wal_autocheckpoint = 4000")
        try database.execute("PRAGMA cache_size = -8192")
        try SegmentSchema.migrate(database)
        statements = try SegmentStatements(database)
        let hash = KeyedHash(random: ())
        interners = TextField.allCases.map { _ in Interner(hash: hash) }
        writtenStrings = Array(repeating: 0, count: TextField.count)
        storeHash = KeyedHash(store: store)
        head = BatchHash.genesis(store: store, segment: id)
        try claim(for: store)
        try load()
    }

    var count: Int64 { tailFirst + Int64(tail.count) }

    /// Whether the day should go on in another part.
    var isFull: Bool {
        interners.reduce(0) { $0 + $1.count } >= Self.mostStrings
            || interners.reduce(0) { $0 + $1.textBytes } >= Self.mostTextBytes
    }

    /// Writes down whose segment this is, or refuses one that belongs to another store or another day.
    private func claim(for store: [UInt8]) throws(StoreError) {
        let query = try database.prepare("SELECT store, day, part FROM segment")
        if try query.step() {
            guard query.array(0) == store, query.integer(1) == id.day.number, query.integer(2) == Int64(id.part) else {
                throw StoreError(.other("this file belongs to another store or day"), path: database.path)
            }
            return
        }
        query.reset()
        let statement = try database.prepare("INSERT INTO segment VALUES (1, ?, \(id.day.number), \(id.part))")
        statement.bind(copying: store, at: 1)
        try statement.run()
    }

    /// Takes up where the file ends.
    private func load() throws(StoreError) {
        let strings = try database.prepare("SELECT field, id, text FROM strings ORDER BY field, id")
        while try strings.step() {
            let field = Int(strings.integer(0))
            guard Int64(interners[field].add(strings.bytes(2))) == strings.integer(1) else {
                throw StoreError(.corrupt("a string is missing from the dictionary"), path: database.path)
            }
        }
        writtenStrings = interners.map(\.count)
        routeOfPath = Array(repeating: 0, count: interners[Int(TextField.path.rawValue)].count + 1)

        let sources = try database.prepare("SELECT source, offset FROM positions")
        while try sources.step() { positions[sources.integer(0)] = sources.integer(1) }

        let batches = try database.prepare("SELECT number, hash FROM batches ORDER BY number DESC LIMIT 1")
        if try batches.step() {
            nextBatch = batches.integer(0) + 1
            head = batches.array(1)
        }
        try loadBlocks()
        earliest = try database.integer("SELECT min(earliest) FROM blocks") ?? .max
        latest = try database.integer("SELECT max(latest) FROM blocks") ?? .min
        isSealed = try database.integer("SELECT count(*) FROM summaries WHERE level = 3") ?? 0 > 0
    }

    /// Reads the unfinished block into the tail, and what the next summary is to cover into its builder.
    private func loadBlocks() throws(StoreError) {
        let covered = try database.integer("SELECT max(first + count) FROM summaries WHERE level = 1") ?? 0
        let blocks = try database.prepare("SELECT first, count FROM blocks WHERE first >= \(covered) ORDER BY first")
        let capacity = Int64(EventColumns.capacity)
        let source = try ColumnSource(database)
        tailFirst = covered
        while try blocks.step() {
            let (first, count) = (blocks.integer(0), Int(blocks.integer(1)))
            guard first == self.count, first / capacity == (first + Int64(count) - 1) / capacity else {
                throw StoreError(.corrupt("blocks don't follow each other"), path: database.path)
            }
            for column in EventColumn.all {
                let room = UnsafeMutableBufferPointer(rebasing: tail.buffer(column)[tail.count..<tail.count + count])
                try source.read(column, ofBlock: first, into: room)
            }
            tail.count += count
            tailBlocks.append((first, count))
            guard tail.count == EventColumns.capacity else { continue }
            builder.add(tail)
            startNextBlock()
        }
        writtenTail = tail.count
    }

    func startNextBlock() {
        tailFirst += Int64(EventColumns.capacity)
        tail.removeAll()
        tailBlocks.removeAll()
        writtenTail = 0
        batchTailStart = 0
    }
}
