import Domain

extension SegmentReader {
    /// Adds the counts of a list of the summary of the whole, straight from its blobs, and maps its items.
    func addTop(_ list: SummaryList, in directory: ItemDirectory, to tally: inout WindowTally) throws {
        guard let top else { return }
        let counts = SummaryTree.listID(summary: top.id, list, .counts)
        let isIntact = try withList(counts) { counts in
            if itemMaps[list.rawValue].followsTop {
                return tally.add(counts: counts, numbers: itemMaps[list.rawValue].numbers, in: list)
            }
            let segment = id
            let mapped = try withList(SummaryTree.listID(summary: top.id, list, .hashes)) { hashes in
                directory.add(counts: counts, hashes: hashes, to: &tally.counts[list.rawValue]) { places, keys in
                    places.map { ItemDirectory.Origin(segment: segment, key: keys[$0]) }
                }
            }
            guard let mapped else { return false }
            itemMaps[list.rawValue] = ItemMap(ofTop: mapped.keys, numbers: mapped.numbers)
            return true
        }
        guard isIntact else { throw damagedSummary() }
    }

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
