import Domain
import Foundation
import Synchronization
import Testing

@testable import Pipeline

/// What a run that follows logs has taken so far, for the thread that writes them: it goes on when the run has got there,
/// however slow the machine is.
final class TakenSoFar: Sendable {
    private static let patience: TimeInterval = 90

    private let paths = Mutex<Set<String>>([])
    private let notices = Mutex<[IngestNotice]>([])

    func add(_ new: some Sequence<String>) { paths.withLock { $0.formUnion(new) } }

    func add(_ notice: IngestNotice) { notices.withLock { $0.append(notice) } }

    /// Waits until a line was taken, and with it what stands before it.
    func wait(for path: String) { wait("\(path) is never taken") { paths.withLock { $0.contains(path) } } }

    func wait(forNotices count: Int) {
        wait("no \(count) notices") { notices.withLock { $0.count >= count } }
    }

    func wait(forFailures count: Int) {
        wait("no \(count) failures") { notices.withLock { $0.count(where: \.isFailure) >= count } }
    }

    private func wait(_ complaint: Comment, until isSo: () -> Bool) {
        let end = Date(timeIntervalSinceNow: Self.patience)
        while !isSo() {
            guard Date() < end else {
                Issue.record(complaint)
                return
            }
            usleep(2000)
        }
    }
}
