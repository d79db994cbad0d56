import Synchronization

/// A request to stop reading and to commit what was read, which any thread may make and a poll can wait for.
package final class StopRequest: Sendable {
    private let requested = Atomic(false)
    private let pipe: (reading: Descriptor, writing: Descriptor)

    package init() throws(SystemError) {
        pipe = try Descriptor.pipe()
    }

    package var isMade: Bool { requested.load(ordering: .acquiring) }

    package func make() {
        guard !requested.exchange(true, ordering: .acquiringAndReleasing) else { return }
        Waiting.wake(pipe.writing)
    }

    /// Sleeps until the request is made, or for a time; tells whether it was made.
    package func wait(_ time: Duration) -> Bool {
        let end = ContinuousClock.now + time
        while !isMade {
            let left = (end - ContinuousClock.now) / .milliseconds(1)
            guard left > 0 else { return false }
            _ = Waiting.forInput(on: [pipe.reading], milliseconds: Int32(min(left.rounded(.up), 1_000_000_000)))
        }
        return true
    }

    /// Readable from the moment of the request on.
    var descriptor: Descriptor { pipe.reading }
}
