package import Domain
import GRDB

extension PolicyStore {
    /// Puts a change in force, or keeps it as a draft where it takes a second operator.
    ///
    /// The edits say what the author saw; what others changed since merges where it is about other items, and what they
    /// renamed is followed. `basedOn` is the version that the author looked at. By break-glass nothing waits, and the
    /// change ends by itself. A change that is kept waits even where it could be put in force.
    package func apply(
        _ edits: [PolicyEdit], by actor: Actor, reason: String, basedOn: Int, breakGlass: Bool = false,
        keepingAsDraft isKept: Bool = false
    ) throws -> PolicyOutcome {
        try settle(
            by: actor, action: "policy.apply", target: PolicyProposal.target(edits), reason: reason, origin: .change,
            breakGlass: breakGlass, isKept: isKept
        ) { transaction, _ in
            let base = try VersionTable.version(basedOn, in: transaction.reading)
            if case .draft = base.origin {
                throw PolicyStoreError.notPossible(version: basedOn, "was never in force, so nothing is based on it")
            }
            return try BasedEdits(edits, madeOn: basedOn, in: transaction.reading)
        }
    }

    /// Takes back what a version changed, as a new version; what was changed again since is a conflict, and what was
    /// renamed since is followed.
    package func undo(_ number: Int, by actor: Actor, reason: String, breakGlass: Bool = false) throws -> PolicyOutcome
    {
        try settle(
            by: actor, action: "policy.undo", target: "policy", reason: reason, origin: .undo(of: number),
            breakGlass: breakGlass
        ) { transaction, _ in try BasedEdits.undoing(number, in: transaction.reading) }
    }

    /// Makes the policy what it was at a version, as a new version; the operators stay as they are.
    package func restore(
        _ number: Int, by actor: Actor, reason: String, breakGlass: Bool = false
    ) throws -> PolicyOutcome {
        try settle(
            by: actor, action: "policy.restore", target: "policy", reason: reason, origin: .restore(of: number),
            breakGlass: breakGlass
        ) { transaction, active in try BasedEdits.restoring(number, active, in: transaction.reading) }
    }

    /// What all changes have in common: merge, check, and become a version.
    private func settle(
        by actor: Actor, action: String, target: String, reason: String, origin: PolicyVersion.Origin,
        breakGlass: Bool, isKept: Bool = false, _ edits: (PolicyTransaction, ActivePolicy) throws -> BasedEdits
    ) throws -> PolicyOutcome {
        var next: Policy?
        let outcome = try checkingFirst(actor, .edit) {
            try change(by: actor, duty: .edit, action: action, target: target, reason: reason) {
                transaction -> PolicyOutcome in
                let active = try checkedPolicy(in: transaction.reading)
                let proposal = try PolicyProposal(
                    try edits(transaction, active), on: active,
                    outlasting: try BreakGlassTable.openEdits(in: transaction.reading))
                transaction.target = PolicyProposal.target(proposal.edits)
                try proposal.check(actors: [actor], zones: zones)
                let waiting = try proposal.waitingDangers(of: actor) {
                    try EditTable.hadThings(in: transaction.reading)
                }
                var account = VersionMaker.Account(origin: origin, author: actor, reason: transaction.reason)
                account.dangers = waiting
                let maker = VersionMaker(transaction)
                if breakGlass {
                    try proposal.checkBreakGlass()
                    transaction.action = "policy.break-glass"
                    account.origin = .breakGlass
                    let expires = transaction.now.advanced(
                        by: Int64(active.policy.settings.breakGlassSeconds) * 1_000_000)
                    account.expires = expires
                    let version = try maker.make(proposal.edits, account)
                    try BreakGlassTable.insert(version.number, expires: expires, into: transaction.database)
                    next = proposal.next
                    return .active(version)
                }
                guard waiting.isEmpty, !isKept else {
                    transaction.action = "policy.draft"
                    account.origin = .draft
                    return .draft(try maker.make(proposal.edits, account))
                }
                next = proposal.next
                let left = try leftByBreakGlass(active, in: transaction.reading)
                let version = try maker.make(proposal.edits, account)
                try followBreakGlass(version, proposal.next, before: left, in: transaction)
                return .active(version)
            }
        }
        if let next { loaded = ActivePolicy(version: outcome.version, policy: next) }
        return outcome
    }
}

extension BasedEdits {
    /// What takes back what a version changed.
    static func undoing(_ number: Int, in database: SQLiteDatabase) throws -> BasedEdits {
        switch try VersionTable.version(number, in: database).origin {
        case .first: throw PolicyStoreError.notPossible(version: number, "is the first; nothing was before it")
        case .draft:
            throw PolicyStoreError.notPossible(version: number, "was never in force; there is nothing to undo")
        case .change, .approval, .undo, .restore, .breakGlass, .expiry: break
        }
        return try inverse(of: number, in: database)
    }

    /// What makes the policy so as it was at a version, but for the operators.
    static func restoring(_ number: Int, _ active: ActivePolicy, in database: SQLiteDatabase) throws -> BasedEdits {
        let version = try VersionTable.version(number, in: database)
        if case .draft = version.origin {
            throw PolicyStoreError.notPossible(version: number, "was never in force; approve it instead")
        }
        // An old version must not give anybody back the duties that they lost since.
        return BasedEdits(
            active.policy.edits(to: try EditTable.policy(at: version, in: database))
                .filter { $0.key.kind != .operator })
    }
}
