import Domain
import Store

/// What a policy file changes: from the version that it was made of to what it says.
struct PolicyFileChange {
    private let file: PolicyFile
    private let document: PolicyDocument
    private let base: Policy
    private let store: PolicyStore
    /// The version that the edits were made on.
    let basedOn: Int
    let edits: [PolicyEdit]
    /// Whether the version is the one that the file names.
    private let isOfFile: Bool

    /// - Parameter option: What a command was told in the place of what the file says.
    init(_ argument: PolicyFileArgument, basedOn option: Int? = nil, in store: PolicyStore) throws {
        let (file, document) = try argument.document()
        let active = try store.active()
        let named = try option.map { try store.version($0) } ?? document.base.map { try Self.version($0, file, store) }
        (self.file, self.document, self.store) = (file, document, store)
        isOfFile = option == nil && document.base != nil
        basedOn = named?.number ?? active.version.number
        base = basedOn == active.version.number ? active.policy : try store.policy(at: basedOn)
        edits = base.edits(to: document.applied(to: base))
    }

    /// The version that a file names, in this store; problems say the line.
    private static func version(
        _ base: DocumentBase, _ file: PolicyFile, _ store: PolicyStore
    ) throws -> PolicyVersion {
        func problem(_ message: String) -> FileProblem {
            FileProblem(
                file: file.name, line: base.place?.line, column: base.place?.column, field: DocumentBase.field,
                message: message
                    + "; take \(DocumentBase.field) out to apply the file as a whole, or name a version by --based-on")
        }
        let version: PolicyVersion
        do {
            version = try store.version(base.version)
        } catch PolicyStoreError.noVersion(let number) {
            throw problem("this store has no version \(number)")
        }
        if case .draft = version.origin {
            throw problem("version \(version.number) is a draft, and never was in force")
        }
        guard base.isOf(content: version.content) else {
            throw problem("version \(version.number) of this store holds another policy; the file is of another store")
        }
        return version
    }

    /// Says which items stay as they were changed since the version that the file was made of, though the file has them
    /// otherwise: who takes a change of their own back in the file would else believe it done.
    func tellWhatStays() throws {
        let active = try store.active()
        guard isOfFile, basedOn < active.version.number else { return }
        let whole = document.applied(to: active.policy)
        let kept = active.policy.edits(to: whole).map(\.key).filter { base[$0] == whole[$0] }
        guard !kept.isEmpty else { return }
        let names = kept.prefix(5).map(\.description).joined(separator: ", ")
        let more = kept.count > 5 ? " and \(kept.count - 5) more" : ""
        StandardError.write(
            "gatehouse: \(names)\(more): changed since version \(basedOn), of which the file is; the file is as it was "
                + "then, so that stays. 'policy apply --based-on \(active.version.number)' makes it what the file says\n"
        )
    }

    /// What would come of it now; conflicts with what others did since are thrown, and what the policy's rules refuse,
    /// with the file's lines.
    func trial() throws -> PolicyTrial { try examined(try store.trial(of: edits, basedOn: basedOn), []) }

    /// The same, by the rules on operators too; everything that is wrong is thrown together.
    func trial(by actor: Actor) throws -> PolicyTrial {
        var refusals: [PolicyStoreError] = []
        for actor in [actor, nil] {
            do {
                return try examined(try store.trial(of: edits, by: actor, basedOn: basedOn), refusals)
            } catch let error as PolicyStoreError where error == .lastEditor || error.isOfOwnDuties {
                if !refusals.contains(error) { refusals.append(error) }
            }
        }
        // The rules on operators come first, so what the policy's own say has to be asked apart.
        throw PolicyFileRefusal(
            file: file, document: document, problems: Self.problems(of: document.applied(to: base)),
            refusals: refusals)
    }

    /// The same as it is before a change is made: what the rules on operators refuse is left to that, which keeps a
    /// record of it.
    func trialUnlessOperators() throws -> PolicyTrial? {
        do {
            return try trial()
        } catch PolicyStoreError.lastEditor {
            return nil
        }
    }

    func apply(by access: PolicyAccess, reason: String, breakGlass: Bool = false) throws -> PolicyOutcome {
        do {
            return try access.apply(edits, basedOn: basedOn, reason: reason, breakGlass: breakGlass)
        } catch PolicyStoreError.invalid(let problems) {
            throw refusal(problems)
        } catch PolicyStoreError.conflict(let conflicts, let active) {
            throw ChangeConflict(conflicts, active: active, basedOn: basedOn)
        }
    }

    private func examined(_ trial: PolicyTrial, _ refusals: [PolicyStoreError]) throws -> PolicyTrial {
        guard trial.conflicts.isEmpty else {
            throw ChangeConflict(trial.conflicts, active: trial.active.version.number, basedOn: basedOn)
        }
        guard trial.problems.isEmpty, refusals.isEmpty else { throw refusal(trial.problems, refusals) }
        return trial
    }

    /// What the store found wrong, with the file's lines.
    func refusal(_ problems: [PolicyProblem], _ refusals: [PolicyStoreError] = []) -> PolicyFileRefusal {
        let keys = Set(edits.map(\.key))
        return PolicyFileRefusal(
            file: file, document: document, problems: problems.map { $0.told(of: keys) }, refusals: refusals)
    }

    private static func problems(of policy: Policy) -> [PolicyProblem] {
        do {
            _ = try PolicySnapshot(compiling: policy, zones: ZoneTables.table(named:))
            return []
        } catch {
            return error.problems
        }
    }
}

extension PolicyTrial {
    /// The policy in force, and what would be: the same where nothing would change.
    func snapshots() throws -> (before: PolicySnapshot, after: PolicySnapshot) {
        let before = try PolicySnapshot(compiling: active.policy, zones: ZoneTables.table(named:))
        return (before, snapshot ?? before)
    }
}

extension PolicyStoreError {
    fileprivate var isOfOwnDuties: Bool {
        if case .ownDuties = self { true } else { false }
    }
}
