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

    /// Readable from the moment of the request on.
    var descriptor: Descriptor { pipe.reading }
}
