/// What only the most specific of a request's quotas has a say in: a key over a kind of window of a length.
package struct QuotaSlot: Hashable, Sendable {
    package enum Span: Hashable, Sendable {
        case rate(seconds: Int)
        case rolling(seconds: Int)
        /// In whichever zone.
        case calendar(Quota.CalendarUnit)
    }

    package let key: Quota.Key
    package let span: Span

    package init(_ quota: Quota) {
        key = quota.key
        span =
            switch quota.window {
            case .rate(let seconds): .rate(seconds: seconds)
            case .rolling(let seconds): .rolling(seconds: seconds)
            case .calendar(let unit, zone: _): .calendar(unit)
            }
    }
}

/// How near a quota is to a request: a client's own before its tier's, one for some paths before one for all.
package enum QuotaSpecificity: UInt8, CaseIterable, Comparable, Sendable, BitwiseCopyable {
    case clientOnPaths
    case client
    case tierOnPaths
    case tier

    package init(_ quota: Quota) {
        self =
            switch quota.holder {
            case .client: quota.pattern == nil ? .client : .clientOnPaths
            case .tier: quota.pattern == nil ? .tier : .tierOnPaths
            }
    }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension Quota {
    /// Whether this takes the place of another that applies to the same request: they share a slot, and it is nearer,
    /// or as near with paths that lie within the other's. Of two that are equally near both count.
    package func displaces(_ other: Quota) -> Bool {
        guard QuotaSlot(self) == QuotaSlot(other) else { return false }
        let (mine, theirs) = (QuotaSpecificity(self), QuotaSpecificity(other))
        guard mine == theirs, let pattern, let wider = other.pattern else { return mine < theirs }
        return wider.covers(pattern) && !pattern.covers(wider)
    }

    /// An order in which what displaces comes before what it displaces.
    static func comesBefore(_ left: Quota, _ right: Quota) -> Bool {
        func rank(_ quota: Quota) -> (UInt8, Int, Int, Int) {
            let pattern = quota.pattern
            let literals = pattern?.segments.count { if case .literal = $0 { true } else { false } }
            return (
                QuotaSpecificity(quota).rawValue, pattern?.isEverything == true ? 1 : 0,
                -(pattern?.segments.count ?? 0),
                -(literals ?? 0)
            )
        }
        let (mine, theirs) = (rank(left), rank(right))
        return mine == theirs ? left.name < right.name : mine < theirs
    }
}
