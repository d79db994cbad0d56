// The reading side of the store. It belongs to one thread at a time, and sees a store that comes, goes and grows.

package import Domain

package final class TrafficReader {
    /// Segments whose files are kept open.
    private static let mostOpen = 128

    package let folder: StoreFolder
    var catalog: CatalogReader?
    private var open: [SegmentID: SegmentReader] = [:]
    private var lastUse: [SegmentID: Int] = [:]
    private var uses = 0
    /// What went wrong in segments; kept until they can be read again.
    private(set) var problems: [SegmentID: SegmentProblem] = [:]
    /// Segments that aren't asked until something changes.
    private(set) var avoided: Set<SegmentID> = []
    /// Groups that aren't asked any more, by their ids, which are never given again: nil for one that just went.
    var avoidedGroups: [Int64: StoreError?] = [:]
    /// For each group and list that was read, which numbers in the directory its items have.
    var groupNumbers: [Int64: [[UInt32]]] = [:]
    /// The problems that were last told of.
    private var toldProblems: [SegmentID: SegmentProblem] = [:]
    private var toldGroups = 0
    private var sizes: [SegmentID: (segment: SegmentRecord, bytes: Int64)] = [:]
    private let clock: () -> Timestamp
    /// Whether there is no store any more where one was read before.
    private var isGone = false
    var directories = SummaryList.allCases.map { _ in ItemDirectory() }
    let block = LoadedBlock()
    /// What sealed segments that lie wholly in a window add up to: for the last few windows that were asked for.
    var sums: [(segments: [SegmentRecord], tally: WindowTally)] = []
    /// The windows that were last added up.
    var counted: [CountedWindow] = []

    package init(folder: StoreFolder, clock: @escaping () -> Timestamp = SystemClock.now) {
        self.folder = folder
        self.clock = clock
    }

    /// Takes up what was committed since; false, within microseconds, when nothing was.
    ///
    /// A store that isn't there yet is no error, only empty. Throws `StoreError` when the catalog can't be read.
    package func refresh() throws -> Bool {
        var isNews = false
        if let catalog, !catalog.isCurrent(in: folder) {
            forget()
            (isGone, isNews) = (true, true)
        }
        if catalog == nil {
            catalog = try CatalogReader(folder: folder)
            guard catalog != nil else { return isNews }
            isGone = false
        }
        let isReplaced = takeUpReplacedFiles()
        if try catalog?.refresh() == true {
            // What was missing or locked may be back; a damaged file stays damaged, but looking again is cheap.
            avoided.removeAll()
            let listed = Set(catalog?.segments.map(\.id) ?? [])
            for id in open.keys where !listed.contains(id) { open[id] = nil }
            for id in problems.keys where !listed.contains(id) { problems[id] = nil }
            for id in sizes.keys where !listed.contains(id) { sizes[id] = nil }
            forgetOldGroups()
        } else if !isReplaced, problems == toldProblems, avoidedGroups.count == toldGroups {
            return false
        }
        toldProblems = problems
        toldGroups = avoidedGroups.count
        return true
    }

    /// Lets segments be asked again whose files are others than when they failed; false when there are none.
    private func takeUpReplacedFiles() -> Bool {
        let replaced = avoided.filter { problems[$0]?.file != FileState(ofFile: folder.segment($0)) }
        avoided.subtract(replaced)
        return !replaced.isEmpty
    }

    private func forget() {
        catalog = nil
        open.removeAll()
        lastUse.removeAll()
        problems.removeAll()
        avoided.removeAll()
        sizes.removeAll()
        avoidedGroups.removeAll()
        resetItems()
    }

    /// Forgets which items segments share, when that took too much memory or the store was replaced.
    func resetItems() {
        sums.removeAll()
        counted.removeAll()
        groupNumbers.removeAll()
        directories = SummaryList.allCases.map { _ in ItemDirectory() }
        for reader in open.values { reader.itemMaps = SummaryList.allCases.map { _ in ItemMap() } }
    }

    /// Segments that hold any event of a window, oldest day first.
    func segments(in window: TimeWindow) -> [SegmentRecord] {
        (catalog?.segments ?? []).filter { $0.overlaps(window) && !avoided.contains($0.id) }
    }

    /// Runs a query on one segment; nil when the segment can't be read, which `status` then tells.
    func read<Result>(_ id: SegmentID, _ body: (SegmentReader) throws -> Result) throws -> Result? {
        do {
            let reader = try reader(id)
            let result = try reader.read { try body(reader) }
            if let problem = problems[id], problem.isOver(afterReading: folder.segment(id)) { problems[id] = nil }
            return result
        } catch let error as StoreError {
            problems[id] = SegmentProblem(error: error, file: FileState(ofFile: folder.segment(id)))
            avoided.insert(id)
            open[id] = nil
            return nil
        }
    }

    private func reader(_ id: SegmentID) throws -> SegmentReader {
        uses += 1
        lastUse[id] = uses
        if let reader = open[id] { return reader }
        guard let store = catalog?.store else { throw StoreError(.missing, path: folder.catalog) }
        if open.count >= Self.mostOpen,
            let oldest = open.keys.min(by: { lastUse[$0, default: 0] < lastUse[$1, default: 0] })
        {
            open[oldest] = nil
        }
        let reader = try SegmentReader(id: id, folder: folder, store: store)
        open[id] = reader
        return reader
    }

    /// What there is, how fresh it is, and what can't be read.
    package func status() -> StoreStatus {
        var status = StoreStatus()
        status.writer = WriterLock.holder(path: folder.lock)
        guard let catalog else {
            if isGone {
                status.problems = [
                    "the store is gone: \(folder.path) holds no traffic any more. Bring it back, or name another with --store"
                ]
            }
            return status
        }
        status.events = catalog.segments.reduce(0) { $0 + $1.count }
        status.oldest = catalog.segments.map(\.earliest).min()
        (status.newest, status.future) = newest(notAfter: clock().advanced(by: Self.clockTolerance))
        status.unread = catalog.unread
        status.heartbeat = catalog.heartbeat
        status.nodes = catalog.nodes
        status.bytes = StoreFolder.bytes(ofDatabase: folder.catalog)
        for segment in catalog.segments { status.bytes += bytes(of: segment) }
        toldProblems = problems
        toldGroups = avoidedGroups.count
        status.problems = problems.sorted { $0.key < $1.key }.map(\.value.error.description)
        status.problems += avoidedGroups.sorted { $0.key < $1.key }.compactMap { $0.value?.description }
        let unlogged =
            open.values.filter(\.isWithoutLog).map(\.database.path) + (catalog.isWithoutLog ? [folder.catalog] : [])
        status.problems += unlogged.sorted().map { path in
            "\(path) is read without its newest events: they are in a log beside it that can't be opened here"
        }
        return status
    }

    /// The bytes that a segment takes on disk; a sealed one is looked at once.
    private func bytes(of segment: SegmentRecord) -> Int64 {
        if let known = sizes[segment.id], known.segment == segment { return known.bytes }
        let bytes = StoreFolder.bytes(ofDatabase: folder.segment(segment.id))
        sizes[segment.id] = segment.isSealed ? (segment, bytes) : nil
        return bytes
    }

    /// How far the store is written now, for a screen that pauses.
    package func snapshot() -> TrafficSnapshot {
        TrafficSnapshot(lengths: Dictionary(uniqueKeysWithValues: (catalog?.segments ?? []).map { ($0.id, $0.count) }))
    }

    /// The newest lines that were not understood, newest first.
    package func unreadLines(limit: Int) throws -> [UnreadLine] {
        try catalog?.unreadLines(limit: limit) ?? []
    }

    /// How many lines were not understood for which reason, most frequent first.
    package func unreadReasons() throws -> [(reason: String, count: Int64)] {
        try catalog?.unreadReasons() ?? []
    }

    /// One event; nil when it isn't there (any more).
    package func event(_ id: EventID) throws -> AccessEvent? {
        guard catalog?.segments.contains(where: { $0.id == id.segment }) == true else { return nil }
        let found = try read(id.segment) { reader -> AccessEvent? in
            guard id.ordinal >= 0, let header = reader.block(holding: id.ordinal) else { return nil }
            block.load(header, of: reader, below: .max)
            return try reader.event(row: Int(id.ordinal - header.first), of: block)
        }
        return found ?? nil
    }
}
