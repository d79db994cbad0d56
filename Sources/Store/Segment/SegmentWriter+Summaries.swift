// A tree of summaries over full blocks: 8 blocks make a node of level 1, 8 of those one of level 2. A sealed segment
// has one more, of level 3, over everything. So whatever a window cuts off, few nodes and fewer blocks answer for it.
// A finer tree would have nodes with as many items as they have events, a coarser one more blocks at the edges.

import Domain

enum SummaryTree {
    static let fanOut: Int64 = 8
    /// Events under a node of level 1 and of level 2.
    static let spans: [Int64] = [
        fanOut * Int64(EventColumns.capacity), fanOut * fanOut * Int64(EventColumns.capacity),
    ]
    /// The level of the summary of a whole segment.
    static let top: Int64 = 3

    static func id(level: Int64, first: Int64) -> Int64 { first * 4 + level }

    /// What a list is stored as.
    enum Kind: Int64 {
        case counts = 0
        case latencies = 1
        /// Hashes of the items' texts, in the order of the counts; only at the top.
        case hashes = 2
        /// Where the items' names stand; only in a group.
        case places = 3
    }

    static func listID(summary: Int64, _ list: SummaryList, _ kind: Kind) -> Int64 {
        summary * 16 + Int64(list.rawValue) * 4 + kind.rawValue
    }

    /// What a group adds to the ids of its lists, which are those of summary 0.
    static func listID(group: Int64) -> Int64 { group * 16 }
}

extension SegmentWriter {
    /// Writes the summaries that became complete with the block that was just finished.
    func summariseFinishedBlocks() throws(StoreError) {
        guard builder.count == SummaryTree.spans[0] else { return }
        try write(builder, level: 1, first: tailFirst - SummaryTree.spans[0])
        builder.removeAll()
        guard tailFirst % SummaryTree.spans[1] == 0 else { return }
        let first = tailFirst - SummaryTree.spans[1]
        var merged = SummaryBuilder()
        try addNodes("level = 1 AND first >= \(first)", to: &merged)
        try write(merged, level: 2, first: first)
    }

    func write(_ summary: SummaryBuilder, level: Int64, first: Int64) throws(StoreError) {
        let id = SummaryTree.id(level: level, first: first)
        let statement = statements.addSummary
        let numbers = [id, level, first, summary.count, summary.earliest, summary.latest]
        for (index, number) in numbers.enumerated() { statement.bind(number, at: Int32(index + 1)) }
        let header = SummaryCodec.header(totals: summary.totals, latency: summary.latency)
        statement.bind(copying: header, at: 7)
        try statement.run()
        for list in SummaryList.allCases {
            let tally = summary.tally(list)
            try write(SummaryCodec.counts(tally), as: SummaryTree.listID(summary: id, list, .counts))
            try write(SummaryCodec.latencies(tally), as: SummaryTree.listID(summary: id, list, .latencies))
            guard level == SummaryTree.top else { continue }
            try write(hashes(tally, list), as: SummaryTree.listID(summary: id, list, .hashes))
        }
    }

    private func write(_ blob: [UInt8], as id: Int64) throws(StoreError) {
        guard !blob.isEmpty else { return }
        let statement = statements.addSummaryList
        statement.bind(id, at: 1)
        statement.bind(copying: blob, at: 2)
        try statement.run()
    }

    private func hashes(_ tally: ItemTally, _ list: SummaryList) -> [UInt8] {
        var blob: [UInt8] = []
        blob.reserveCapacity(tally.keys.count * 8)
        for item in tally.order {
            let hash = ItemHash.hash(of: tally.keys[item], in: list, with: storeHash) { field, id in
                interners[Int(field.rawValue)].text(id)
            }
            withUnsafeBytes(of: hash.littleEndian) { blob += $0 }
        }
        return blob
    }

    /// Adds up stored nodes.
    private func addNodes(_ condition: String, to builder: inout SummaryBuilder) throws(StoreError) {
        let nodes = try database.prepare(
            "SELECT id, count, earliest, latest, header FROM summaries WHERE \(condition) ORDER BY first")
        let lists = try database.prepare("SELECT data FROM summary_lists WHERE id = ?")
        while try nodes.step() {
            var isIntact = builder.add(
                header: nodes.bytes(4), count: nodes.integer(1), earliest: nodes.integer(2), latest: nodes.integer(3))
            for list in SummaryList.allCases {
                lists.bind(SummaryTree.listID(summary: nodes.integer(0), list, .counts), at: 1)
                if try lists.step() { isIntact = builder.add(counts: lists.bytes(0), to: list) && isIntact }
                lists.reset()
                lists.bind(SummaryTree.listID(summary: nodes.integer(0), list, .latencies), at: 1)
                if try lists.step() { isIntact = builder.add(latencies: lists.bytes(0), to: list) && isIntact }
                lists.reset()
            }
            guard isIntact else { throw StoreError(.corrupt("a summary can't be read"), path: database.path) }
        }
    }

    /// Writes the summary of everything, and folds the log into the file so that readers need nothing beside it.
    ///
    /// While a reader has the file open the log stays; then it goes when the segment is next sealed.
    func seal() throws(StoreError) {
        if !isSealed, count > 0 {
            let secondLevelEnd = tailFirst / SummaryTree.spans[1] * SummaryTree.spans[1]
            var whole = builder
            if tail.count > 0 { whole.add(tail) }
            try addNodes("level = 2", to: &whole)
            try addNodes("level = 1 AND first >= \(secondLevelEnd)", to: &whole)
            try database.execute("BEGIN IMMEDIATE")
            try write(whole, level: SummaryTree.top, first: 0)
            try database.execute("COMMIT")
            isSealed = true
        }
        try database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        try database.execute("PRAGMA busy_timeout = 0")
        // Refused while a reader has the file open, which does no harm.
        try? database.execute("PRAGMA journal_mode = DELETE")
    }
}
