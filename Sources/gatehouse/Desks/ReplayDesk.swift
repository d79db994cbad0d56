import Console
import Dispatch
import Domain
import Store
import Synchronization

/// Answers what takes the policy and the traffic together, and may take long: replays, effects, usage.
final class ReplayDesk: Sendable {
    let queue: QuestionQueue
    private let folder: StoreFolder
    /// Nil for who runs this process.
    private let operatorAtIt: Actor?
    private let clock: @Sendable () -> Timestamp
    private let compiled = Mutex<(active: ActivePolicy, snapshot: PolicySnapshot)?>(nil)

    /// - Parameter slots: What it is asked, in the order in which it answers.
    init(
        folder: StoreFolder, actor: Actor? = nil, slots: [Question.Slot] = [],
        clock: @escaping @Sendable () -> Timestamp = SystemClock.now
    ) {
        queue = QuestionQueue(order: slots, patient: [.quotaUse])
        self.folder = folder
        operatorAtIt = actor
        self.clock = clock
    }

    func start(inbox: ConsoleInbox) {
        queue.start(name: "replay") { [self] in
            while !queue.isStopped {
                guard let (question, cancellation) = queue.next() else {
                    queue.wait(until: .distantFuture)
                    continue
                }
                defer { queue.finish() }
                guard case .policy(let asked) = question else { continue }
                do {
                    var lastReport = DispatchTime.now()
                    let answer = try answer(asked, cancellation) { progress in
                        guard DispatchTime.now() > lastReport + 0.1 else { return }
                        lastReport = .now()
                        inbox.post(.answered(question, .policy(progress())))
                    }
                    guard let answer, !cancellation.isCancelled else {
                        queue.putBack(question)
                        continue
                    }
                    inbox.post(.answered(question, .policy(answer)))
                } catch {
                    guard !cancellation.isCancelled else {
                        queue.putBack(question)
                        continue
                    }
                    inbox.post(.answered(question, .failed(folder.text(ofLate: error))))
                }
            }
        }
    }

    /// Nil for questions that the policy alone answers, and for a replay that was cancelled.
    func answer(
        _ question: PolicyQuestion, _ cancellation: Cancellation, progress: (() -> PolicyAnswer) -> Void
    ) throws -> PolicyAnswer? {
        let store = try PolicyStore(folder: folder, for: .reading, clock: clock)
        try store.require(.watch, of: operatorAtIt ?? .ofProcess(for: folder))
        store.loaded = compiled.withLock { $0?.active }
        switch question {
        case .replay(let change): return try replay(change, store, cancellation, progress)
        case .preview(let targets): return .preview(try effect(of: targets, store))
        case .usage(let since): return .usage(try usage(since, store, cancellation, progress))
        case .discovery(let since): return .discovery(try discovery(since, store, cancellation))
        case .quotaUse(let client, let now):
            return try QuotaUseReading(folder: folder, cancellation: cancellation).uses(
                of: client, in: activeSnapshot(store), at: now
            ).map { .quotaUse($0) }
        case .verification:
            let report = try store.verify(cancellation: cancellation) { events, total in
                progress { .verifying(done: Int(events), total: Int(total)) }
            }
            return .verification(report)
        case .check, .tokens, .token, .revocable, .revocation, .credentials, .callable, .callers, .versions, .changes,
            .edits,
            .difference, .audit:
            return nil
        }
    }

    /// The policy in force, compiled once for each version.
    private func activeSnapshot(_ store: PolicyStore) throws -> PolicySnapshot { try snapshot(of: store.active()) }

    private func snapshot(of active: ActivePolicy) throws -> PolicySnapshot {
        if let known = compiled.withLock({ $0 }), known.active.version == active.version { return known.snapshot }
        let snapshot = try PolicySnapshot(compiling: active.policy, zones: ZoneTables.table(named:))
        compiled.withLock { $0 = (active, snapshot) }
        return snapshot
    }

    private func replay(
        _ change: PolicyQuestion.ReplayQuestion, _ store: PolicyStore, _ cancellation: Cancellation,
        _ progress: (() -> PolicyAnswer) -> Void
    ) throws -> PolicyAnswer? {
        let trial = try store.trial(
            of: change.edits, by: operatorAtIt ?? .ofProcess(for: folder), basedOn: change.basedOn)
        guard trial.conflicts.isEmpty else { throw CommandFailure("others changed the same meanwhile") }
        guard let after = trial.snapshot else {
            throw CommandFailure(
                trial.problems.isEmpty ? "the policy is so already" : "the policy would not hold together")
        }
        guard !cancellation.isCancelled else { return nil }
        // What the trial was made on, whatever came into force meanwhile.
        let before = try snapshot(of: trial.active)
        var tally = ReplayTally(from: before, to: after)
        let walk = FactWalk(reader: TrafficReader(folder: folder), since: change.since, now: clock())
        guard !cancellation.isCancelled else { return nil }
        let total = try walk.count()
        progress { .replay(ReplayReport(tally, total: total, isComplete: false)) }
        try walk.forEachPage { page in
            tally.add(page.facts, at: page.positions)
            progress { .replay(ReplayReport(tally, total: total, isComplete: false)) }
            return !cancellation.isCancelled
        }
        return .replay(ReplayReport(tally, total: total, isComplete: true))
    }

    /// How far back it is looked for traffic that would stop, in seconds.
    private static let recent: Int64 = 300

    private func effect(of targets: [RevocationTarget], _ store: PolicyStore) throws -> RevocationEffect {
        let previews = try targets.map { try store.preview($0) }
        let terms = try targets.map { try requests(behind: $0, store) }
        guard terms.allSatisfy({ $0 != nil }), !terms.isEmpty else {
            return RevocationEffect(previews: previews, routes: nil, requests: 0, seconds: Int(Self.recent))
        }
        let now = clock()
        let window = TimeWindow(start: now.advanced(by: -Self.recent * 1_000_000), end: now)
        let filter = Filter.any(terms.compactMap(\.self)).normalized
        let reader = TrafficReader(folder: folder)
        _ = try reader.refresh()
        let overview = try reader.overview(
            OverviewQuery(window: window, filter: filter, buckets: 10, rows: 8, now: now),
            cancellation: Cancellation())
        return RevocationEffect(
            previews: previews, routes: overview.routes, requests: overview.totals.requests,
            seconds: Int(Self.recent), isUnheardOf: try isUnheardOf(targets, store, reader))
    }

    /// Whether it is about a subject that never had a token and that no request ever named.
    private func isUnheardOf(
        _ targets: [RevocationTarget], _ store: PolicyStore, _ reader: TrafficReader
    ) throws -> Bool {
        guard targets.count == 1, case .subject(let name)? = targets.first,
            try store.tokens(TokenSelection(subject: name, limit: 1)).isEmpty
        else { return false }
        let filter = Filter.exactly(name, in: .subject)
        return try reader.page(TrafficQuery(start: .newest, filter: filter, limit: 1, now: clock())).events.isEmpty
    }

    /// The requests that a target is behind; nil where the traffic doesn't say.
    private func requests(behind target: RevocationTarget, _ store: PolicyStore) throws -> Filter? {
        switch target {
        case .client(let name): .exactly(name, in: .client)
        case .subject(let name): .exactly(name, in: .subject)
        case .network(let network): .test(.address([network]))
        case .token(_, let id): .exactly(try store.token(named: id).digest, in: .token)
        case .family, .credential, .issuer: nil
        case .everything: .everything
        }
    }

    private func usage(
        _ since: Timestamp, _ store: PolicyStore, _ cancellation: Cancellation, _ progress: (() -> PolicyAnswer) -> Void
    ) throws -> UsageReport {
        let snapshot = try activeSnapshot(store)
        var tally = UsageTally(snapshot)
        let walk = FactWalk(reader: TrafficReader(folder: folder), since: since, now: clock())
        let total = try walk.count()
        try walk.forEachPage { page in
            tally.add(page.facts)
            progress { .usage(UsageReport(requests: tally.requests, total: total, isComplete: false)) }
            return !cancellation.isCancelled
        }
        return UsageReport(tally, of: snapshot, total: total)
    }

    private func discovery(
        _ since: Timestamp, _ store: PolicyStore, _ cancellation: Cancellation
    ) throws -> [DiscoveredRoute] {
        let policy = try store.active().policy
        let reader = TrafficReader(folder: folder)
        _ = try reader.refresh()
        let now = clock()
        let overview = try reader.overview(
            OverviewQuery(window: TimeWindow(start: since, end: now), buckets: 10, rows: 500, now: now),
            cancellation: cancellation)
        let declared = policy.routes
        return overview.routes.filter { ranked in
            guard let method = ranked.method.flatMap({ Method(name: $0) }),
                let pattern = RoutePattern(template: ranked.name)
            else { return false }
            return !declared.contains { $0.methods.contains(method) && $0.pattern.covers(pattern) }
        }
        .map { DiscoveredRoute(method: $0.method ?? "", route: $0.name, counts: $0.counts) }
    }
}
