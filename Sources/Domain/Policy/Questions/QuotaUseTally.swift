/// Adds up what a client took from its quotas, from recorded requests in any order.
///
/// A quota has a unit of the cost of its route for each request that was let through in the window that ends now. Its
/// bursts and what it would itself have refused are left out: other gateways decided.
package struct QuotaUseTally: Sendable {
    private let client: ClientIndex
    private let resolver: QuotaResolver
    private let explanation: QuotaExplanation
    /// When the window began that each quota counts in now.
    private let starts: [Timestamp]
    private var decider: FactDecider
    private var counters: [[LimitKey: Counter]]
    private var limited: [Int]

    private struct Counter {
        var units = 0
        let name: String
    }

    package init(
        _ snapshot: PolicySnapshot, of client: ClientIndex, at now: Timestamp, zones: (String) -> TimeZoneTable?
    ) {
        self.client = client
        resolver = QuotaResolver(snapshot, zones: zones)
        // Of quotas on some paths each counts there; only what gives way on all paths is said to.
        explanation = QuotaExplanation(snapshot.policy, client: snapshot.client(client)) { _ in false }
        starts = resolver.quotas.map { quota in
            switch quota.window {
            case .rate(let seconds), .rolling(let seconds):
                now.advanced(by: -Int64(clamping: seconds).clampedToMicroseconds)
            case .calendar(let unit, let zone):
                CalendarWindow.around(now, unit: unit, zone: zones(zone) ?? .utc).lowerBound
            }
        }
        decider = FactDecider(snapshot)
        counters = Array(repeating: [:], count: resolver.quotas.count)
        limited = Array(repeating: 0, count: resolver.quotas.count)
    }

    /// When the longest window of its quotas began; nil when it has none.
    package var start: Timestamp? { explanation.candidates.compactMap { start(of: $0.quota) }.min() }

    package func start(of quota: Quota) -> Timestamp? {
        place(of: quota).map { starts[$0] }
    }

    private func place(of quota: Quota) -> Int? {
        // In the order of names.
        var range = 0..<resolver.quotas.count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if resolver.quotas[middle].name == quota.name { return middle }
            range =
                resolver.quotas[middle].name < quota.name ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }

    /// Takes in a request of the client, with what became of it.
    package mutating func add(_ fact: TrafficFact, outcome: Outcome) {
        switch outcome {
        case .allowed, .failed, .limited: break
        case .unauthenticated, .forbidden, .invalid: return
        }
        var request = FactDecider.request(fact)
        request.caller = decider.caller(client, isNamed: true, subject: fact.subject)
        var path = PathTable()
        let decision = decider.snapshot.decision(for: request, reading: &path, revocations: .none)
        guard let route = decision.route else { return }
        let cost = max(1, decider.snapshot.route(route).cost)
        var use = LimitUse(client: client, address: fact.address, route: route)
        if case .token(_, let token) = request.caller { use.subject = token.subjectKey }
        resolver.forEach(of: client, on: route, isOn: { path.matches($0, in: request.target.span) }) { number in
            let number = Int(number)
            guard fact.time >= starts[number] else { return }
            if outcome == .limited {
                limited[number] += fact.count
                return
            }
            let rule = resolver.rules[number]
            let key = resolver.key(of: rule, for: use)
            let name = name(of: rule.key, fact, route)
            counters[number][key, default: Counter(name: name)].units += cost * fact.count
        }
    }

    private func name(of key: Quota.Key, _ fact: TrafficFact, _ route: RouteIndex) -> String {
        switch key {
        case .client: ""
        case .subject: fact.subject.isEmpty ? "itself" : fact.subject
        case .address: fact.address.map { $0.isV4 ? "\($0)" : "\($0)/64" } ?? "unknown"
        case .clientAndRoute: decider.snapshot.route(route).name.text
        }
    }

    /// Of the client's own quotas and those of its tier, the nearest first.
    ///
    /// - Parameter reach: The time of the oldest request that was added, where older ones were left out.
    package func uses(reachingBackTo reach: Timestamp? = nil) -> [QuotaUse] {
        explanation.candidates.map { candidate in
            var use = QuotaUse(candidate.quota, displacedBy: candidate.nearer)
            guard let place = place(of: candidate.quota) else { return use }
            let most = counters[place].values.max { ($0.units, $1.name) < ($1.units, $0.name) }
            use.used = most?.units ?? 0
            use.limited = limited[place]
            use.keys = counters[place].count
            if candidate.quota.key != .client { use.heaviest = most?.name }
            if let reach, starts[place] < reach { use.precision = .atLeast }
            return use
        }
    }
}

extension QuotaExplanation.Candidate {
    fileprivate var nearer: Name<Quota>? { if case .displaced(let name) = answer { name } else { nil } }
}

extension Int64 {
    /// Seconds in microseconds; ten years at most.
    fileprivate var clampedToMicroseconds: Int64 { Swift.min(Swift.max(self, 0), 315_360_000) * 1_000_000 }
}
