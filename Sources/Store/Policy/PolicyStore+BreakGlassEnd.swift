package import Domain
import GRDB

extension PolicyStore {
    /// Whether the time of a change by break-glass is over that can be taken back, at least in part.
    package func isBreakGlassDue() throws -> Bool {
        try !dueBreakGlass().isEmpty
    }

    /// Takes back changes by break-glass whose time is over; gives the versions that did so.
    ///
    /// Whoever opens the store to write calls this, and commands that run for long do so again and again. What others'
    /// changes stand on is tried again each time.
    @discardableResult
    package func revertExpiredBreakGlass() throws -> [PolicyVersion] {
        try dueBreakGlass().compactMap { try revert($0) }
    }

    /// The newest first.
    private func dueBreakGlass() throws -> [Int] {
        let now = clock().microseconds
        return try read { database in
            let open = try BreakGlassTable.changes(
                in: database, "WHERE \(BreakGlassTable.isOpen) AND expires <= \(now) ORDER BY version DESC")
            guard open.contains(where: { $0.ending == .failed }) else { return open.map(\.version.number) }
            let active = try activePolicy(in: database)
            loaded = active
            if triedToEnd == active.version.number { return open.filter { $0.ending == nil }.map(\.version.number) }
            let due = try open.filter { change in
                guard change.ending == .failed else { return true }
                let reversal = try reversal(of: change.version.number, from: active.policy, in: database)
                return reversal.left.isEmpty || !reversal.edits.isEmpty
            }
            if due.isEmpty { triedToEnd = active.version.number }
            return due.map(\.version.number)
        }
    }

    private func reversal(
        of number: Int, from policy: Policy, in database: SQLiteDatabase
    ) throws -> BreakGlassReversal {
        let newer = try OpenBreakGlass.all(in: database).filter { $0.number > number }
        return BreakGlassReversal(
            try BasedEdits.inverse(of: number, in: database), from: policy,
            sparing: newer.reduce(into: []) { $0.formUnion($1.keys) }, zones: zones)
    }

    private func revert(_ number: Int) throws -> PolicyVersion? {
        try change(
            by: .system, duty: nil, action: "policy.expire", target: "version/\(number)",
            reason: "the time of break-glass version \(number) is over"
        ) { transaction in
            let open = try BreakGlassTable.changes(
                in: transaction.reading, "WHERE version = \(number) AND \(BreakGlassTable.isOpen)")
            let active = try checkedPolicy(in: transaction.reading)
            guard let change = open.first else {
                // Another process was faster.
                transaction.isRecorded = false
                return nil
            }
            let reversal = try reversal(of: number, from: active.policy, in: transaction.reading)
            let left = reversal.left.sorted()
            let edits = reversal.edits
            if !left.isEmpty { transaction.reason += "; not taken back: \(Self.list(left))" }
            guard !edits.isEmpty else {
                guard left.isEmpty || change.ending == nil else {
                    transaction.isRecorded = false
                    return nil
                }
                let ending = left.isEmpty ? BreakGlass.Ending.overtaken : .failed
                transaction.after = Self.account(ending, left)
                try BreakGlassTable.end(
                    number, as: ending, revertedBy: nil, now: transaction.now, in: transaction.database)
                return nil
            }
            var account = VersionMaker.Account(
                origin: .expiry(of: number), author: .system, reason: transaction.reason)
            account.left = left
            let version = try VersionMaker(transaction).make(edits, account)
            try BreakGlassTable.end(
                number, as: left.isEmpty ? .reverted : .failed, revertedBy: left.isEmpty ? version.number : nil,
                now: transaction.now, in: transaction.database)
            return version
        }
    }

    private static func list(_ keys: [ItemKey]) -> String {
        keys.prefix(3).map(\.description).joined(separator: ", ")
            + (keys.count > 3 ? " and \(keys.count - 3) more" : "")
    }

    private static func account(_ ending: BreakGlass.Ending, _ left: [ItemKey]) -> String {
        var json = JSONWriter()
        json.object { json in
            json.member("ending", ending.rawValue)
            guard !left.isEmpty else { return }
            json.name("left")
            json.value(.array(left.map { .string($0.description) }))
        }
        return json.text
    }

    // MARK: - Ordinary changes while break-glass is open

    /// What of the changes by break-glass can't be taken back before an ordinary change is made.
    func leftByBreakGlass(_ active: ActivePolicy, in database: SQLiteDatabase) throws -> [Int: Set<ItemKey>] {
        OpenBreakGlass.left(of: try OpenBreakGlass.all(in: database), in: active.policy, zones: zones)
    }

    /// Throws where a version that an ordinary change made stands on what break-glass did, so that this could not be
    /// taken back any more. A change that it takes back itself ends with it.
    func followBreakGlass(
        _ version: PolicyVersion, _ policy: Policy, before: [Int: Set<ItemKey>], in transaction: PolicyTransaction
    ) throws {
        let open = try OpenBreakGlass.all(in: transaction.reading)
        guard !open.isEmpty else { return }
        try OpenBreakGlass.check(
            open, before: before, after: OpenBreakGlass.left(of: open, in: policy, zones: zones))
        for one in open {
            let reversal = try reversal(of: one.number, from: policy, in: transaction.reading)
            guard reversal.left.isEmpty, reversal.edits.isEmpty else { continue }
            try BreakGlassTable.end(
                one.number, as: .reverted, revertedBy: version.number, now: transaction.now, in: transaction.database)
            try transaction.recordAside(
                action: "policy.expire", target: "version/\(one.number)", after: Self.account(.reverted, []))
        }
    }
}
