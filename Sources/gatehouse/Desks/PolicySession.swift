import Console
import Domain
import Store

/// The policy store as the console's operator has it: what can be read of it, and what they may change.
struct PolicySession {
    private let folder: StoreFolder
    /// Nil for who runs this process.
    private let operatorAtIt: Actor?
    private let clock: () -> Timestamp
    private var reader: StandingPolicyStore
    /// What the console was told last.
    private var told: PolicyStanding?
    private var snapshot: PolicySnapshot?
    private var epoch: Int64 = -1
    private var revocations = RevocationSnapshot.none

    init(folder: StoreFolder, actor: Actor? = nil, clock: @escaping () -> Timestamp = SystemClock.now) {
        self.folder = folder
        operatorAtIt = actor
        self.clock = clock
        reader = StandingPolicyStore(folder: folder, clock: clock)
    }

    private var actor: Actor { operatorAtIt ?? .ofProcess(for: folder) }

    // MARK: - Looking

    /// How the policy stands; nil when nothing changed since the last look.
    mutating func look() -> PolicyStanding? {
        let standing: PolicyStanding
        do {
            let (state, problem) = try state()
            standing = problem.map { .stale(state, $0) } ?? .ready(state)
        } catch let error as PolicyStoreError where error.isReplaced {
            // By what lay there nothing is decided any more, nor by what lies there now.
            (snapshot, revocations, epoch) = (nil, .none, -1)
            standing = .replaced("\(error)")
        } catch {
            let text = told?.state == nil ? "\(error)" : folder.text(ofLate: error)
            standing = told?.state.map { .stale($0, text) } ?? .unavailable(text)
        }
        guard standing != told else { return nil }
        told = standing
        return standing
    }

    private mutating func store() throws -> PolicyStore {
        let (store, isNew) = try reader.store()
        guard isNew else { return store }
        (revocations, epoch) = (.none, -1)
        do {
            try store.require(.watch, of: actor)
        } catch {
            reader.close()
            throw error
        }
        return store
    }

    /// With what is wrong where its tables are damaged or were changed by hand, and the history tells it instead.
    private mutating func state() throws -> (PolicyState, problem: String?) {
        let store = try store()
        try revertWhatIsOver(store)
        let (active, damage) = try store.shown()
        let problem = damage.map { "\($0) Shown is what the history has of version \(active.version.number)." }
        let snapshot: PolicySnapshot
        if let known = self.snapshot, told?.state?.version == active.version {
            snapshot = known
        } else {
            snapshot = try PolicySnapshot(compiling: active.policy, zones: ZoneTables.table(named:))
            self.snapshot = snapshot
        }
        let readOnlyReason = self.readOnlyReason
        let duties = active.policy.operators.first { $0.userID == actor.userID }?.duties ?? []
        guard duties.contains(.watch) else {
            throw PolicyStoreError.dutyMissing(.watch, actor: actor, isOperator: !duties.isEmpty)
        }
        let added = try store.revocations(after: epoch)
        if let last = added.last {
            revocations = try store.revocationSnapshot()
            epoch = last.epoch
        }
        let drafts = try store.drafts()
        let emergencies = try store.emergencies()
        if let known = told?.state, known.snapshot === snapshot, known.version == active.version {
            var state = known
            (state.duties, state.drafts, state.emergencies, state.revocations) = (
                duties, drafts, emergencies, revocations
            )
            state.readOnlyReason = readOnlyReason
            return (state, problem)
        }
        var state = PolicyState(
            version: active.version, snapshot: snapshot, actor: actor, duties: duties, drafts: drafts,
            emergencies: emergencies, revocations: revocations)
        state.readOnlyReason = readOnlyReason
        return (state, problem)
    }

    /// Why this account can write nothing there, whatever duties there are; nil when it can.
    private var readOnlyReason: String? {
        folder.reasonAgainstWriting.map { "nothing can be changed: " + $0 }
    }

    /// Nobody shall see in force what was changed by break-glass and is over.
    private mutating func revertWhatIsOver(_ store: PolicyStore) throws {
        guard try store.isBreakGlassDue() else { return }
        let writer = try reader.writer()
        try writer.revertExpiredBreakGlass()
        try writer.close()
    }

    // MARK: - Answers

    mutating func answer(_ question: Question) -> Answer {
        guard case .policy(let question) = question else { return .failed("the policy doesn't tell that") }
        do {
            return .policy(try answer(question, try store()))
        } catch {
            return .failed(folder.text(ofLate: error))
        }
    }

    private func answer(_ question: PolicyQuestion, _ store: PolicyStore) throws -> PolicyAnswer {
        switch question {
        case .check(let change): return .check(try check(change, store))
        case .tokens(let selection): return .tokens(try store.tokens(selection))
        case .token(let name): return .tokens([try store.token(named: name)])
        case .revocable(let kind, let name): return .revocable(try candidates(kind, name, store))
        case .revocation(let epoch): return .revocation(try store.revocations(after: epoch - 1).first)
        case .credentials(let client): return .credentials(try store.credentials(of: try Name(client)))
        case .callable(let client):
            guard let snapshot, let index = snapshot.client(named: client) else { return .callable([]) }
            return .callable(snapshot.callable(by: index))
        case .callers(let route): return .callers(try callers(route))
        case .versions(let limit): return .versions(try store.versions(limit: limit))
        case .changes(let key, let limit): return .versions(try store.versions(changing: key, limit: limit))
        case .edits(let version): return .edits(try store.edits(of: version))
        case .difference(let old, let new): return .edits(try store.difference(from: old, to: new))
        case .audit(let limit): return .audit(try store.newestAuditRecords(limit: limit))
        case .replay, .preview, .usage, .discovery, .verification, .quotaUse:
            throw CommandFailure("the replays' desk has to tell that")
        }
    }

    private func check(_ change: PolicyQuestion.ReplayQuestion, _ store: PolicyStore) throws -> PolicyCheck {
        let trial = try store.trial(of: change.edits, by: actor, basedOn: change.basedOn)
        var warnings = trial.notes + (try store.namesCarried(by: trial.edits)).map(\.description)
        for edit in change.edits {
            guard case .client(let client)? = edit.before ?? edit.after else { continue }
            if let text = try Self.ending(edit, client.name, store) { warnings.append(text) }
        }
        return PolicyCheck(
            problems: trial.problems, findings: trial.findings, waitsFor: trial.waitsFor, conflicts: trial.conflicts,
            edits: trial.edits.isEmpty || trial.edits == change.edits ? nil : trial.edits, warnings: warnings)
    }

    /// What a client's going ends for good, or what its coming back doesn't bring back; nil for none.
    private static func ending(_ edit: PolicyEdit, _ name: Name<Client>, _ store: PolicyStore) throws -> String? {
        if edit.after == nil {
            let shares = try store.preview(.client(name.text)).shares
            let (tokens, credentials) = shares.reduce((0, 0)) { ($0.0 + $1.tokens, $0.1 + $1.credentials) }
            guard tokens + credentials > 0 else { return nil }
            return
                "\(edit.key): \(Counted.text([(credentials, "credential"), (tokens, "token")])) "
                + (tokens + credentials == 1
                    ? "ends, and undoing doesn't bring it back" : "end, and undoing brings back none of them")
        }
        guard edit.before == nil, try !store.credentials(of: name).isEmpty else { return nil }
        return "\(edit.key): the credentials and tokens that it had before stay revoked; it needs new ones"
    }

    private func candidates(
        _ kind: RevokedKind?, _ name: String, _ store: PolicyStore
    ) throws -> RevocationCandidates {
        var found = RevocationCandidates()
        if kind == nil || kind == .token, (4...64).contains(name.utf8.count) {
            found.tokens = try store.tokens(TokenSelection(idPrefix: name, limit: 20))
        }
        if kind == nil || kind == .subject {
            found.isSubject = try !store.tokens(TokenSelection(subject: name, limit: 1)).isEmpty
        }
        if kind == .credential {
            found.credentials = Array(try store.credentials().filter { $0.prefix.hasPrefix(name) }.prefix(20))
        }
        return found
    }

    private func callers(_ name: String) throws -> [CallerSummary] {
        guard let snapshot, case .route(let route)? = snapshot.policy[ItemKey(try Name<Route>(name))] else { return [] }
        return route.methods.methods.compactMap { method in
            guard
                case .success(let callers) = snapshot.callers(
                    of: method, on: .pattern(route.pattern), at: clock())
            else { return nil }
            return CallerSummary(
                method: method, clients: callers.clients.count,
                names: callers.clients.prefix(20).map { snapshot.client($0.client).name.text },
                isAnonymous: callers.anonymous != nil)
        }
    }

    // MARK: - Changing

    mutating func carryOut(_ action: PolicyAction) -> PolicyOutcomeReport {
        do {
            let store = try reader.writer()
            defer { try? store.close() }
            do {
                try store.revertExpiredBreakGlass()
            } catch {
                // A policy that can't be read keeps nobody from revoking.
                guard case .revoke = action else { throw error }
            }
            return .done(try carryOut(action, store))
        } catch let error as PolicyStoreError {
            switch error {
            case .conflict(let conflicts, let active): return .failed(.conflict(conflicts, active: active))
            case .invalid(let problems): return .failed(.invalid(problems))
            case .notInitialised, .alreadyInitialised, .storage, .replaced, .dutyMissing, .ownDuties, .lastEditor,
                .ownChange, .notByBreakGlass, .pinsBreakGlass, .badReason, .noVersion, .notPossible, .nothingToDo:
                return .failed(.other("\(error)"))
            }
        } catch {
            return .failed(.other("\(error)"))
        }
    }

    private func carryOut(_ action: PolicyAction, _ store: PolicyStore) throws -> PolicyOutcomeReport.Done {
        switch action {
        case .change(let proposal):
            let outcome = try store.apply(
                proposal.edits, by: actor, reason: proposal.reason, basedOn: proposal.basedOn,
                keepingAsDraft: proposal.isDraft)
            return try done(outcome, since: proposal.basedOn, store)
        case .undo(let version, let reason):
            return try done(try store.undo(version, by: actor, reason: reason), since: nil, store)
        case .restore(let version, let reason):
            return try done(try store.restore(version, by: actor, reason: reason), since: nil, store)
        case .approve(let version, let reason):
            return try done(.active(try store.approve(version, by: actor, reason: reason)), since: nil, store)
        case .reject(let version, let reason):
            try store.reject(version, by: actor, reason: reason)
            return done(store)
        case .review(let version, let keeping, let reason):
            try store.review(version, keeping: keeping, by: actor, reason: reason)
            return done(store)
        case .revoke(let targets, let reason):
            let ended = Self.counts(of: targets, store)
            let revocations = try store.revoke(targets, by: actor, reason: reason)
            var done = done(store)
            done.ended = ended
            guard let first = revocations.first, let last = revocations.last else { return done }
            (done.epoch, done.time) = (last.epoch, last.time)
            if revocations.count > 1 {
                // Each has a record, and they were written together.
                let record = done.record - Int64(revocations.count - 1)
                done.first = .init(record: record, epoch: first.epoch)
            }
            return done
        }
    }

    /// What is alive of it now; nil where counting could take long: nobody shall wait for it.
    private static func counts(of targets: [RevocationTarget], _ store: PolicyStore) -> RevokedCounts? {
        var counts = RevokedCounts(tokens: 0, credentials: 0)
        for target in targets {
            switch target {
            case .token, .family, .credential, .client, .subject: break
            case .issuer, .network, .everything: return nil
            }
            guard let preview = try? store.preview(target) else { return nil }
            counts.tokens += preview.tokens
            counts.credentials += preview.credentials
        }
        return counts
    }

    private func done(
        _ outcome: PolicyOutcome, since basedOn: Int?, _ store: PolicyStore
    ) throws -> PolicyOutcomeReport.Done {
        var done = done(store)
        done.version = outcome.version.number
        done.time = outcome.version.created
        if case .draft(let version) = outcome { done.waitsFor = version.dangers }
        if let basedOn {
            done.mergedWith = try store.versions(limit: 100).filter { version in
                if case .draft = version.origin { return false }
                return version.number > basedOn && version.number < outcome.version.number
            }.map(\.number).sorted()
        }
        return done
    }

    /// With the record that this session wrote, whatever others wrote since.
    private func done(_ store: PolicyStore) -> PolicyOutcomeReport.Done {
        PolicyOutcomeReport.Done(
            record: store.lastRecord?.sequence ?? 0, time: store.lastRecord?.entry.time ?? clock())
    }
}

extension StoreFolder {
    /// An error of reading a policy that was read before: then the store is gone, and nobody should begin a new one.
    func text(ofLate error: any Error) -> String {
        guard (error as? PolicyStoreError)?.isMissing == true else { return "\(error)" }
        return "the store is gone: \(path) holds no policy any more. Bring it back, or name another with --store"
    }
}
