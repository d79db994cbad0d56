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
        let ledger = SourceLedger(try sink.sources())
        let (inputs, settings, follows) = (inputs, settings, follows)
        Thread.detachNewThread {
            var bulk = BulkReading(settings: settings, stop: stop, queue: queue, ledger: ledger)
            bulk.read(inputs)
            queue.close()
        }
        var progress = IngestProgress()
        progress.totalBytes = follows ? nil : totalBytes
        var committer = Committer(
            sink: sink, pace: follows ? .follow : .bulk, stop: stop, progress: progress, observe: observe)
        // The reading thread may stand before a full queue.
        defer { queue.cancel() }
        try committer.run(queue, tick: tick)
        var report = committer.progress.report
        report.wasStopped = stop.isMade
        report.seconds = (ContinuousClock.now - begin) / .seconds(1)
        return report
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
