import Domain
import Store
import Synchronization

/// The clock of a story, which can be turned on.
final class StoryClock: Sendable {
    private let ahead = Atomic<Int64>(0)

    var now: Timestamp { SystemClock.now().advanced(by: ahead.load(ordering: .relaxed)) }

    func turn(on seconds: Int64) { ahead.wrappingAdd(seconds * 1_000_000, ordering: .relaxed) }
}
