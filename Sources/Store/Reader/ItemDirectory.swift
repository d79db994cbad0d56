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

extension SegmentReader {
    /// Makes sure that the map knows all items of the summary of the whole, in its order.
    func mapTop(_ list: SummaryList, in directory: ItemDirectory) throws {
        guard let top, !itemMaps[list.rawValue].followsTop else { return }
        let keys = try withList(SummaryTree.listID(summary: top.id, list, .counts)) { counts in
            var collector = KeyCollector()
            guard SummaryCodec.readCounts(counts, into: &collector) else { throw damagedSummary() }
            return collector.keys
        }
        let numbers = try withList(SummaryTree.listID(summary: top.id, list, .hashes)) { hashes in
            guard hashes.count == keys.count * 8 else { throw damagedSummary() }
            return directory.numbers(of: keys, from: id) { place in
                UInt64(littleEndian: hashes.loadUnaligned(fromByteOffset: place * 8, as: UInt64.self))
            }
        }
        itemMaps[list.rawValue] = ItemMap(ofTop: keys, numbers: numbers)
    }

    /// The numbers of items in the directory; after `mapTop` or `readHashes`.
    func numbers(of keys: [UInt64], in list: SummaryList, _ directory: ItemDirectory, _ hash: KeyedHash) -> [Int] {
        let hashes = itemMaps[list.rawValue].hashes
        let methodHashes = itemMaps[list.rawValue].methodHashes
        return itemMaps[list.rawValue].numbers(of: keys) { missing in
            directory.numbers(of: missing, from: id) { place in
                let key = missing[place]
                switch list {
                case .clients, .addresses: return hashes[Int(key)]
                case .routes: return hash.combined(hashes[Int(key >> 32)], methodHashes[Int(key & 0xffff_ffff)])
                }
            }
        }
    }

    /// Reads the texts that were added to the dictionary since, for their hashes.
    func readHashes(_ list: SummaryList, _ hash: KeyedHash) throws {
        try readHashes(of: list.field, hash, into: &itemMaps[list.rawValue].hashes)
        if list == .routes { try readHashes(of: .method, hash, into: &itemMaps[list.rawValue].methodHashes) }
    }

    private func readHashes(of field: TextField, _ hash: KeyedHash, into hashes: inout [UInt64]) throws {
        try eachText(of: field, above: Int64(hashes.count - 1)) { id, text in
            guard Int(id) == hashes.count else { throw damagedSummary() }
            hashes.append(hash.hash(text))
        }
    }

    func damagedSummary() -> StoreError {
        StoreError(.corrupt("a summary can't be read"), path: database.path)
    }
}

/// Takes the keys of a list and leaves its counts.
private struct KeyCollector: SummarySink {
    var keys: [UInt64] = []

    mutating func item(_ key: UInt64) -> Int? {
        keys.append(key)
        return nil
    }

    mutating func add(_ amount: UInt32, item: Int, outcome: Int) {}
    mutating func add(_ amount: UInt32, item: Int, latencyBucket: Int) {}
}
