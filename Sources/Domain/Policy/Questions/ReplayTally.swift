/// What a draft would have decided differently about recorded requests.
package struct ReplayTally: Sendable {
    /// Requests alike that the two policies decide differently.
    package struct Change: Hashable, Sendable {
        package let client: String?
        package let method: String
        /// By name, of the draft or else of the policy before.
        package let route: String?
        package let before: Reason
        package let after: Reason
    }

    package struct Sample: Hashable, Sendable {
        package fileprivate(set) var count = 0
        /// The first path that was seen.
        package let path: String
        package let address: IPAddress?
        package let time: Timestamp
    }

    package static let mostChanges = 10_000

    package private(set) var requests = 0
    /// Denied before, allowed by the draft.
    package private(set) var newlyAllowed = 0
    package private(set) var newlyDenied = 0
    /// Denied by both, for another reason.
    package private(set) var otherReason = 0
    package private(set) var changes: [Change: Sample] = [:]
    /// Requests that were decided differently and that `changes` had no room for.
    package private(set) var unlisted = 0

    private let scope: ReplayScope
    private var before: FactDecider
    private var after: FactDecider
    /// Which client of the draft a client of the policy before is, as far as anybody asked.
    private var counterparts: [Counterpart]

    /// Counters for both policies; nil where limits are left out.
    private let limits: (before: LimitTable, after: LimitTable)?

    private enum Counterpart {
        case unasked
        case found(ClientIndex?)
    }

    package init(from before: PolicySnapshot, to after: PolicySnapshot) {
        self.init(from: before, to: after, limits: nil)
    }

    /// Counts limits too, of requests that come one by one and in order: nothing had been used before the first.
    package init(
        from before: PolicySnapshot, to after: PolicySnapshot, countingLimitsIn zones: (String) -> TimeZoneTable?
    ) {
        self.init(
            from: before, to: after,
            limits: (
                LimitTable(QuotaResolver(before, zones: zones), seed: 1),
                LimitTable(QuotaResolver(after, zones: zones), seed: 1)
            ))
    }

    private init(from before: PolicySnapshot, to after: PolicySnapshot, limits: (LimitTable, LimitTable)?) {
        scope = ReplayScope(from: before, to: after)
        self.before = FactDecider(before)
        self.after = FactDecider(after)
        self.limits = limits
        counterparts = Array(repeating: .unasked, count: before.clientCount)
    }

    /// Adds requests, in their order.
    package mutating func add(_ facts: [TrafficFact]) {
        // Field by field: a fact as a whole would be copied, text by text.
        let clients = facts.indices.map { before.client(named: facts[$0].client) }
        let counterparts = facts.indices.map { counterpart(of: clients[$0], facts[$0].client) }
        for index in facts.indices { requests += facts[index].count }
        if let limits {
            addCounting(facts, by: clients, counterparts, limits)
            return
        }
        if scope.isEverybody {
            addDeciding(facts, by: clients, counterparts)
            return
        }
        let chosen = facts.indices.filter { index in
            scope.concerns(clients[index], counterparts[index], isNamed: facts[index].client != nil)
        }
        addDeciding(chosen.map { facts[$0] }, by: chosen.map { clients[$0] }, chosen.map { counterparts[$0] })
    }

    private mutating func addDeciding(
        _ facts: [TrafficFact], by clients: [ClientIndex?], _ counterparts: [ClientIndex?]
    ) {
        var requests = facts.map { FactDecider.request($0) }
        let old = before.decisions(on: facts, by: clients, as: &requests)
        let new = after.decisions(on: facts, by: counterparts, as: &requests)
        for index in facts.indices where old[index].reason != new[index].reason {
            note(facts[index], old[index], new[index])
        }
    }

    /// All of them, since each takes from what is left for the next.
    private mutating func addCounting(
        _ facts: [TrafficFact], by clients: [ClientIndex?], _ counterparts: [ClientIndex?],
        _ limits: (before: LimitTable, after: LimitTable)
    ) {
        var requests = facts.map { FactDecider.request($0) }
        for index in facts.indices {
            let old = before.decision(
                on: facts[index], by: clients[index], as: &requests[index], counting: limits.before)
            let new = after.decision(
                on: facts[index], by: counterparts[index], as: &requests[index], counting: limits.after)
            if old.reason != new.reason { note(facts[index], old, new) }
        }
    }

    /// A request that is decided differently.
    private mutating func note(_ fact: TrafficFact, _ old: Decision, _ new: Decision) {
        if new.isAllowed {
            newlyAllowed += fact.count
        } else if old.isAllowed {
            newlyDenied += fact.count
        } else {
            otherReason += fact.count
        }
        let route =
            new.route.map { after.snapshot.route($0).name.text }
            ?? old.route.map { before.snapshot.route($0).name.text }
        let change = Change(
            client: fact.client, method: fact.method, route: route, before: old.reason, after: new.reason)
        if changes.count >= Self.mostChanges, changes[change] == nil {
            unlisted += fact.count
            return
        }
        changes[change, default: Sample(path: fact.path, address: fact.address, time: fact.time)].count += fact.count
    }

    private mutating func counterpart(of client: ClientIndex?, _ name: String?) -> ClientIndex? {
        guard let client else { return after.client(named: name) }
        if case .found(let known) = counterparts[Int(client.number)] { return known }
        let found = after.client(named: name)
        counterparts[Int(client.number)] = .found(found)
        return found
    }

    /// The changes that concern the most requests first.
    package var ranking: [(change: Change, sample: Sample)] {
        changes.sorted { ($1.value.count, $0.value.path) < ($0.value.count, $1.value.path) }.map { ($0.key, $0.value) }
    }
}
