/// Which quotas count a request: made once from a policy, for all its clients and routes.
///
/// Made of any policy: whether it makes sense is for `PolicySnapshot` to say. What it names and isn't there has no
/// quotas, and an unknown time zone is UTC.
package struct QuotaResolver: Sendable {
    /// In the order of names.
    package let quotas: [Quota]
    let rules: [LimitRule]
    let zones: [TimeZoneTable]
    /// The most quotas that can count one request.
    let most: Int

    /// Of each client.
    private let holders: [Holder]
    private let anonymousTier: Int32
    private let routeKeys: [LimitKey]
    /// A client's own quotas, from those that are nearest; few clients have any.
    private let overrides: [UInt32: [Candidate]]
    /// Routes that lie the same to all patterns of quotas form a group; for each tier and group, what applies.
    private let groups: [Int32]
    private let groupCount: Int
    private let cells: [Cell]
    /// Of all cells.
    private let candidates: [Candidate]
    private let patterns: PatternTable

    private struct Holder: Sendable, BitwiseCopyable {
        let key: LimitKey
        /// The place after the last tier stands for none.
        let tier: Int32
    }

    struct Candidate: Sendable, BitwiseCopyable {
        let quota: Int32
        let slot: Int32
        let specificity: QuotaSpecificity
        /// Negative for all paths.
        let pattern: Int32
    }

    /// A tier's quotas for a group of routes, from those that are nearest, among the candidates of all cells.
    private struct Cell: Sendable, BitwiseCopyable {
        let start: Int32
        let end: Int32
        /// Whether no path makes a difference any more; then the candidates are what applies.
        let isSettled: Bool
    }

    package init(_ policy: Policy, zones zoneNamed: (String) -> TimeZoneTable?) {
        self.init(policy, clients: policy.clients, routes: policy.routes, zones: zoneNamed)
    }

    /// Of a compiled policy, whose indices it shares.
    package init(_ snapshot: PolicySnapshot, zones zoneNamed: (String) -> TimeZoneTable?) {
        self.init(snapshot.policy, clients: snapshot.lists.clients, routes: snapshot.lists.routes, zones: zoneNamed)
    }

    /// With the policy's clients and routes in the order of names, for who has them already.
    package init(
        _ policy: Policy, clients: [Client], routes: [Route], zones zoneNamed: (String) -> TimeZoneTable?
    ) {
        let quotas = policy.quotas
        var zones: [TimeZoneTable] = [.utc]
        var zoneNumbers: [String: Int32] = [:]
        for quota in quotas {
            guard case .calendar(_, zone: let name) = quota.window, zoneNumbers[name] == nil else { continue }
            zoneNumbers[name] = Int32(zones.count)
            zones.append(zoneNamed(name) ?? .utc)
        }
        rules = quotas.map { quota in
            guard case .calendar(_, zone: let name) = quota.window else { return LimitRule(quota, zone: 0) }
            return LimitRule(quota, zone: zoneNumbers[name] ?? 0)
        }
        self.quotas = quotas
        self.zones = zones

        let patterns = PatternTable(quotas: quotas, routes: routes)
        var slots: [QuotaSlot: Int32] = [:]
        let ranked = quotas.indices.sorted { Quota.comesBefore(quotas[$0], quotas[$1]) }.map { index in
            let quota = quotas[index]
            let slot = slots[QuotaSlot(quota)] ?? Int32(slots.count)
            slots[QuotaSlot(quota)] = slot
            return Candidate(
                quota: Int32(index), slot: slot, specificity: QuotaSpecificity(quota),
                pattern: patterns.index(of: quota))
        }
        var byTier: [Name<Tier>: [Candidate]] = [:]
        var byClient: [Name<Client>: [Candidate]] = [:]
        for candidate in ranked {
            switch quotas[Int(candidate.quota)].holder {
            case .tier(let tier): byTier[tier, default: []].append(candidate)
            case .client(let client): byClient[client, default: []].append(candidate)
            }
        }

        let settings = policy.settings
        let tierNames = byTier.keys.sorted()
        let tierNumbers = Dictionary(uniqueKeysWithValues: zip(tierNames, Int32(0)...))
        func number(_ tier: Name<Tier>?) -> Int32 {
            tier.flatMap { tierNumbers[$0] } ?? Int32(tierNames.count)
        }
        let defaultTier = number(settings.defaultTier)
        anonymousTier = number(settings.anonymousTier)
        holders = clients.map { client in
            Holder(key: LimitKey(client: client.name), tier: client.tier.map { number($0) } ?? defaultTier)
        }
        routeKeys = routes.map { LimitKey(route: $0.name) }
        var overrides: [UInt32: [Candidate]] = [:]
        if !byClient.isEmpty {
            for (index, client) in clients.enumerated() { overrides[UInt32(index)] = byClient[client.name] }
        }
        self.overrides = overrides

        (groups, groupCount) = (patterns.groups, patterns.groupCount)
        var cells: [Cell] = []
        var candidates: [Candidate] = []
        for tier in tierNames {
            for group in 0..<groupCount {
                let (found, isSettled) = Self.candidates(of: byTier[tier] ?? [], onGroup: group, patterns)
                let start = Int32(candidates.count)
                candidates += found
                cells.append(Cell(start: start, end: Int32(candidates.count), isSettled: isSettled))
            }
        }
        cells += Array(repeating: Cell(start: 0, end: 0, isSettled: true), count: groupCount)
        (self.cells, self.candidates) = (cells, candidates)
        self.patterns = patterns
        most = (byTier.values.map(\.count).max() ?? 0) + (byClient.values.map(\.count).max() ?? 0)
    }

    /// The tier's candidates without those for other paths, and without those that others displace on every path.
    private static func candidates(
        of tier: [Candidate], onGroup group: Int, _ patterns: PatternTable
    ) -> (found: [Candidate], isSettled: Bool) {
        var found: [Candidate] = []
        var certain: [Candidate] = []
        for candidate in tier where !certain.contains(where: { patterns.displaces($0, candidate) }) {
            switch patterns.relation(of: candidate.pattern, toGroup: group) {
            case .disjoint: continue
            case .partial: break
            case .covers: certain.append(candidate)
            }
            found.append(candidate)
        }
        return (found, certain.count == found.count)
    }

    /// Calls with each quota that counts a request. Whether the request's path is one of a pattern is asked only where
    /// the route alone doesn't tell.
    func forEach(
        of client: ClientIndex?, on route: RouteIndex, isOn: (RoutePattern) -> Bool, _ body: (Int32) -> Void
    ) {
        let group = Int(groups[Int(route.number)])
        let tier = client.map { holders[Int($0.number)].tier } ?? anonymousTier
        let cell = cells[Int(tier) * groupCount + group]
        let own = overrides.isEmpty ? nil : client.flatMap { overrides[$0.number] }
        if own == nil, cell.isSettled {
            for index in cell.start..<cell.end { body(candidates[Int(index)].quota) }
            return
        }
        withUnsafeTemporaryAllocation(of: Candidate.self, capacity: most) { chosen in
            var count = 0
            func consider(_ candidate: Candidate) {
                switch patterns.relation(of: candidate.pattern, toGroup: group) {
                case .disjoint: return
                case .partial: if !isOn(patterns.patterns[Int(candidate.pattern)]) { return }
                case .covers: break
                }
                for index in 0..<count where patterns.displaces(chosen[index], candidate) { return }
                chosen[count] = candidate
                count += 1
            }
            if let own { for candidate in own { consider(candidate) } }
            for index in cell.start..<cell.end { consider(candidates[Int(index)]) }
            for index in 0..<count { body(chosen[index].quota) }
        }
    }

    /// Asks the memory for the clients of some requests, all at once.
    @inline(never)
    func touch(_ uses: [LimitUse], _ places: Range<Int>) -> Int32 {
        var tiers: Int32 = 0
        for place in places {
            if let client = uses[place].client { tiers |= holders[Int(client.number)].tier }
        }
        return tiers
    }

    /// Under which key a quota counts a request.
    func key(of rule: LimitRule, for use: LimitUse) -> LimitKey {
        switch rule.key {
        case .client: caller(of: use)
        case .subject: use.client == nil ? caller(of: use) : use.subject ?? caller(of: use)
        case .address: LimitKey(address: use.address)
        case .clientAndRoute: caller(of: use).on(routeKeys[Int(use.route.number)])
        }
    }

    private func caller(of use: LimitUse) -> LimitKey {
        use.client.map { holders[Int($0.number)].key } ?? LimitKey(address: use.address)
    }
}
