import Synchronization

/// Tells a query that nobody waits for its answer any more; may be told from any thread.
package final class Cancellation: Sendable {
    private let flag = Atomic<Bool>(false)

    package init() {}

    package func cancel() { flag.store(true, ordering: .relaxed) }

    package var isCancelled: Bool { flag.load(ordering: .relaxed) }

    /// Throws when the query is no longer wanted.
    func check() throws {
        if isCancelled { throw CancelledQuery() }
    }
}

/// What a cancelled query throws.
package struct CancelledQuery: Error {
    package init() {}
}
