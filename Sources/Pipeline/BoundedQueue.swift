import Dispatch
import Synchronization

/// A queue from one thread to another that makes the faster one wait.
final class BoundedQueue<Element: Sendable>: Sendable {
    enum Next {
        case element(Element)
        case timedOut
        /// Nothing is left, and nothing will come.
        case closed
    }

    private struct State {
        var elements: [Element] = []
        var isClosed = false
        var isCancelled = false
    }

    private let state = Mutex(State())
    private let free = DispatchSemaphore(value: 0)
    private let filled = DispatchSemaphore(value: 0)

    init(capacity: Int) {
        for _ in 0..<capacity { free.signal() }
    }

    var isEmpty: Bool { state.withLock { $0.elements.isEmpty } }

    /// Waits for room; false when the other side wants nothing more.
    @discardableResult
    func append(_ element: Element) -> Bool {
        free.wait()
        let isTaken = state.withLock { state in
            guard !state.isCancelled else { return false }
            state.elements.append(element)
            return true
        }
        // A refusal gives its room back, for the next call that waits.
        (isTaken ? filled : free).signal()
        return isTaken
    }

    /// Says that nothing more will come.
    func close() {
        state.withLock { $0.isClosed = true }
        filled.signal()
    }

    /// Refuses all that comes from now on.
    func cancel() {
        state.withLock { $0.isCancelled = true }
        free.signal()
    }

    func next(before deadline: DispatchTime) -> Next {
        guard filled.wait(timeout: deadline) == .success else { return .timedOut }
        let element: Element? = state.withLock { $0.elements.isEmpty ? nil : $0.elements.removeFirst() }
        guard let element else {
            filled.signal()
            return .closed
        }
        free.signal()
        return .element(element)
    }
}
