internal import Synchronization

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
        package internal(set) var count = 0
        /// The first path that was seen.
        package let path: String
        package let address: IPAddress?
        package let time: Timestamp
        /// Where its requests are, the newest of them at least; none where that wasn't told.
        package internal(set) var places = NewestPlaces()
    }

    package static let mostPlacesOfOne = 5000

    package private(set) var requests = 0
    /// Denied before, allowed by the draft.
    package private(set) var newlyAllowed = 0
    package private(set) var newlyDenied = 0
    /// Denied by both, for another reason.
    package private(set) var otherReason = 0
    private var found: ReplayChanges

    private let scope: ReplayScope
    private var before: FactDecider
    private var after: FactDecider
    /// Which client of the draft a client of the policy before is, as far as anybody asked.
    private var counterparts: [Counterpart]
    /// Counters for both policies; nil where limits are left out.
    private let limits: (before: LimitTable, after: LimitTable)?

    private let runBoth: RunningBoth

    /// Whether all requests are decided alike but for what quotas say.
    private let isOfLimitsOnly: Bool

    /// Many more than a gateway has room for: a counter that strangers share would refuse what really passes.
    private static let mostKeys = 1_000_000

    private enum Counterpart {
        case unasked
        case found(ClientIndex?)
    }

    /// Runs two pieces of work, at the same time where there are processors for it, and returns when both are done.
    package typealias RunningBoth = @Sendable (@Sendable () -> Void, @Sendable () -> Void) -> Void

    /// Counts limits too where the draft is about them, as if nothing had been used before the first request.
    ///
    /// - Parameters:
    ///   - mostPlaces: Places of requests that are kept, of all changes together.
    ///   - runningBoth: One after the other, where nothing is given.
    package init(
        from before: PolicySnapshot, to after: PolicySnapshot, mostPlaces: Int = 400_000,
        zones zoneNamed: (String) -> TimeZoneTable?,
        runningBoth: @escaping RunningBoth = {
            $0()
            $1()
        }
    ) {
        found = ReplayChanges(from: before, to: after, mostPlaces: mostPlaces)
        runBoth = runningBoth
        let edits = before.policy.edits(to: after.policy)
        let hasQuotas = edits.contains { $0.key.kind == .quota } || !before.policy.quotas.isEmpty
        limits =
            hasQuotas && edits.contains(where: \.concernsLimits)
            ? (
                LimitTable(QuotaResolver(before, zones: zoneNamed), mostKeys: Self.mostKeys, seed: 1, threads: .one),
                LimitTable(QuotaResolver(after, zones: zoneNamed), mostKeys: Self.mostKeys, seed: 1, threads: .one)
            ) : nil
        isOfLimitsOnly = edits.allSatisfy { $0.key.kind == .quota || $0.key.kind == .tier }
        scope = ReplayScope(from: before, by: edits, countsLimits: limits != nil)
        self.before = FactDecider(before)
        self.after = FactDecider(after)
        counterparts = Array(repeating: .unasked, count: before.clientCount)
    }

    /// Whether limits are counted.
    package var countsLimits: Bool { limits != nil }

    /// Adds requests, in their order.
    ///
    /// - Parameter positions: Where they are, one for each; none where nobody will ask for the requests themselves.
    package mutating func add(_ facts: [TrafficFact], at positions: [EventPosition] = []) {
        // Field by field: a fact as a whole would be copied, text by text.
        let clients = facts.indices.map { before.client(named: facts[$0].client) }
        let counterparts = facts.indices.map { counterpart(of: clients[$0], facts[$0].client) }
        for index in facts.indices { requests += facts[index].count }
        if scope.isEverybody {
            decide(facts, at: positions, by: clients, counterparts)
            return
        }
        var path = PathTable()
        var chosen: [Int] = []
        for index in facts.indices {
            let isChosen =
                scope.concerns(clients[index], counterparts[index], isNamed: facts[index].client != nil)
                || scope.hasPaths && scope.concerns(facts[index].path.utf8Span.span, reading: &path)
            if isChosen { chosen.append(index) }
        }
        guard chosen.count < facts.count else { return decide(facts, at: positions, by: clients, counterparts) }
        decide(
            chosen.map { facts[$0] }, at: positions.isEmpty ? [] : chosen.map { positions[$0] },
            by: chosen.map { clients[$0] }, chosen.map { counterparts[$0] })
    }

    private mutating func decide(
        _ facts: [TrafficFact], at positions: [EventPosition], by clients: [ClientIndex?],
        _ counterparts: [ClientIndex?]
    ) {
        var requests = facts.map { FactDecider.request($0) }
        var old = before.decisions(on: facts, by: clients, as: &requests)
        var new = old
        let oldUses = limits.map { _ in RequestUses(old, of: requests) }
        var newUses = oldUses
        // Clients and routes have the same numbers in both where neither changes.
        if !isOfLimitsOnly {
            new = after.decisions(on: facts, by: counterparts, as: &requests)
            newUses = limits.map { _ in RequestUses(new, of: requests) }
        }
        if let limits, let oldUses, let newUses {
            (old, new) = both { [before = before.snapshot, old, requests] in
                before.counted(old, oldUses, of: requests, by: limits.before)
            } _: { [after = after.snapshot, new, requests] in
                after.counted(new, newUses, of: requests, by: limits.after)
            }
        }
        for index in facts.indices where old[index].reason != new[index].reason {
            count(facts[index].count, old[index], new[index])
            found.add(
                facts[index], at: positions.isEmpty ? nil : positions[index], by: clients[index], counterparts[index],
                old[index], new[index])
        }
    }

    /// Counts by both policies, which know nothing of each other.
    private func both(
        _ before: @escaping @Sendable () -> [Decision], _ after: @escaping @Sendable () -> [Decision]
    ) -> ([Decision], [Decision]) {
        let old = Mutex<[Decision]>([])
        let new = Mutex<[Decision]>([])
        runBoth(
            { old.withLock { $0 = before() } },
            { new.withLock { $0 = after() } })
        return (old.withLock { $0 }, new.withLock { $0 })
    }

    /// Requests that are decided differently.
    private mutating func count(_ requests: Int, _ old: Decision, _ new: Decision) {
        if new.isAllowed {
            newlyAllowed += requests
        } else if old.isAllowed {
            newlyDenied += requests
        } else {
            otherReason += requests
        }
    }

    private mutating func counterpart(of client: ClientIndex?, _ name: String?) -> ClientIndex? {
        guard let client else { return after.client(named: name) }
        if case .found(let known) = counterparts[Int(client.number)] { return known }
        let found = after.client(named: name)
        counterparts[Int(client.number)] = .found(found)
        return found
    }

    /// The kinds of changes; as many as there is room for.
    package var changes: [Change: Sample] { found.all }

    package var changeCount: Int { found.entries.count }

    /// Requests that were decided differently and that `changes` had no room for.
    package var unlisted: Int { found.unlisted }

    /// The changes that concern the most requests first.
    package var ranking: [(change: Change, sample: Sample)] {
        found.entries.sorted { ($1.sample.count, $0.sample.path) < ($0.sample.count, $1.sample.path) }
    }
}
