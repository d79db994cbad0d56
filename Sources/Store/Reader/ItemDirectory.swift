import Domain

/// Numbers the clients, routes or addresses of all segments, which each have their own ids for them.
///
/// Items are told apart by a 64-bit hash with a secret key, so two share a number once in 10^11 stores with a million
/// items each.
final class ItemDirectory {
    /// Where an item's name can be looked up.
    struct Origin {
        var segment: SegmentID
        var key: UInt64
    }

    /// Beyond this many the directory starts afresh, so that it doesn't grow for as long as a console is open.
    static let mostItems = 2_000_000

    private var index = KeyIndex()
    private var origins: [Origin] = []

    var count: Int { origins.count }
    var isOverfull: Bool { count > Self.mostItems }

    /// The numbers of some items of one segment; `hash` gives the hash of the item at a place among the keys.
    func numbers(of keys: [UInt64], from segment: SegmentID, hash: (Int) -> UInt64) -> [UInt32] {
        // Taken out of the object while it is used: the checks of each access would cost more than the search.
        var index = KeyIndex()
        swap(&index, &self.index)
        defer { swap(&index, &self.index) }
        var numbers: [UInt32] = []
        numbers.reserveCapacity(keys.count)
        for (place, key) in keys.enumerated() {
            let number = index.index(of: hash(place))
            if number == origins.count { origins.append(Origin(segment: segment, key: key)) }
            numbers.append(UInt32(number))
        }
        return numbers
    }

    /// Numbers the items of a stored list and adds their counts to the sums, six for each number, in one pass.
    ///
    /// `origins` says where the names of items at some places stand. Nil when a list is damaged: then the directory is
    /// as it was, and the sums are of no use any more.
    func add(
        counts: UnsafeRawBufferPointer, hashes: UnsafeRawBufferPointer, to sums: inout [UInt32],
        origins: (_ places: [Int], _ keys: [UInt64]) throws -> [Origin]?
    ) rethrows -> (keys: [UInt64], numbers: [UInt32])? {
        let room = (count + hashes.count / 8) * ItemTally.outcomes
        if sums.count < room { sums.append(contentsOf: repeatElement(0, count: room - sums.count)) }
        // Taken out of the object while it is used: the checks of each access would cost more than the search.
        var index = KeyIndex()
        swap(&index, &self.index)
        defer { swap(&index, &self.index) }
        var keys: [UInt64] = []
        var numbers: [UInt32] = []
        let isIntact = sums.withUnsafeMutableBufferPointer { sums in
            var counter = NumberingCounter(index: index, hashes: hashes, sums: sums)
            // The counter's own now, so that it grows in place.
            index = KeyIndex()
            let isIntact = SummaryCodec.readCounts(counts, into: &counter)
            (index, keys, numbers) = (counter.index, counter.keys, counter.numbers)
            return isIntact && keys.count * 8 == hashes.count
        }
        var new: [Int] = []
        for (place, number) in numbers.enumerated() where Int(number) == count + new.count { new.append(place) }
        guard isIntact, let found = try new.isEmpty ? [] : origins(new, keys), found.count == new.count else {
            let known = index.keys.prefix(count)
            index = KeyIndex()
            for hash in known { _ = index.index(of: hash) }
            return nil
        }
        self.origins += found
        return (keys, numbers)
    }

    func origin(_ number: Int) -> Origin { origins[number] }
    func hash(_ number: Int) -> UInt64 { index.keys[number] }
}

/// Which numbers in the directory the items of one segment have.
struct ItemMap {
    /// Keys in the segment; those of the summary of the whole come first, in its order.
    private(set) var keys: [UInt64] = []
    private(set) var numbers: [UInt32] = []
    /// Hashes of texts by id, as far as they were read: of the list's field, and of methods for routes.
    var hashes: [UInt64] = [0]
    var methodHashes: [UInt64] = [0]
    /// Whether the first items are those of the summary of the whole.
    private(set) var followsTop = false
    /// The place of each key; made when a single key is first asked for, because whole days need none.
    private var places = KeyIndex()

    init() {}

    init(ofTop keys: [UInt64], numbers: [UInt32]) {
        self.keys = keys
        self.numbers = numbers
        followsTop = true
    }

    /// The numbers of some keys; `new` gives those of keys that aren't known yet.
    mutating func numbers(of wanted: [UInt64], new: ([UInt64]) -> [UInt32]) -> [Int] {
        if places.count < keys.count {
            for key in keys[places.count...] { _ = places.index(of: key) }
        }
        var missing: [UInt64] = []
        let found = wanted.map { key in
            let place = places.index(of: key)
            if place == keys.count + missing.count { missing.append(key) }
            return place
        }
        if !missing.isEmpty {
            keys += missing
            numbers += new(missing)
        }
        return found.map { Int(numbers[$0]) }
    }
}

/// Finds the numbers of a list's items by their hashes, and adds their counts.
private struct NumberingCounter: SummarySink {
    var index: KeyIndex
    var keys: [UInt64] = []
    var numbers: [UInt32] = []
    private let hashes: UnsafeRawBufferPointer
    private let sums: UnsafeMutableBufferPointer<UInt32>

    init(index: KeyIndex, hashes: UnsafeRawBufferPointer, sums: UnsafeMutableBufferPointer<UInt32>) {
        self.index = index
        self.hashes = hashes
        self.sums = sums
        keys.reserveCapacity(hashes.count / 8)
        numbers.reserveCapacity(hashes.count / 8)
    }

    @inline(__always)
    mutating func item(_ key: UInt64) -> Int? {
        let offset = keys.count * 8
        guard offset + 8 <= hashes.count else { return nil }
        let hash = UInt64(littleEndian: hashes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        let number = index.index(of: hash)
        keys.append(key)
        numbers.append(UInt32(number))
        return number
    }

    @inline(__always)
    mutating func add(_ amount: UInt32, item: Int, outcome: Int) {
        sums[item * ItemTally.outcomes + outcome] &+= amount
    }

    mutating func add(_ amount: UInt32, item: Int, latencyBucket: Int) {}
}
