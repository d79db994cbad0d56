import Domain

extension CatalogReader {
    /// The groups with what they were made from; none in a catalog that is older than groups are.
    func readGroups() throws -> [SegmentGroup] {
        let tables = try database.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'segment_groups'")
        guard tables == 1 else { return [] }
        let rows = try database.prepare(
            """
            SELECT g.id, g.day, g.days, m.day, m.part, m.count, m.head
            FROM segment_groups AS g JOIN segment_group_members AS m ON m.group_id = g.id
            ORDER BY g.day, g.id, m.day, m.part
            """)
        var groups: [SegmentGroup] = []
        while try rows.step() {
            if groups.last?.id != rows.integer(0) {
                groups.append(
                    SegmentGroup(
                        id: rows.integer(0), first: Day(number: rows.integer(1)), days: rows.integer(2), members: []))
            }
            groups[groups.count - 1].members.append(
                SegmentGroup.Member(
                    id: SegmentID(day: Day(number: rows.integer(3)), part: Int(rows.integer(4))),
                    count: rows.integer(5), head: rows.array(6)))
        }
        return groups
    }

    /// Runs a query on one state of a group; nil when the group has gone since the catalog was read.
    func read<Result>(_ group: SegmentGroup, _ body: () throws -> Result) throws -> Result? {
        try database.execute("BEGIN")
        defer { try? database.execute("COMMIT") }
        guard try database.integer("SELECT count(*) FROM segment_groups WHERE id = \(group.id)") == 1 else {
            return nil
        }
        return try body()
    }

    /// Lends a list of a group; no bytes where it is empty.
    func withList<Result>(
        _ list: SummaryList, _ kind: SummaryTree.Kind, of group: SegmentGroup,
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) throws -> Result {
        let id = SummaryTree.listID(group: group.id) + SummaryTree.listID(summary: 0, list, kind)
        return try groupLists.withBlob(id, body)
    }

    /// Adds a group's totals to others.
    func addHeader(of group: SegmentGroup, totals: inout OutcomeCounts, latency: inout LatencyHistogram) throws {
        let row = try database.prepare("SELECT header FROM segment_groups WHERE id = \(group.id)")
        guard try row.step(), SummaryCodec.readHeader(row.bytes(0), totals: &totals, latency: &latency) else {
            throw damaged(group)
        }
    }

    /// Adds the events of each hour to the buckets that they fall into, which are whole hours.
    func addHours(of group: SegmentGroup, to buckets: inout SeriesBuckets) throws {
        let row = try database.prepare("SELECT hours FROM segment_groups WHERE id = \(group.id)")
        var sink = HourSink(start: group.first.start.second, buckets: buckets)
        guard try row.step(), SummaryCodec.readCounts(row.bytes(0), into: &sink), !sink.hasMissed else {
            throw damaged(group)
        }
        buckets = sink.buckets
    }

    /// All that is stored of a group, to compare it.
    func summary(of group: SegmentGroup) throws -> GroupSummary {
        let row = try database.prepare("SELECT header, hours FROM segment_groups WHERE id = \(group.id)")
        guard try row.step() else { throw damaged(group) }
        var summary = GroupSummary(header: row.array(0), hours: row.array(1), lists: [:])
        let first = SummaryTree.listID(group: group.id)
        let lists = try database.prepare(
            "SELECT id, data FROM segment_group_lists WHERE id BETWEEN \(first) AND \(first + 15)")
        while try lists.step() { summary.lists[lists.integer(0) - first] = lists.array(1) }
        return summary
    }

    func damaged(_ group: SegmentGroup) -> StoreError {
        StoreError(.other("the sums of \(group.name) can't be read; its days answer one by one"), path: database.path)
    }
}

/// Takes a group's hours into the buckets of a series.
private struct HourSink: SummarySink {
    let start: Int64
    var buckets: SeriesBuckets
    /// Whether an hour lies outside of the series.
    private(set) var hasMissed = false

    init(start: Int64, buckets: SeriesBuckets) {
        self.start = start
        self.buckets = buckets
    }

    mutating func item(_ key: UInt64) -> Int? {
        let hour = Int64(truncatingIfNeeded: min(key, UInt64(UInt32.max)))
        let index = buckets.index(of: start + hour * 3600)
        guard buckets.counts.indices.contains(index) else {
            hasMissed = true
            return nil
        }
        return index
    }

    mutating func add(_ amount: UInt32, item: Int, outcome: Int) {
        guard let outcome = Outcome(rawValue: UInt8(truncatingIfNeeded: outcome)) else { return }
        buckets.counts[item][outcome] += Int(amount)
    }

    mutating func add(_ amount: UInt32, item: Int, latencyBucket: Int) {}
}
