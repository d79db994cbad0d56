import Domain
import LogFormats

/// Reads logs from where they were left to their ends, one after the other.
struct BulkReading {
    /// How long a file rests when nobody writes to it any more, in microseconds.
    private static let rest: Int64 = 10_000_000

    let settings: Ingest.Settings
    let stop: StopRequest
    let queue: BoundedQueue<Delivery>
    var ledger: SourceLedger
    /// Whether a stream's silence means that nothing happened.
    var follows = false

    mutating func read(_ inputs: [LogInput]) {
        for input in inputs {
            guard !stop.isMade else { return }
            read(input)
        }
    }

    /// Reads one log. What goes wrong is told as a notice; what was read before that counts.
    ///
    /// It is remembered under `name`, else under its own.
    mutating func read(_ input: LogInput, as name: String? = nil, countingDuplicates: Bool = true) {
        let name = name ?? input.name
        do {
            let stream = try ContentStream(try input.open(), stop: stop)
            guard var reading = try open(stream, name: name, countingDuplicates) else { return }
            try read(stream, &reading)
            if reading.newLines > 0, reading.understood == 0, reading.isFirst {
                queue.append(.notice(.nothingUnderstood(name: name, lines: reading.newLines)))
            }
        } catch {
            queue.append(.notice(.unreadable(name: input.name, reason: "\(error)")))
        }
    }

    /// Begins a log, or goes on with it where it was left; nil when the queue is cancelled.
    private mutating func open(
        _ stream: ContentStream, name: String, _ countingDuplicates: Bool
    ) throws -> LogReading? {
        // A stream's start is of no use, and waiting for it would hold back its first lines.
        let start = stream.isRemembered ? try stream.start() : ContentStart()
        let parser = settings.parser(source: name)
        if stream.isRemembered, !settings.again, let (source, tail) = try resume(stream, start: start) {
            let position = ledger.positions[source]
            let lines = countingDuplicates ? position.lines : 0
            guard queue.append(.duplicates(lines, inputBytes: stream.inputOffset ?? 0)) else { return nil }
            return LogReading(
                name: name, start: start, source: source, position: position, tail: tail, parser: parser)
        }
        return LogReading(name: name, start: start, isRemembered: stream.isRemembered, parser: parser)
    }

    /// Moves the stream to where a run before left its content; nil, and the stream at its start, when none did.
    ///
    /// The same start isn't enough: the bytes before the place have to be the ones that were read then.
    private func resume(_ stream: ContentStream, start: ContentStart) throws -> (source: Int, tail: ContentTail)? {
        for source in ledger.sources(startingLike: start) {
            let position = ledger.positions[source]
            if let tail = try stream.skip(position.offset, after: ContentTail()), tail.hash == position.tailHash {
                return (source, tail)
            }
            try stream.rewind()
        }
        return nil
    }

    private mutating func read(_ stream: ContentStream, _ reading: inout LogReading) throws {
        var inputOffset = stream.inputOffset ?? 0
        while true {
            var state = ContentStream.Reading.end
            let run = try reading.cutter.next(atMost: LineCutter.largestChunk) { buffer in
                state = try stream.read(into: buffer)
                guard case .bytes(let count) = state else { return 0 }
                return count
            }
            // A stop leaves the line that it cut for the next run.
            guard run != nil || state == .end else { return }
            guard let run else {
                try readLastLine(stream, &reading)
                return
            }
            let now = settings.clock()
            var parcel = reading.parcel(of: run, at: now, ledger: &ledger)
            if follows { parcel.followedUntil = now }
            let offset = stream.inputOffset ?? 0
            parcel.inputBytes = offset - inputOffset
            inputOffset = offset
            guard queue.append(.parcel(parcel)) else { return }
        }
    }

    /// Reads a last line that has no newline, unless it can't be understood and its writer may have yet to finish it.
    private mutating func readLastLine(_ stream: ContentStream, _ reading: inout LogReading) throws {
        let now = settings.clock()
        var (next, nextLedger) = (reading, ledger)
        guard let run = next.cutter.last() else { return }
        var parcel = next.parcel(of: run, at: now, ledger: &nextLedger)
        if isTorn(parcel, after: reading), try stream.mayGrow(at: now, after: Self.rest) {
            queue.append(.notice(.unfinished(name: reading.name)))
            return
        }
        (reading, ledger) = (next, nextLedger)
        if follows { parcel.followedUntil = now }
        queue.append(.parcel(parcel))
    }

    /// Whether a line that isn't understood ends a log that otherwise is, so that it is more likely half a line.
    private func isTorn(_ parcel: Parcel, after reading: LogReading) -> Bool {
        !parcel.unreadReasons.isEmpty && (reading.understood > 0 || !reading.isFirst)
    }
}
