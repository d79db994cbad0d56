import Domain
import Foundation
import Store
import Synchronization

/// A log that grows at a steady rate on a thread of its own, and an ingest that follows it into a store.
final class LiveTraffic {
    let ingest: Child
    private let isOver: OverFlag
    private let hasEnded = DispatchSemaphore(value: 0)

    private final class OverFlag: Sendable {
        let value = Atomic<Bool>(false)
    }

    /// `steps` is how often in a second lines are written.
    init(_ bench: Workbench, store: String, linesPerSecond: Int, steps: Int) throws {
        let path = bench.path("live-\(linesPerSecond).log")
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw BenchmarkError("\(path): \(errorText())") }
        let words = [bench.program, "ingest", "--store", store, "--format", "combined", "--follow", path]
        ingest = try Child(words, environment: bench.environment)
        isOver = OverFlag()
        let thread = Thread { [isOver, hasEnded] in
            var log = AccessLog(seed: 3)
            var next = ContinuousClock.now
            while !isOver.value.load(ordering: .relaxed) {
                guard (try? log.write(linesPerSecond / steps, at: SystemClock.now(), to: descriptor)) != nil else {
                    break
                }
                next += .seconds(1) / steps
                let pause = (next - .now) / .microseconds(1)
                if pause > 0 { usleep(UInt32(pause)) }
            }
            close(descriptor)
            hasEnded.signal()
        }
        thread.start()
    }

    /// Ends both, the log first.
    func stop() throws {
        isOver.value.store(true, ordering: .relaxed)
        hasEnded.wait()
        try ingest.stop()
    }
}
