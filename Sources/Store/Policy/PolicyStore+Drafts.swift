package import Domain
import GRDB

extension PolicyStore {
    /// Lets another's draft pass: its edits, merged onto the active policy as `apply` would, become a new version
    /// that is in force.
    package func approve(_ number: Int, by actor: Actor, reason: String) throws -> PolicyVersion {
        var next: Policy?
        let version = try checkingFirst(actor, .approve) {
            try change(
                by: actor, duty: .approve, action: "policy.approve", target: "version/\(number)", reason: reason
            ) { transaction in
                let draft = try Self.waiting(number, in: transaction.reading)
                guard draft.author.userID != actor.userID else { throw PolicyStoreError.ownChange(version: number) }
                try transaction.refuseDutiesByBreakGlass(.approve)
                let active = try checkedPolicy(in: transaction.reading)
                let proposal = try PolicyProposal(try BasedEdits.draft(draft, in: transaction.reading), on: active)
                // Nor may two operators raise each other by one signing what the other wrote about him.
                try proposal.check(actors: [actor, draft.author], zones: zones)
                try VersionTable.move(number, to: .retired, in: transaction.database)
                var account = VersionMaker.Account(
                    origin: .approval(of: number), author: draft.author, approver: actor, reason: draft.reason)
                account.dangers = proposal.dangers
                next = proposal.next
                let left = try leftByBreakGlass(active, in: transaction.reading)
                let version = try VersionMaker(transaction).make(proposal.edits, account)
                try followBreakGlass(version, proposal.next, before: left, in: transaction)
                return version
            }
        }
        if let next { loaded = ActivePolicy(version: version, policy: next) }
        return version
    }

    /// Puts a draft aside. Its author may do that too.
    package func reject(_ number: Int, by actor: Actor, reason: String) throws {
        try change(by: actor, duty: nil, action: "policy.reject", target: "version/\(number)", reason: reason) {
            transaction in
            let draft = try VersionTable.version(number, in: transaction.reading)
            try transaction.require(draft.author.userID == actor.userID ? .edit : .approve)
            _ = try Self.waiting(number, in: transaction.reading)
            try VersionTable.move(number, to: .retired, in: transaction.database)
        }
    }

    /// Lets requests be decided by a draft too, for comparison, or ends that.
    package func shadow(_ number: Int, _ isShadow: Bool, by actor: Actor, reason: String) throws {
        try change(by: actor, duty: .edit, action: "policy.shadow", target: "version/\(number)", reason: reason) {
            transaction in
            let draft = try Self.waiting(number, in: transaction.reading)
            let state: PolicyVersion.State = isShadow ? .shadow : .draft
            guard draft.state != state else { throw PolicyStoreError.nothingToDo }
            try VersionTable.move(number, to: state, in: transaction.database)
            transaction.before = Self.text(of: draft.state)
            transaction.after = Self.text(of: state)
        }
    }

    private static func text(of state: PolicyVersion.State) -> String {
        var json = JSONWriter()
        json.object { $0.member("state", state.rawValue) }
        return json.text
    }

    /// A version that waits; throws when it doesn't.
    static func waiting(_ number: Int, in database: SQLiteDatabase) throws -> PolicyVersion {
        let version = try VersionTable.version(number, in: database)
        switch version.state {
        case .draft, .shadow: return version
        case .active: throw PolicyStoreError.notPossible(version: number, "is in force already")
        case .retired: throw PolicyStoreError.notPossible(version: number, "doesn't wait any more")
        }
    }
}
