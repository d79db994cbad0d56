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

    func number(of hash: UInt64, from segment: SegmentID, key: UInt64) -> Int {
        let number = index.index(of: hash)
        if number == origins.count { origins.append(Origin(segment: segment, key: key)) }
        return number
    }

    func origin(_ number: Int) -> Origin { origins[number] }
    func hash(_ number: Int) -> UInt64 { index.keys[number] }
}

/// Which numbers in the directory the items of one segment have.
final class ItemMap {
    /// Keys in the segment; those of the summary of the whole come first, in its order.
    private(set) var keys = KeyIndex()
    private(set) var numbers: [UInt32] = []
    /// Hashes of texts by id, as far as they were read: of the list's field, and of methods for routes.
    var hashes: [UInt64] = [0]
    var methodHashes: [UInt64] = [0]
    /// Whether the first items are those of the summary of the whole.
    var followsTop = false

    func set(_ number: Int, for key: UInt64) {
        let item = keys.index(of: key)
        if item == numbers.count { numbers.append(UInt32(number)) }
    }

    func number(of key: UInt64) -> Int? {
        keys.existingIndex(of: key).map { Int(numbers[$0]) }
    }
}

extension SegmentReader {
    /// Makes sure that the map knows all items of the summary of the whole, in its order.
    func mapTop(_ list: SummaryList, in directory: ItemDirectory) throws {
        guard let top, !itemMaps[list.rawValue].followsTop else { return }
        let map = ItemMap()
        let keys = try withList(SummaryTree.listID(summary: top.id, list, .counts)) { counts in
            var collector = KeyCollector()
            guard SummaryCodec.readCounts(counts, into: &collector) else { throw damagedSummary() }
            return collector.keys
        }
        try withList(SummaryTree.listID(summary: top.id, list, .hashes)) { hashes in
            guard hashes.count == keys.count * 8 else { throw damagedSummary() }
            for (item, key) in keys.enumerated() {
                let hash = UInt64(littleEndian: hashes.loadUnaligned(fromByteOffset: item * 8, as: UInt64.self))
                map.set(directory.number(of: hash, from: id, key: key), for: key)
            }
        }
        map.followsTop = true
        itemMaps[list.rawValue] = map
    }

    /// The number of an item in the directory; after `mapTop` or `readHashes`.
    func number(of key: UInt64, in list: SummaryList, _ directory: ItemDirectory, _ hash: KeyedHash) -> Int {
        let map = itemMaps[list.rawValue]
        if let number = map.number(of: key) { return number }
        let code: UInt64
        switch list {
        case .clients, .addresses: code = map.hashes[Int(key)]
        case .routes: code = hash.combined(map.hashes[Int(key >> 32)], map.methodHashes[Int(key & 0xffff_ffff)])
        }
        let number = directory.number(of: code, from: id, key: key)
        map.set(number, for: key)
        return number
    }

    /// Reads the texts that were added to the dictionary since, for their hashes.
    func readHashes(_ list: SummaryList, _ hash: KeyedHash) throws {
        let map = itemMaps[list.rawValue]
        try eachText(of: list.field, above: Int64(map.hashes.count - 1)) { id, text in
            guard Int(id) == map.hashes.count else { throw damagedSummary() }
            map.hashes.append(hash.hash(text))
        }
        guard list == .routes else { return }
        try eachText(of: .method, above: Int64(map.methodHashes.count - 1)) { id, text in
            guard Int(id) == map.methodHashes.count else { throw damagedSummary() }
            map.methodHashes.append(hash.hash(text))
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
