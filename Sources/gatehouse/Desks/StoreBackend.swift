import Console
import Dispatch
import Domain
import Foundation
import Store
import Synchronization

/// Answers the console's questions from the store: those about traffic, those about the policy, and replays, each kind
/// on a thread and with readers of its own, so that none waits for another.
final class StoreBackend: ConsoleBackend {
    private let traffic: TrafficDesk
    private let policy: PolicyDesk
    private let replays: ReplayDesk
    /// For what reads days of traffic, so that nobody who revokes or reviews waits for it.
    private let surveys: ReplayDesk

    init(folder: StoreFolder, interval: Double) {
        traffic = TrafficDesk(folder: folder, interval: interval)
        policy = PolicyDesk(folder: folder, interval: max(interval, 0.5))
        replays = ReplayDesk(folder: folder, slots: [.preview, .quotaUse, .replay])
        surveys = ReplayDesk(folder: folder, slots: [.discovery, .usage, .verification])
    }

    func start(inbox: ConsoleInbox) {
        traffic.start(inbox: inbox)
        policy.start(inbox: inbox)
        replays.start(inbox: inbox)
        surveys.start(inbox: inbox)
    }

    func ask(_ question: Question) { queue(of: question.slot).ask(question) }

    func cancel(_ slot: Question.Slot) { queue(of: slot).cancel(slot) }

    func export(_ export: Export) { traffic.export(export) }

    func act(_ action: PolicyAction) { policy.act(action) }

    func stop() {
        traffic.queue.stop()
        policy.queue.stop()
        replays.queue.stop()
        surveys.queue.stop()
    }

    private func queue(of slot: Question.Slot) -> QuestionQueue {
        switch slot {
        case .overview, .page, .count, .values, .unread: traffic.queue
        case .replay, .preview, .quotaUse: replays.queue
        case .usage, .discovery, .verification: surveys.queue
        case .check, .tokens, .token, .revocation, .credentials, .callers, .versions, .changes, .edits, .audit:
            policy.queue
        }
    }
}
