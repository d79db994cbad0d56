/// Why these quotas count a request and others don't, from the policy as it is written.
package struct QuotaExplanation: Hashable, Sendable {
    package struct Candidate: Hashable, Sendable {
        package let quota: Quota
        package let answer: Answer
    }

    package enum Answer: Hashable, Sendable {
        case applies
        /// Its pattern isn't that of the request's path.
        case otherPaths
        /// A quota of the same key and window is nearer.
        case displaced(by: Name<Quota>)
    }

    /// Where the request's tier comes from.
    package enum TierSource: Hashable, Sendable {
        case client(Name<Tier>)
        /// The settings' tier for clients that name none.
        case clientsWithout(Name<Tier>)
        /// The settings' tier for requests without credentials.
        case anonymous(Name<Tier>)
        case none

        package var tier: Name<Tier>? {
            switch self {
            case .client(let tier), .clientsWithout(let tier), .anonymous(let tier): tier
            case .none: nil
            }
        }
    }

    package let client: Name<Client>?
    package let tier: TierSource
    /// The client's own and the tier's, from the nearest to the farthest.
    package let candidates: [Candidate]

    /// A nil client stands for a request without credentials.
    package init(_ policy: Policy, client: Client?, isOn: (RoutePattern) -> Bool) {
        let settings = policy.settings
        self.client = client?.name
        tier =
            if let client {
                client.tier.map { .client($0) } ?? settings.defaultTier.map { .clientsWithout($0) } ?? .none
            } else {
                settings.anonymousTier.map { .anonymous($0) } ?? .none
            }
        let tierName = tier.tier
        let mine = policy.quotas.filter { quota in
            switch quota.holder {
            case .tier(let tier): tier == tierName
            case .client(let name): name == client?.name
            }
        }
        let onPath = mine.filter { $0.pattern.map(isOn) ?? true }
        candidates = mine.sorted(by: Quota.comesBefore).map { quota in
            guard onPath.contains(quota) else { return Candidate(quota: quota, answer: .otherPaths) }
            let nearest = onPath.filter { $0.displaces(quota) }.min(by: Quota.comesBefore)
            return Candidate(quota: quota, answer: nearest.map { .displaced(by: $0.name) } ?? .applies)
        }
    }

    package var applying: [Quota] { candidates.filter { $0.answer == .applies }.map(\.quota) }
}

extension QuotaExplanation: CustomStringConvertible {
    /// A line for the tier, then one for each quota.
    package var lines: [String] {
        let first =
            switch tier {
            case .client(let tier): "tier \(tier), which the client names"
            case .clientsWithout(let tier): "tier \(tier), which clients have that name none"
            case .anonymous(let tier): "tier \(tier), which requests without credentials have"
            case .none: client == nil ? "no tier: requests without credentials have none" : "no tier"
            }
        if candidates.isEmpty { return [first, "no quota: nothing is counted"] }
        return [first] + candidates.map(\.line)
    }

    package var description: String { lines.joined(separator: "\n") }
}

extension QuotaExplanation.Candidate {
    var line: String {
        let why =
            switch answer {
            case .applies: "applies"
            case .otherPaths: "is for other paths"
            case .displaced(let name): "gives way to \(name), which is nearer"
            }
        return "\(quota.name) \(why): \(quota.summary)"
    }
}

extension Quota {
    /// As in `1000 units in any 1h for each client on /v1/*`.
    package var summary: String {
        var text: String
        switch window {
        case .rate(let seconds): text = "\(amount) per \(Self.duration(seconds)), \(1 + burst) at once"
        case .rolling(let seconds): text = "\(amount) in any \(Self.duration(seconds))"
        case .calendar(let unit, let zone): text = "\(amount) each \(unit.name) in \(zone)"
        }
        switch key {
        case .client: text += " for each client"
        case .subject: text += " for each subject"
        case .address: text += " for each address"
        case .clientAndRoute: text += " for each client and route"
        }
        if let pattern { text += " on \(pattern)" }
        switch holder {
        case .tier(let tier): return text + ", of tier \(tier)"
        case .client(let client): return text + ", of client \(client)"
        }
    }

    private var amount: String {
        guard let adaptive else { return "\(limit) \(limit == 1 ? "unit" : "units")" }
        return "\(adaptive.percent) % of what is usual, \(adaptive.floor) to \(adaptive.ceiling) units,"
    }

    private static func duration(_ seconds: Int) -> String {
        let (microseconds, overflow) = Int64(seconds).multipliedReportingOverflow(by: 1_000_000)
        return overflow ? "\(seconds)s" : DurationText.exact(microseconds)
    }
}
