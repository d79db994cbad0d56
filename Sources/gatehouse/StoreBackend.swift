import Console
import Dispatch
import Domain
import Foundation
import Store
import Synchronization

/// Answers the console's questions from the store, on a thread and with a reader of its own.
final class StoreBackend: ConsoleBackend {
    private struct Work: Sendable {
        var questions: [Question.Slot: Question] = [:]
        var exports: [Export] = []
        /// The question that is being answered, and what stops it.
        var current: (slot: Question.Slot, cancellation: Cancellation)?
        var isStopped = false
    }

    private let folder: StoreFolder
    /// Seconds between two looks for new data.
    private let interval: Double
    private let work = Mutex(Work())
    /// What was wrong with the store when the console was last told.
    private let lastProblems = Mutex<[String]>([])
    private let wake = DispatchSemaphore(value: 0)
    private let hasEnded = DispatchSemaphore(value: 0)

    init(folder: StoreFolder, interval: Double) {
        self.folder = folder
        self.interval = interval
    }

    func start(inbox: ConsoleInbox) {
        let thread = Thread { [self] in
            run(inbox)
            hasEnded.signal()
        }
        thread.name = "store reader"
        thread.start()
    }

    func ask(_ question: Question) {
        work.withLock { work in
            work.questions[question.slot] = question
            // A newer question makes the answer to the older one worthless; a count gives way to anything.
            if let current = work.current, current.slot == question.slot || current.slot == .count {
                current.cancellation.cancel()
            }
        }
        wake.signal()
    }

    func cancel(_ slot: Question.Slot) {
        work.withLock { work in
            work.questions[slot] = nil
            if work.current?.slot == slot { work.current?.cancellation.cancel() }
        }
    }

    func export(_ export: Export) {
        work.withLock { $0.exports.append(export) }
        wake.signal()
    }

    func stop() {
        work.withLock { work in
            work.isStopped = true
            work.current?.cancellation.cancel()
        }
        wake.signal()
        hasEnded.wait()
    }

    // MARK: - The thread

    private enum Task {
        case answer(Question, Cancellation)
        case export(Export)
    }

    private func run(_ inbox: ConsoleInbox) {
        let reader = TrafficReader(folder: folder)
        look(reader, inbox, always: true)
        var nextLook = DispatchTime.now() + interval
        while !work.withLock({ $0.isStopped }) {
            if DispatchTime.now() >= nextLook {
                look(reader, inbox, always: false)
                nextLook = DispatchTime.now() + interval
            }
            switch takeTask() {
            case .answer(let question, let cancellation):
                answer(question, cancellation, reader, inbox)
            case .export(let export):
                write(export, reader, inbox)
            case nil:
                _ = wake.wait(timeout: nextLook)
            }
        }
    }

    /// What one waits for comes first, and counting last, because it may take long.
    private static let order: [Question.Slot] = [.page, .overview, .values, .unread, .count]

    private func takeTask() -> Task? {
        work.withLock { work -> Task? in
            for slot in Self.order {
                guard let question = work.questions.removeValue(forKey: slot) else { continue }
                let cancellation = Cancellation()
                work.current = (slot, cancellation)
                return .answer(question, cancellation)
            }
            return work.exports.isEmpty ? nil : .export(work.exports.removeFirst())
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
        defer { work.withLock { $0.current = nil } }
        do {
            guard let answer = try read(question, cancellation, reader, inbox) else { return }
            inbox.post(.answered(question, answer))
            // Only reading shows what is damaged, and a change of that is news like any other.
            let problems = reader.status().problems
            if problems != lastProblems.withLock({ $0 }) { post(reader, inbox) }
        } catch {
            guard !cancellation.isCancelled else { return putBack(question) }
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
        putBack(question)
        return nil
    }

    /// A count that had to give way is taken up again, unless a newer one came meanwhile.
    private func putBack(_ question: Question) {
        guard question.slot == .count else { return }
        work.withLock { work in
            guard !work.isStopped, work.questions[.count] == nil else { return }
            work.questions[.count] = question
        }
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
        case .count(let query):
            return .count(
                try count(filter: query.filter, window: .always, snapshot: query.snapshot, now: query.now) {
                    progress($0)
                    return !cancellation.isCancelled
                })
        }
    }
}
