package import Domain

/// Whether a segment's events are those that were written.
package enum SegmentVerdict: Equatable, Sendable {
    case intact(batches: Int64, events: Int64, head: [UInt8])
    /// The first batch that doesn't hold, with its events' ordinals.
    case broken(batch: Int64, events: Range<Int64>, reason: String)
}

extension TrafficReader {
    /// Checks a segment's hash chain from its start, and that it ends where the catalog says; `progress` is told how
    /// many events held after each batch, and what it throws ends the verification.
    package func verify(
        _ segment: SegmentID, progress: (_ events: Int64) throws -> Void = { _ in }
    ) throws -> SegmentVerdict {
        guard let catalog, let record = catalog.segments.first(where: { $0.id == segment }) else {
            throw StoreError(.missing, path: folder.segment(segment))
        }
        let (database, _) = try SQLiteDatabase.openForReading(folder.segment(segment))
        _ = try SegmentSchema.checkedVersion(of: database)
        try database.execute("BEGIN")
        defer { try? database.execute("COMMIT") }
        let genesis = BatchHash.genesis(store: catalog.store, segment: segment)
        var verification = try SegmentVerification(database, genesis: genesis)
        let verdict = try verification.run(progress: progress)
        guard case .intact(let batches, let events, let head) = verdict else { return verdict }
        // A writer may have gone on since the catalog was read, but never back.
        guard events >= record.count, events > record.count || head == record.head else {
            let reason = "the segment ends otherwise than the catalog says"
            return .broken(batch: batches, events: events..<max(events, record.count), reason: reason)
        }
        return verdict
    }
}

/// Walks a segment's batches and hashes what they say they hold.
struct SegmentVerification {
    private let database: SQLiteDatabase
    private let source: ColumnSource
    private let strings: SQLiteStatement
    private let blocks: SQLiteStatement
    private var head: [UInt8]
    /// The largest id of each text field so far.
    private var knownStrings = [Int64](repeating: 0, count: TextField.count)
    private let columns = EventColumns()
    private var loadedFirst: Int64 = -1
    private let scratch: ScratchMemory

    init(_ database: SQLiteDatabase, genesis: [UInt8]) throws(StoreError) {
        self.database = database
        head = genesis
        source = try ColumnSource(database)
        strings = try database.prepare(
            "SELECT id, text FROM strings WHERE field = ? AND id BETWEEN ? AND ? ORDER BY id")
        blocks = try database.prepare("SELECT first, count FROM blocks WHERE first BETWEEN ? AND ? ORDER BY first")
        scratch = ScratchMemory(bytes: EventColumns.capacity * 8)
    }

    mutating func run(progress: (_ events: Int64) throws -> Void) throws -> SegmentVerdict {
        let batches = try database.prepare(
            "SELECT number, first, count, time, previous, hash FROM batches ORDER BY number")
        var number: Int64 = 0
        var first: Int64 = 0
        while try batches.step() {
            let header = BatchHash.Header(
                number: batches.integer(0), first: batches.integer(1), count: batches.integer(2),
                time: Timestamp(microseconds: batches.integer(3)))
            let events = first..<first + max(0, header.count)
            func broken(_ reason: String) -> SegmentVerdict { .broken(batch: number, events: events, reason: reason) }
            guard header.number == number, header.first == first, batches.array(4) == head else {
                return broken("the batch doesn't follow the one before")
            }
            do {
                guard try hash(of: header) == batches.array(5) else { return broken("the batch was changed") }
            } catch let error as StoreError {
                return broken(error.message)
            }
            head = batches.array(5)
            number += 1
            first = events.upperBound
            try progress(first)
        }
        let stored = try database.integer("SELECT max(first + count) FROM blocks") ?? 0
        guard stored == first else {
            return .broken(
                batch: number, events: first..<max(first, stored), reason: "events lie outside of all batches")
        }
        for field in 0..<TextField.count {
            let last = try database.integer("SELECT max(id) FROM strings WHERE field = \(field)") ?? 0
            guard last == knownStrings[field] else {
                return .broken(batch: number, events: first..<first, reason: "texts lie outside of all batches")
            }
        }
        return .intact(batches: number, events: first, head: head)
    }

    private mutating func hash(of header: BatchHash.Header) throws -> [UInt8] {
        var hash = BatchHash(previous: head)
        var largest = knownStrings
        let capacity = Int64(EventColumns.capacity)
        var next = header.first
        while next < header.first + header.count {
            let chunk = next / capacity * capacity
            try load(chunk)
            let end = min(chunk + capacity, header.first + header.count)
            guard end - chunk <= Int64(columns.count) else {
                throw StoreError(.corrupt("events are missing"), path: database.path)
            }
            let run = Int(next - chunk)..<Int(end - chunk)
            for column in EventColumn.all {
                let values = columns.values(column, run)
                hash.add(values, of: column, scratch: scratch.start)
                guard let field = column.textField else { continue }
                for id in values { largest[Int(field.rawValue)] = max(largest[Int(field.rawValue)], id) }
            }
            next = end
        }
        for field in 0..<TextField.count where largest[field] > knownStrings[field] {
            try addStrings(field, knownStrings[field] + 1...largest[field], to: &hash)
        }
        knownStrings = largest
        return hash.finalized(header)
    }

    private func addStrings(_ field: Int, _ ids: ClosedRange<Int64>, to hash: inout BatchHash) throws {
        for (index, number) in [Int64(field), ids.lowerBound, ids.upperBound].enumerated() {
            strings.bind(number, at: Int32(index + 1))
        }
        defer { strings.reset() }
        var expected = ids.lowerBound
        while try strings.step() {
            guard strings.integer(0) == expected else { break }
            hash.add(field: field, id: UInt32(truncatingIfNeeded: expected), text: strings.bytes(1))
            expected += 1
        }
        guard expected == ids.upperBound + 1 else {
            throw StoreError(.corrupt("texts are missing"), path: database.path)
        }
    }

    /// Reads all blocks between two multiples of a block's capacity.
    private mutating func load(_ first: Int64) throws {
        guard loadedFirst != first else { return }
        columns.removeAll()
        blocks.bind(first, at: 1)
        blocks.bind(first + Int64(EventColumns.capacity) - 1, at: 2)
        defer { blocks.reset() }
        while try blocks.step() {
            let count = Int(blocks.integer(1))
            guard blocks.integer(0) == first + Int64(columns.count), columns.count + count <= EventColumns.capacity
            else {
                throw StoreError(.corrupt("blocks don't follow each other"), path: database.path)
            }
            for column in EventColumn.all {
                let rows = columns.buffer(column)[columns.count..<columns.count + count]
                try source.read(column, ofBlock: blocks.integer(0), into: UnsafeMutableBufferPointer(rebasing: rows))
            }
            columns.count += count
        }
        loadedFirst = first
    }
}

/// Memory that is given back when its owner goes.
final class ScratchMemory {
    let start: UnsafeMutableRawPointer

    init(bytes: Int) {
        start = .allocate(byteCount: bytes, alignment: 16)
    }

    deinit {
        start.deallocate()
    }
}
