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
        /// Where its requests are, the newest of them at least; none where that wasn't told.
        package fileprivate(set) var places = NewestPlaces()
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

    package static let mostPlacesOfOne = 5000
    private let mostPlaces: Int
    private var placeCount = 0
    private var placesOfOne = Self.mostPlacesOfOne

    private let scope: ReplayScope
    private var before: FactDecider
    private var after: FactDecider
    /// Which client of the draft a client of the policy before is, as far as anybody asked.
    private var counterparts: [Counterpart]
    /// Counters for both policies; nil where limits are left out.
    private let limits: (before: LimitTable, after: LimitTable)?

    /// Whether all requests are decided alike but for what quotas say.
    private let isOfLimitsOnly: Bool

    /// Many more than a gateway has room for: a counter that strangers share would refuse what really passes.
    private static let mostKeys = 1_000_000

    private enum Counterpart {
        case unasked
        case found(ClientIndex?)
    }

    /// Counts limits too where the draft is about them, as if nothing had been used before the first request.
    ///
    /// - Parameter mostPlaces: Places of requests that are kept, of all changes together.
    package init(
        from before: PolicySnapshot, to after: PolicySnapshot, mostPlaces: Int = 400_000,
        zones zoneNamed: (String) -> TimeZoneTable?
    ) {
        self.mostPlaces = mostPlaces
        let edits = before.policy.edits(to: after.policy)
        let hasQuotas = edits.contains { $0.key.kind == .quota } || !before.policy.quotas.isEmpty
        limits =
            hasQuotas && edits.contains(where: \.concernsLimits)
            ? (
                LimitTable(QuotaResolver(before, zones: zoneNamed), mostKeys: Self.mostKeys, seed: 1),
                LimitTable(QuotaResolver(after, zones: zoneNamed), mostKeys: Self.mostKeys, seed: 1)
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
        // Clients and routes have the same numbers in both where neither changes.
        var new = old
        if let limits { before.count(&old, of: facts, as: requests, by: limits.before) }
        if !isOfLimitsOnly { new = after.decisions(on: facts, by: counterparts, as: &requests) }
        if let limits { after.count(&new, of: facts, as: requests, by: limits.after) }
        for index in facts.indices where old[index].reason != new[index].reason {
            note(facts[index], at: positions.isEmpty ? nil : positions[index], old[index], new[index])
        }
    }

    /// A request that is decided differently.
    private mutating func note(_ fact: TrafficFact, at position: EventPosition?, _ old: Decision, _ new: Decision) {
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
        changes[change, default: Sample(path: fact.path, address: fact.address, time: fact.time)].add(
            fact.count, at: position, keeping: placesOfOne)
        if position != nil { keepFew() }
    }

    /// Keeps memory bounded: where there are many places, fewer of each change are kept.
    private mutating func keepFew() {
        placeCount += 1
        guard placeCount > mostPlaces else { return }
        repeat {
            for key in changes.keys { changes[key]?.places.keep(placesOfOne) }
            placeCount = changes.values.reduce(0) { $0 + $1.places.count }
            if placeCount > mostPlaces / 2 { placesOfOne /= 2 }
        } while placeCount > mostPlaces / 2
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

extension ReplayTally.Sample {
    fileprivate mutating func add(_ more: Int, at position: EventPosition?, keeping most: Int) {
        count += more
        if let position { places.add(position, keeping: most) }
    }
}
