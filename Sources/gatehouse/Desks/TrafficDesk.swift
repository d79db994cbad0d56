import Console
import Dispatch
import Domain
import Store
import Synchronization

/// Reads traffic for the console, and tells it of what comes in.
final class TrafficDesk: Sendable {
    let queue = QuestionQueue(order: [.page, .overview, .values, .unread, .count], patient: [.count])
    private let folder: StoreFolder
    /// Seconds between two looks for new data.
    private let interval: Double
    private let exports = Mutex<[Export]>([])
    /// What was wrong with the store when the console was last told.
    private let lastProblems = Mutex<[String]>([])

    init(folder: StoreFolder, interval: Double) {
        self.folder = folder
        self.interval = interval
    }

    func start(inbox: ConsoleInbox) {
        queue.start(name: "traffic reader") { [self] in run(inbox) }
    }

    func export(_ export: Export) {
        exports.withLock { $0.append(export) }
        queue.ring()
    }

    private func run(_ inbox: ConsoleInbox) {
        let reader = TrafficReader(folder: folder)
        look(reader, inbox, always: true)
        var nextLook = DispatchTime.now() + interval
        while !queue.isStopped {
            if DispatchTime.now() >= nextLook {
                look(reader, inbox, always: false)
                nextLook = DispatchTime.now() + interval
            }
            if let (question, cancellation) = queue.next() {
                answer(question, cancellation, reader, inbox)
            } else if let export = exports.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
                write(export, reader, inbox)
            } else {
                queue.wait(until: nextLook)
            }
        }
    }

    private func look(_ reader: TrafficReader, _ inbox: ConsoleInbox, always: Bool) {
        do {
            guard try reader.refresh() || always else { return }
            post(reader, inbox)
        } catch {
            var status = StoreStatus()
            status.problems = [Self.text(of: error)]
            inbox.post(.status(status, TrafficSnapshot(lengths: [:])))
        }
    }

    private func post(_ reader: TrafficReader, _ inbox: ConsoleInbox) {
        let status = reader.status()
        lastProblems.withLock { $0 = status.problems }
        inbox.post(.status(status, reader.snapshot()))
    }

    private func answer(
        _ question: Question, _ cancellation: Cancellation, _ reader: TrafficReader, _ inbox: ConsoleInbox
    ) {
        defer { queue.finish() }
        do {
            guard let answer = try read(question, cancellation, reader, inbox) else { return }
            inbox.post(.answered(question, answer))
            // Only reading shows what is damaged, and a change of that is news like any other.
            let problems = reader.status().problems
            if problems != lastProblems.withLock({ $0 }) { post(reader, inbox) }
        } catch {
            guard !cancellation.isCancelled else { return queue.putBack(question) }
            inbox.post(.answered(question, .failed(Self.text(of: error))))
        }
    }

    private func read(
        _ question: Question, _ cancellation: Cancellation, _ reader: TrafficReader, _ inbox: ConsoleInbox
    ) throws -> Answer? {
        var lastReport = DispatchTime.now()
        let answer = try reader.answer(to: question, cancellation: cancellation) { progress in
            if DispatchTime.now() > lastReport + 0.2 {
                lastReport = .now()
                inbox.post(.answered(question, .count(progress)))
            }
        }
        guard question.slot == .count, cancellation.isCancelled else { return answer }
        queue.putBack(question)
        return nil
    }

    private func write(_ export: Export, _ reader: TrafficReader, _ inbox: ConsoleInbox) {
        do {
            let rows = try ExportFile(export).write(from: reader)
            inbox.post(.exported(path: export.path, rows: rows))
        } catch {
            inbox.post(.notice(Notice(.problem, Self.text(of: error))))
        }
    }

    private static func text(of error: any Error) -> String { "\(error)" }
}

extension TrafficReader {
    /// The answer to one of the console's questions; a count tells how far it is.
    func answer(
        to question: Question, cancellation: Cancellation = Cancellation(),
        progress: (TrafficCount) -> Void = { _ in }
    ) throws -> Answer {
        switch question {
        case .overview(let query): return .overview(try overview(query, cancellation: cancellation))
        case .page(let query): return .page(try page(query, cancellation: cancellation))
        case .values(let field, let prefix): return .values(try values(of: field, prefix: prefix, limit: 50))
        case .unread(let limit): return .unread(try unreadLines(limit: limit))
        case .policy: return .failed("the traffic doesn't tell that")
        case .count(let query):
            if let selection = query.selection {
                return .count(try count(of: selection, filter: query.filter, now: query.now, cancellation))
            }
            return .count(
                try count(filter: query.filter, window: .always, snapshot: query.snapshot, now: query.now) {
                    progress($0)
                    return !cancellation.isCancelled
                })
        }
    }
}
