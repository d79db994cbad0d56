import Domain
import Store
import Synchronization

/// The clock of a story, which can be turned on. One that stands goes no further by itself, however long the story takes.
final class StoryClock: Sendable {
    private let ahead = Atomic<Int64>(0)
    private let start: Timestamp?

    init(stands: Bool = false) {
        start = stands ? SystemClock.now() : nil
    }

    var now: Timestamp { (start ?? SystemClock.now()).advanced(by: ahead.load(ordering: .relaxed)) }

    func turn(on seconds: Int64) { ahead.wrappingAdd(seconds * 1_000_000, ordering: .relaxed) }
}
