import Domain

/// Adds up the summaries of sealed segments, which are to come in the order of their days and parts.
struct GroupBuilder {
    private let first: Day
    private var totals = OutcomeCounts()
    private var latency = LatencyHistogram()
    private var hours = ItemTally()
    private var lists = SummaryList.allCases.map { _ in GroupList() }

    init(first: Day) {
        self.first = first
    }

    /// Adds a segment; throws when it has no summary of the whole, or one that can't be read.
    mutating func add(_ reader: SegmentReader) throws {
        guard let top = reader.top else { throw reader.damagedSummary() }
        try reader.addHeader(top, totals: &totals, latency: &latency)
        try addHours(of: reader)
        for list in SummaryList.allCases {
            func id(_ kind: SummaryTree.Kind) -> Int64 { SummaryTree.listID(summary: top.id, list, kind) }
            let hashes = try reader.withList(id(.hashes)) { Array($0) }
            let isIntact = try reader.withList(id(.counts)) { lists[list.rawValue].add(counts: $0, hashes: hashes) }
            guard isIntact, try reader.withList(id(.latencies), { lists[list.rawValue].add(latencies: $0) }) else {
                throw reader.damagedSummary()
            }
        }
    }

    private mutating func addHours(of reader: SegmentReader) throws {
        let rows = try reader.ratesQuery()
        defer { rows.reset() }
        let day = reader.id.day
        for (place, value) in [3600, day.start.second, day.end.second].enumerated() {
            rows.bind(value, at: Int32(place + 1))
        }
        while try rows.step() {
            let hour = (rows.integer(0) - first.start.second) / 3600
            let item = hours.number(of: UInt64(hour))
            for outcome in Outcome.allCases {
                let count = UInt32(truncatingIfNeeded: rows.integer(Int32(outcome.rawValue) + 1))
                hours.add(count, item: item, outcome: Int(outcome.rawValue))
            }
        }
    }

    var summary: GroupSummary {
        var blobs: [Int64: [UInt8]] = [:]
        for list in SummaryList.allCases {
            for (kind, blob) in lists[list.rawValue].blobs where !blob.isEmpty {
                blobs[SummaryTree.listID(summary: 0, list, kind)] = blob
            }
        }
        return GroupSummary(
            header: SummaryCodec.header(totals: totals, latency: latency), hours: SummaryCodec.counts(hours),
            lists: blobs)
    }
}

/// One list of a group while it is being added up.
private struct GroupList {
    private var items = KeyIndex()
    private var tally = ItemTally()
    private var places: [UInt8] = []
    /// The last segment's keys, ascending, and the numbers that they have here.
    private var keys: [UInt64] = []
    private var numbers: [Int] = []

    /// Adds a segment's counts; false when they can't be read.
    mutating func add(counts blob: UnsafeRawBufferPointer, hashes: [UInt8]) -> Bool {
        keys.removeAll(keepingCapacity: true)
        numbers.removeAll(keepingCapacity: true)
        let known = items.count
        var adder = CountAdder(items: items, tally: tally, hashes: hashes)
        // Given up here, so that the adder changes its own in place.
        items = KeyIndex()
        tally = ItemTally()
        let isIntact = SummaryCodec.readCounts(blob, into: &adder)
        (items, tally, keys, numbers) = (adder.items, adder.tally, adder.keys, adder.numbers)
        // Of two that share a hash only the first is new.
        var new: [Int] = []
        for place in numbers.indices where numbers[place] == known + new.count { new.append(place) }
        places.append(variable: UInt64(new.count))
        var previous: UInt64 = 0
        for place in new {
            places.append(variable: keys[place] - previous)
            previous = keys[place]
        }
        return isIntact && keys.count * 8 == hashes.count
    }

    /// Adds the latencies of the segment whose counts were added last.
    mutating func add(latencies blob: UnsafeRawBufferPointer) -> Bool {
        var adder = LatencyAdder(tally: tally, keys: keys, numbers: numbers)
        tally = ItemTally()
        let isIntact = SummaryCodec.readLatencies(blob, into: &adder)
        tally = adder.tally
        return isIntact && !adder.hasMissed
    }

    var blobs: [(SummaryTree.Kind, [UInt8])] {
        guard items.count > 0 else { return [] }
        var hashes: [UInt8] = []
        hashes.reserveCapacity(items.count * 8)
        for hash in items.keys { withUnsafeBytes(of: hash.littleEndian) { hashes += $0 } }
        return [
            (.counts, SummaryCodec.counts(tally)), (.latencies, SummaryCodec.latencies(tally)), (.hashes, hashes),
            (.places, places),
        ]
    }
}

private struct CountAdder: SummarySink {
    var items: KeyIndex
    var tally: ItemTally
    let hashes: [UInt8]
    var keys: [UInt64] = []
    var numbers: [Int] = []

    mutating func item(_ key: UInt64) -> Int? {
        let offset = keys.count * 8
        guard offset + 8 <= hashes.count else { return nil }
        let hash = hashes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
        let number = items.index(of: UInt64(littleEndian: hash))
        keys.append(key)
        numbers.append(number)
        return tally.number(of: UInt64(number))
    }

    mutating func add(_ amount: UInt32, item: Int, outcome: Int) { tally.add(amount, item: item, outcome: outcome) }
    mutating func add(_ amount: UInt32, item: Int, latencyBucket: Int) {}
}

private struct LatencyAdder: SummarySink {
    var tally: ItemTally
    let keys: [UInt64]
    let numbers: [Int]
    private var place = 0
    /// Whether a key came that has no counts.
    private(set) var hasMissed = false

    init(tally: ItemTally, keys: [UInt64], numbers: [Int]) {
        self.tally = tally
        self.keys = keys
        self.numbers = numbers
    }

    mutating func item(_ key: UInt64) -> Int? {
        while place < keys.count, keys[place] < key { place += 1 }
        guard place < keys.count, keys[place] == key else {
            hasMissed = true
            return nil
        }
        return numbers[place]
    }

    mutating func add(_ amount: UInt32, item: Int, outcome: Int) {}

    mutating func add(_ amount: UInt32, item: Int, latencyBucket: Int) {
        tally.add(amount, item: item, latencyBucket: latencyBucket)
    }
}
