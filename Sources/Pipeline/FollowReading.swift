// Reads what is written to logs, for as long as the run lasts.
//
// A log is known by its name and a file by its inode. When the name leads to another file, the old one is read on until
// nobody writes to it any more. When a file no longer holds what was read from it (copytruncate), the copy that has it is
// looked for beside it and read to its end, and the file is read from its start. What is lost is only what a writer
// puts into the file between the moment the copy is made and the truncation, as logrotate's manual says.

import Domain
import Glibc

struct FollowReading {
    /// How long to wait for news from the kernel before looking anyway, in milliseconds.
    private static let lookInterval: Int32 = 250
    /// How long to wait after the first news for more, so that a busy log isn't read line by line, in milliseconds.
    private static let gatherInterval: Int32 = 20
    /// How often a source that stays quiet is said to be, in microseconds.
    private static let quietInterval: Int64 = 5_000_000
    /// How long a file that lost its name is watched after it last grew, in microseconds.
    private static let farewell: Int64 = 300_000_000
    /// Chunks read from one file before the others have their turn.
    private static let turn = 16

    let settings: Ingest.Settings
    let stop: StopRequest
    let watch = ChangeWatch()
    var bulk: BulkReading
    private let queue: BoundedQueue<Delivery>
    private let logs: [FollowedLog]
    private var watchedFolders: Set<String> = []
    private var lastQuiet: Timestamp

    init(paths: [String], bulk: BulkReading) {
        self.bulk = bulk
        settings = bulk.settings
        stop = bulk.stop
        queue = bulk.queue
        logs = paths.map(FollowedLog.init)
        lastQuiet = settings.clock()
    }

    /// Follows until a stop is asked for; what was written before that is read.
    mutating func run() {
        while true {
            let isLast = stop.isMade
            var hasMore = false
            for log in logs where step(log) { hasMore = true }
            if isLast { return }
            tellQuiet()
            if !hasMore { wait() }
        }
    }

    private mutating func wait() {
        for folder in Set(logs.map(\.folder)).subtracting(watchedFolders) where watch.watch(folder: folder) != nil {
            watchedFolders.insert(folder)
        }
        let sources = [stop.descriptor] + (watch.descriptor.map { [$0] } ?? [])
        let news = Waiting.forInput(on: sources, milliseconds: Self.lookInterval)
        guard news.count > 1, news[1], !news[0] else { return }
        _ = Waiting.forInput(on: [stop.descriptor], milliseconds: Self.gatherInterval)
        watch.clear()
    }

    /// Looks at one log; true when there is more to read at once.
    private mutating func step(_ log: FollowedLog) -> Bool {
        var hasMore = false
        let begin = settings.clock()
        do {
            for file in log.retired where try read(file, of: log) { hasMore = true }
            dismissRetired(of: log)
            let status = FileStatus.of(log.path)
            if let current = log.current, status?.inode != current.inode {
                // The name went before this look at the file, so what was written under it is there now.
                if try read(current, of: log) { hasMore = true }
                retire(current, of: log)
                log.current = nil
                catchUp(log)
            }
            if log.current == nil { try open(log) }
            if let current = log.current, try read(current, of: log) { hasMore = true }
            log.trouble = nil
        } catch {
            let trouble = "\(error)"
            if trouble != log.trouble { queue.append(.notice(.unreadable(name: log.path, reason: trouble))) }
            log.trouble = trouble
        }
        log.lastLook = begin
        return hasMore
    }

    // MARK: Names

    /// Opens the file that has the name now, if there is one.
    private mutating func open(_ log: FollowedLog) throws {
        let descriptor: Descriptor
        do {
            descriptor = try LogInput.file(path: log.path).open()
        } catch let error as SystemError where error.code == ENOENT {
            if log.lastLook == nil { catchUp(log) }
            if !log.isAwaited { queue.append(.notice(.awaited(name: log.path))) }
            log.isAwaited = true
            return
        }
        log.isAwaited = false
        log.current = try FollowedFile(descriptor, watch: watch.watch(descriptor))
        if log.lastLook != nil { catchUp(log) }
    }

    func retire(_ file: FollowedFile, of log: FollowedLog) {
        file.quietSince = settings.clock()
        log.retired.append(file)
    }

    /// Takes the last line of files that were rotated away and grow no more, and lets go of them after a while.
    private mutating func dismissRetired(of log: FollowedLog) {
        let now = settings.clock()
        for (index, file) in log.retired.enumerated() {
            let isPushedOut = log.retired.count - index > FollowedLog.mostRetired && file.statusAtEnd != nil
            let age = now.microseconds - (file.quietSince ?? now).microseconds
            if age >= settings.rotationGrace || isPushedOut { takeLastLine(of: file) }
            if age >= max(Self.farewell, settings.rotationGrace) || isPushedOut || file.isSpent {
                watch.end(file.watch)
                file.isSpent = true
            }
        }
        log.retired.removeAll(where: \.isSpent)
    }

    private mutating func takeLastLine(of file: FollowedFile) {
        guard var reading = file.reading, let run = reading.cutter.last() else { return }
        queue.append(.parcel(reading.parcel(of: run, at: settings.clock(), ledger: &bulk.ledger)))
        file.reading = reading
    }

    // MARK: Content

    /// Reads what is new in a file, up to a turn; true when there is more.
    mutating func read(_ file: FollowedFile, of log: FollowedLog) throws -> Bool {
        guard !file.isSpent else { return false }
        for _ in 0..<Self.turn {
            let status = try file.descriptor.status()
            guard !file.isUnchanged(status) else { return false }
            if file.reading == nil, try !begin(file, status, of: log) {
                file.statusAtEnd = status
                return false
            }
            switch try file.look(status) {
            case .quiet:
                file.statusAtEnd = status
                return false
            case .rewritten:
                restart(file, of: log)
            case .read(let run):
                guard deliver(run, of: file, status) else { return false }
            }
        }
        return true
    }

    private mutating func deliver(_ run: LineCutter.Run, of file: FollowedFile, _ status: FileStatus) -> Bool {
        let now = settings.clock()
        if file.quietSince != nil { file.quietSince = now }
        guard var reading = file.reading else { return false }
        defer { file.reading = reading }
        guard !run.isEmpty else { return true }
        var parcel = reading.parcel(of: run, at: now, ledger: &bulk.ledger)
        if reading.cutter.end >= status.size { parcel.followedUntil = now }
        return queue.append(.parcel(parcel))
    }

    /// Finds out which source a file is; false when nothing in it tells yet, or when it isn't to be followed.
    private mutating func begin(_ file: FollowedFile, _ status: FileStatus, of log: FollowedLog) throws -> Bool {
        guard status.size > 0 else {
            if file.statusAtEnd != nil || log.lastLook == nil { catchUp(log) }
            return false
        }
        let start = try file.start(upTo: status.size)
        if start.bytes.starts(with: GzipProcess.magic) {
            bulk.read(.file(path: log.path))
            file.isSpent = true
            return false
        }
        file.reading = try reading(of: file, start: start, size: status.size, log)
        // Whatever was in the file before this, between two looks, went into a copy before this was written.
        if file === log.current { catchUp(log) }
        return true
    }

    private mutating func reading(
        of file: FollowedFile, start: ContentStart, size: Int64, _ log: FollowedLog
    ) throws -> LogReading {
        let parser = settings.parser(source: log.path)
        if let (source, tail) = try knownSource(file, start: start, size: size) {
            let position = bulk.ledger.positions[source]
            if log.lastLook == nil, file.quietSince == nil {
                queue.append(.duplicates(position.lines, inputBytes: position.offset))
            }
            return LogReading(
                name: log.path, start: start, source: source, position: position, tail: tail, parser: parser)
        }
        var reading = LogReading(name: log.path, start: start, isRemembered: true, parser: parser)
        if let empty = bulk.ledger.emptySource(named: log.path), !claimed.contains(empty) {
            reading.adopt(source: empty)
        }
        return reading
    }

    /// The source whose last bytes are where they were left in this file; not one that another open file is.
    private func knownSource(
        _ file: FollowedFile, start: ContentStart, size: Int64
    ) throws -> (source: Int, tail: ContentTail)? {
        guard !settings.again || file.quietSince != nil else { return nil }
        let claimed = claimed
        for source in bulk.ledger.sources(startingLike: start) where !claimed.contains(source) {
            let position = bulk.ledger.positions[source]
            guard position.offset <= size else { continue }
            let length = min(position.offset, Int64(ContentTail.length))
            let tail = ContentTail(try file.descriptor.bytes(at: position.offset - length, count: Int(length)))
            if tail.hash == position.tailHash { return (source, tail) }
        }
        return nil
    }

    /// The sources that open files are.
    var claimed: Set<Int> { Set(openFiles.compactMap { $0.reading?.source }) }

    var openFiles: [FollowedFile] { logs.flatMap(\.files) }

    /// Begins a file anew whose content isn't the one that was read, after the rest of that was read from a copy.
    private mutating func restart(_ file: FollowedFile, of log: FollowedLog) {
        var old = file.reading
        file.reading = nil
        file.statusAtEnd = nil
        let source = old?.source
        let isFound = catchUp(log)
        // A copy that goes on with the source has its torn line whole; so has the copy of one too new to be known.
        if isFound, source.map(claimed.contains) ?? true { return }
        if let run = old?.cutter.last(),
            let parcel = old?.parcel(of: run, at: settings.clock(), ledger: &bulk.ledger)
        {
            queue.append(.parcel(parcel))
        }
        if source != nil { queue.append(.notice(.restarted(name: log.path))) }
    }

    // MARK: Quiet

    /// Says of each source that has nothing new that it was looked at, so that a quiet hour can be told from a gap.
    private mutating func tellQuiet() {
        let now = settings.clock()
        guard now.microseconds - lastQuiet.microseconds >= Self.quietInterval else { return }
        lastQuiet = now
        for log in logs {
            guard let file = log.current, !file.isSpent, let status = try? file.descriptor.status() else { continue }
            guard file.isUnchanged(status) else { continue }
            var reading =
                file.reading
                ?? LogReading(
                    name: log.path, start: ContentStart(), isRemembered: true, parser: settings.parser(source: log.path)
                )
            if file.reading == nil, let empty = bulk.ledger.emptySource(named: log.path) {
                reading.adopt(source: empty)
            }
            var parcel = reading.standstill(ledger: &bulk.ledger)
            parcel.followedUntil = now
            if file.reading != nil { file.reading = reading }
            queue.append(.parcel(parcel))
        }
    }
}
