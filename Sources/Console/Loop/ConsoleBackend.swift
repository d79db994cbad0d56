import Synchronization
package import Terminal

/// What answers the console's questions, on a thread of its own.
package protocol ConsoleBackend: AnyObject, Sendable {
    /// Starts answering; every answer, and every change of the store, goes to the inbox.
    func start(inbox: ConsoleInbox)
    /// Takes the place of a question in the same slot that isn't answered yet.
    func ask(_ question: Question)
    func cancel(_ slot: Question.Slot)
    func export(_ export: Export)
    /// Carries out what an operator confirmed; what became of it goes to the inbox.
    func act(_ action: PolicyAction)
    func stop()
}

/// Where other threads leave messages for the console's thread, which it wakes.
package final class ConsoleInbox: Sendable {
    private let messages = Mutex<[Message]>([])
    private let waker: WakeHandle

    package init(waker: WakeHandle) {
        self.waker = waker
    }

    package func post(_ message: Message) {
        messages.withLock { messages in
            // Only the newest state of the store counts.
            if case .status = message {
                messages.removeAll { if case .status = $0 { true } else { false } }
            }
            if case .policy = message {
                messages.removeAll { if case .policy = $0 { true } else { false } }
            }
            messages.append(message)
        }
        waker.wake()
    }

    func takeAll() -> [Message] {
        messages.withLock { messages in
            defer { messages = [] }
            return messages
        }
    }
}
