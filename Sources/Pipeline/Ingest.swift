import Dispatch
package import Domain
import Foundation
package import LogFormats

/// Reads logs into a store: parses on one thread and commits on another, so that two cores work at once.
package struct Ingest: Sendable {
    /// How logs are read.
    package struct Settings: Sendable {
        package var choice = LogParser.Choice.automatic
        /// The gateway's name, put into each event.
        package var node: String
        /// Seconds east of UTC for times without a zone.
        package var localOffset = 0
        /// Reads and stores again what the store has already.
        package var again = false
        /// How long a file that was rotated away may rest before its last line is taken without its newline, in
        /// microseconds.
        package var rotationGrace: Int64 = 10_000_000
        package var clock: @Sendable () -> Timestamp

        package init(node: String, clock: @escaping @Sendable () -> Timestamp) {
            self.node = node
            self.clock = clock
        }

        func parser(source: String) -> LogParser {
            LogParser(choice: choice, node: node, source: source, localOffset: localOffset, now: clock())
        }
    }

    /// Chunks that wait between the threads; with the ones being worked on they bound the memory.
    private static let queueCapacity = 8

    package var inputs: [LogInput]
    package var settings: Settings
    /// Goes on reading what is written later, until a stop is asked for.
    package var follows = false
    /// Whether an error of the sink passes, so that following waits for that; a full disk does.
    package var isTransient: @Sendable (any Error) -> Bool = { _ in true }
    /// How often progress is told at least, in milliseconds.
    package var tick: UInt64 = 1000

    package init(inputs: [LogInput], settings: Settings) {
        self.inputs = inputs
        self.settings = settings
    }

    /// Reads, and commits on this thread, until all is read or a stop is asked for.
    ///
    /// Throws what the sink throws. What is wrong with an input is told as a notice and stands in the report.
    package func run(
        into sink: any TrafficSink, stop: StopRequest, observe: @escaping (IngestEvent) -> Void
    ) throws -> IngestReport {
        let begin = ContinuousClock.now
        let queue = BoundedQueue<Delivery>(capacity: Self.queueCapacity)
        startReading(of: try sink.sources(), stop: stop, queue: queue)
        var progress = IngestProgress()
        progress.totalBytes = follows ? nil : totalBytes
        var committer = Committer(
            sink: sink, pace: follows ? .follow : .bulk, stop: stop, progress: progress,
            isTransient: isTransient, observe: observe)
        // The reading thread may stand before a full queue.
        defer { queue.cancel() }
        try committer.run(queue, tick: tick)
        var report = committer.progress.report
        report.wasStopped = stop.isMade
        report.seconds = (ContinuousClock.now - begin) / .seconds(1)
        return report
    }

    /// Starts a thread for all files and, when they are followed, one for each stream; they close the queue.
    private func startReading(of known: [SourcePosition], stop: StopRequest, queue: BoundedQueue<Delivery>) {
        let streams = follows ? inputs.filter { $0.size() == nil } : []
        let files = inputs.filter { !streams.contains($0) }
        let group = DispatchGroup()
        for (reader, inputs) in ([files] + streams.map { [$0] }).enumerated() where !inputs.isEmpty {
            let ledger = SourceLedger(known, reader: reader)
            let bulk = BulkReading(settings: settings, stop: stop, queue: queue, ledger: ledger, follows: follows)
            let isFollowed = follows && reader == 0
            group.enter()
            Thread.detachNewThread {
                var bulk = bulk
                if isFollowed {
                    var follow = FollowReading(paths: inputs.map(\.name), bulk: bulk)
                    follow.run()
                } else {
                    bulk.read(inputs)
                }
                group.leave()
            }
        }
        group.notify(queue: .global()) { queue.close() }
    }

    private var totalBytes: Int64? {
        var total: Int64 = 0
        for input in inputs {
            guard let size = input.size() else { return nil }
            total += size
        }
        return total
    }
}
