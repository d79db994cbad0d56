import Console
import Dispatch
import Foundation
import Store
import Synchronization

/// Questions that wait for a thread of their own: of those in one slot only the newest counts.
final class QuestionQueue: Sendable {
    private struct State: Sendable {
        var questions: [Question.Slot: Question] = [:]
        /// The question that is being answered, and what stops it.
        var current: (slot: Question.Slot, cancellation: Cancellation)?
        var isStopped = false
    }

    /// What one waits for comes first.
    private let order: [Question.Slot]
    /// Slots whose questions give way to any other, and are taken up again afterwards.
    private let patient: Set<Question.Slot>
    private let state = Mutex(State())
    private let bell = DispatchSemaphore(value: 0)
    private let hasEnded = DispatchSemaphore(value: 0)

    init(order: [Question.Slot], patient: Set<Question.Slot> = []) {
        self.order = order
        self.patient = patient
    }

    /// Runs the body on a thread of its own; it returns when `isStopped`.
    func start(name: String, _ body: @escaping @Sendable () -> Void) {
        let thread = Thread { [self] in
            body()
            hasEnded.signal()
        }
        thread.name = name
        // Compiling a policy goes deeper than the half megabyte that threads have otherwise.
        thread.stackSize = 8 << 20
        thread.start()
    }

    func ask(_ question: Question) {
        state.withLock { state in
            state.questions[question.slot] = question
            // A newer question makes the answer to the older one worthless.
            if let current = state.current, current.slot == question.slot || patient.contains(current.slot) {
                current.cancellation.cancel()
            }
        }
        bell.signal()
    }

    func cancel(_ slot: Question.Slot) {
        state.withLock { state in
            state.questions[slot] = nil
            if state.current?.slot == slot { state.current?.cancellation.cancel() }
        }
    }

    func stop() {
        state.withLock { state in
            state.isStopped = true
            state.current?.cancellation.cancel()
        }
        bell.signal()
        hasEnded.wait()
    }

    // MARK: - For the thread

    var isStopped: Bool { state.withLock { $0.isStopped } }

    /// Wakes the thread for something else than a question.
    func ring() { bell.signal() }

    func wait(until time: DispatchTime) { _ = bell.wait(timeout: time) }

    /// The next question; `finish` has to follow.
    func next() -> (question: Question, cancellation: Cancellation)? {
        state.withLock { state in
            for slot in order {
                guard let question = state.questions.removeValue(forKey: slot) else { continue }
                let cancellation = Cancellation()
                state.current = (slot, cancellation)
                return (question, cancellation)
            }
            return nil
        }
    }

    func finish() { state.withLock { $0.current = nil } }

    /// A patient question that had to give way is taken up again, unless a newer one came meanwhile.
    func putBack(_ question: Question) {
        guard patient.contains(question.slot) else { return }
        state.withLock { state in
            guard !state.isStopped, state.questions[question.slot] == nil else { return }
            state.questions[question.slot] = question
        }
    }
}
