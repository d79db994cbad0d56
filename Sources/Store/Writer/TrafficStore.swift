// The writing side of the store. One process has it at a time.
//
// A commit writes the segments first and the catalog last. After a crash in between the catalog still has the old
// position of each source, reading starts there again, and each segment leaves out what it already has: it keeps, in
// the same transaction as its events, the offset up to which each source is in it.

package import Domain
import Glibc

package final class TrafficStore: TrafficSink {
    /// Days that are written at the same time; another one seals the one that rested longest.
    private static let mostOpenSegments = 3
    /// Days that one commit may have open; files are few, and so is memory.
    private static let mostInCommit = 16
    /// Groups that are added up when the store is closed; each takes about a tenth of a second.
    private static let mostGroupsAtEnd = 4
    /// How long a past day stays open for late events, in microseconds.
    private static let lateness: Int64 = 60_000_000

    let folder: StoreFolder
    private var lock: WriterLock?
    let catalog: Catalog
    private let routes: RouteNamer
    private let clock: () -> Timestamp
    private let keptDays: Int?
    private(set) var open: [Day: SegmentWriter] = [:]
    /// The first days of groups that may have to be added up.
    var ungrouped: Set<Day> = []
    private var nodes: Set<String> = []
    private var lastRetention: Day?
    /// What went wrong beside the commits, in words: damaged segments, sealing and dropping that failed.
    package private(set) var problems: [String] = []
    /// Called between the steps of a commit, so that tests can make one fail.
    package var willTake: ((CommitStep) throws -> Void)?

    package enum CommitStep: Equatable, Sendable {
        case segment(SegmentID)
        case catalog
        case retention
        /// Before the group that starts with a day is added up.
        case group(Day)
    }

    /// Opens a store for writing, making it first when it isn't there.
    ///
    /// Waits for another writer for as long as asked, then throws `StoreError.Problem.locked` with who it is.
    /// `writer` says what writes, as "ingest"; `keep` is for how many days segments are kept, nil for ever.
    package init(
        folder: StoreFolder, writer: String, waitForLock: Duration = .zero, keep: Int? = nil,
        clock: @escaping () -> Timestamp = SystemClock.now
    ) throws {
        try folder.create()
        let now = clock()
        let holder = "\(writer), process \(getpid()), since \(RFC3339.text(now))"
        lock = try WriterLock(path: folder.lock, holder: holder, waiting: waitForLock)
        catalog = try Catalog(folder: folder, now: now)
        self.folder = folder
        self.clock = clock
        keptDays = keep
        let records = try catalog.segments()
        // Without them, which a damaged segment costs, some paths only get other names.
        routes = RouteNamer(known: (try? Self.routes(of: records.last, in: folder)) ?? [])
        try recover(records)
        try applyRetention(now: now)
        // An older store has none of its groups yet: each opening and each commit adds one.
        ungrouped = Set(try catalog.segments().map { SegmentGroup.first(of: $0.id.day) }).subtracting(
            try catalog.grouped())
        addGroups(atMost: 1, now: now)
    }

    /// The routes that the newest segment knows, so that paths keep their names.
    private static func routes(of record: SegmentRecord?, in folder: StoreFolder) throws -> [[UInt8]] {
        guard let record, folder.segments().contains(record.id) else { return [] }
        // A writer that was killed while it sealed left a journal, which only a writer can take back.
        let database = try SQLiteDatabase(path: folder.segment(record.id), mode: .write)
        let query = try database.prepare(
            "SELECT text FROM strings WHERE field = \(TextField.route.rawValue) ORDER BY id")
        var routes: [[UInt8]] = []
        while try query.step() { routes.append(query.array(0)) }
        return routes
    }

    /// Seals what a writer that died left open, and takes up segments that it had no time to tell the catalog of.
    private func recover(_ records: [SegmentRecord]) throws {
        let known = Dictionary(uniqueKeysWithValues: records.map { ($0.id, $0) })
        let dropped = try catalog.dropped()
        for id in folder.segments() {
            if known[id] == nil, dropped.contains(id) {
                StoreFolder.removeDatabase(folder.segment(id))
                continue
            }
            guard known[id]?.isSealed != true else { continue }
            do {
                let writer = try SegmentWriter(id: id, folder: folder, store: catalog.store, routes: routes)
                guard writer.count > 0 else {
                    StoreFolder.removeDatabase(folder.segment(id))
                    continue
                }
                try writer.seal()
                try catalog.record(Catalog.Entry(segments: [SegmentRecord(writer)]), now: clock())
            } catch let error as StoreError where error.path == folder.segment(id) {
                // The other days can be written all the same.
                note(error)
            }
        }
    }

    package func sources() throws -> [SourcePosition] { try catalog.sources() }

    package func addSource(_ identity: SourceIdentity) throws -> SourcePosition {
        try catalog.addSource(identity)
    }

    /// Says that the writer is alive while there is nothing to write.
    package func heartbeat() throws { try catalog.heartbeat(now: clock()) }

    /// Stores a commit; rows of one source are in the order of their offsets.
    package func commit(_ progress: [SourceProgress]) throws -> Int {
        let now = clock()
        do {
            let stored = try store(progress, now: now)
            tidy(now: now)
            return stored
        } catch {
            // What is in memory may be ahead of the files now; the files are right.
            open.removeAll()
            throw error
        }
    }

    /// Seals and drops what is due. The events of the commit are stored, so a failure here is not the commit's; what
    /// is left undone is done later, or by the next writer.
    private func tidy(now: Timestamp) {
        do {
            try sealRested(now: now)
            if now.day != lastRetention { try applyRetention(now: now) }
        } catch {
            note(error)
        }
        addGroups(atMost: 1, now: now)
    }

    func note(_ error: any Error) {
        let problem = String(describing: error)
        if !problems.contains(problem) { problems.append(problem) }
    }

    private func store(_ progress: [SourceProgress], now: Timestamp) throws -> Int {
        var entry = Catalog.Entry(progress: progress)
        // For each day the sources that it has events of, and the offset up to which they are in it at the end.
        var touched: [Day: [Int64: Int64]] = [:]
        var stored = 0
        for (day, writer) in open where writer.isFull {
            try seal(day)
            open[day] = try part(after: writer)
        }
        for source in progress {
            var coverage = CoverageTally(now: now, followedUntil: source.followedUntil)
            for batch in source.batches {
                for run in DayRuns(batch.rows) {
                    if open[run.day] == nil, open.count >= Self.mostInCommit {
                        let next = (source.position.id, batch.rows[run.rows.lowerBound].offset)
                        try finishDay(in: &entry, positions: &touched, next: next, now: now)
                    }
                    let writer = try writer(for: run.day)
                    touched[run.day, default: [:]][source.position.id] = source.position.offset
                    stored += try append(batch, rows: run.rows, of: source.position.id, to: writer)
                }
                coverage.add(batch.rows)
            }
            entry.coverage[source.position.id] = coverage.range
        }
        for (day, positions) in touched.sorted(by: { $0.key < $1.key }) {
            guard let writer = open[day] else { continue }
            try willTake?(.segment(writer.id))
            try writer.commit(positions: positions, now: now)
            entry.segments.append(SegmentRecord(writer))
            entry.nodes += newNodes(in: writer)
        }
        try willTake?(.catalog)
        try catalog.record(entry, now: now)
        nodes.formUnion(entry.nodes)
        return stored
    }

    /// Commits and closes the first day in the middle of a commit, so that not all days of a long log are open.
    ///
    /// Of the source whose rows are being added, it has what lies before the next row.
    private func finishDay(
        in entry: inout Catalog.Entry, positions: inout [Day: [Int64: Int64]], next: (source: Int64, offset: Int64),
        now: Timestamp
    ) throws {
        guard let day = open.keys.min(), let writer = open.removeValue(forKey: day), writer.count > 0 else { return }
        var dayPositions = positions.removeValue(forKey: day) ?? [:]
        if dayPositions[next.source] != nil { dayPositions[next.source] = next.offset }
        try willTake?(.segment(writer.id))
        try writer.commit(positions: dayPositions, now: now)
        try writer.seal()
        ungrouped.insert(SegmentGroup.first(of: day))
        entry.segments.append(SegmentRecord(writer))
        entry.nodes += newNodes(in: writer)
    }

    /// Adds the rows that the segment doesn't have yet; returns how many.
    private func append(
        _ batch: EventBatch, rows: Range<Int>, of source: Int64, to writer: SegmentWriter
    ) throws -> Int {
        guard let position = writer.positions[source], batch.rows[rows.lowerBound].offset < position else {
            try writer.append(batch, rows: rows)
            return rows.count
        }
        let first = rows.first { batch.rows[$0].offset >= position } ?? rows.upperBound
        guard first < rows.upperBound else { return 0 }
        try writer.append(batch, rows: first..<rows.upperBound)
        return rows.upperBound - first
    }

    private func writer(for day: Day) throws -> SegmentWriter {
        if let writer = open[day] { return writer }
        if open.count >= Self.mostOpenSegments {
            let resting = open.filter { !$0.value.isInBatch }.min { $0.value.lastCommit < $1.value.lastCommit }
            if let resting { try seal(resting.key) }
        }
        let parts = folder.segments().filter { $0.day == day }.map(\.part)
        let last = try SegmentWriter(
            id: SegmentID(day: day, part: parts.max() ?? 1), folder: folder, store: catalog.store, routes: routes)
        let writer = last.isFull ? try part(after: last) : last
        // After a crash, recovery looks at what isn't sealed: the catalog must say so before events come in.
        if writer.isSealed { try catalog.unseal(writer.id) }
        open[day] = writer
        return writer
    }

    private func part(after full: SegmentWriter) throws -> SegmentWriter {
        let next = SegmentID(day: full.id.day, part: full.id.part + 1)
        let writer = try SegmentWriter(id: next, folder: folder, store: catalog.store, routes: routes)
        // What the parts before have must not come again into this one.
        writer.inherit(positions: full.positions)
        return writer
    }

    private func newNodes(in writer: SegmentWriter) -> [String] {
        let interner = writer.interners[Int(TextField.node.rawValue)]
        return (0..<min(interner.count, 1000)).map { String(decoding: interner.text($0 + 1), as: UTF8.self) }
            .filter { !nodes.contains($0) }
    }

    private func seal(_ day: Day) throws {
        guard let writer = open.removeValue(forKey: day), writer.count > 0 else { return }
        try writer.seal()
        try catalog.record(Catalog.Entry(segments: [SegmentRecord(writer)]), now: clock())
        ungrouped.insert(SegmentGroup.first(of: day))
    }

    private func sealRested(now: Timestamp) throws {
        guard let newest = open.keys.max() else { return }
        for (day, writer) in open where day < newest && writer.lastCommit.advanced(by: Self.lateness) < now {
            try seal(day)
        }
    }

    /// Deletes the segments whose whole day is older than what is kept.
    package func applyRetention(now: Timestamp) throws {
        guard let keptDays else { return }
        try willTake?(.retention)
        let old = try catalog.segments().filter { $0.id.day.number < now.day.number - Int64(keptDays) }
        if !old.isEmpty {
            for segment in old { open[segment.id.day] = nil }
            try catalog.drop(old, now: now)
        }
        lastRetention = now.day
        for segment in old { StoreFolder.removeDatabase(folder.segment(segment.id)) }
    }

    /// Seals everything, leaves plain files behind and lets the next writer in; the store can't be used afterwards.
    package func close() throws {
        for day in open.keys.sorted() { try seal(day) }
        try applyRetention(now: clock())
        addGroups(atMost: Self.mostGroupsAtEnd, now: clock())
        try catalog.close()
        lock = nil
    }
}
