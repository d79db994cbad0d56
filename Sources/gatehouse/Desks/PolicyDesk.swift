import Console
import Dispatch
import Domain
import Store
import Synchronization

/// Reads the policy for the console, tells it of changes, and makes those that its operator confirmed.
final class PolicyDesk: Sendable {
    let queue = QuestionQueue(
        order: [
            .token, .edits, .check, .revocation, .callers, .credentials, .tokens, .changes, .versions, .audit,
        ])
    private let folder: StoreFolder
    /// Seconds between two looks for a change.
    private let interval: Double
    private let actions = Mutex<[PolicyAction]>([])

    init(folder: StoreFolder, interval: Double) {
        self.folder = folder
        self.interval = interval
    }

    func start(inbox: ConsoleInbox) {
        queue.start(name: "policy") { [self] in
            var session = PolicySession(folder: folder)
            run(&session, inbox)
        }
    }

    func act(_ action: PolicyAction) {
        actions.withLock { $0.append(action) }
        queue.ring()
    }

    private func run(_ session: inout PolicySession, _ inbox: ConsoleInbox) {
        var nextLook = DispatchTime.now()
        while !queue.isStopped {
            if DispatchTime.now() >= nextLook {
                if let standing = session.look() { inbox.post(.policy(standing)) }
                nextLook = DispatchTime.now() + interval
            }
            if let action = actions.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
                let report = session.carryOut(action)
                // What is on the screen afterwards is what was made, and the answer comes after it.
                if let standing = session.look() { inbox.post(.policy(standing)) }
                inbox.post(.acted(action, report))
            } else if let (question, _) = queue.next() {
                inbox.post(.answered(question, session.answer(question)))
                queue.finish()
            } else {
                queue.wait(until: nextLook)
            }
        }
    }
}
