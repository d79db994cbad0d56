/// What limits somebody's requests before and after a change, path by path.
///
/// All paths on which the same quotas count form a cell; the patterns of what changed and where they meet others name
/// them all.
struct LimitChange {
    /// A limit that goes away, or of which more than ten times as much is left.
    struct Loss {
        let quota: Quota
        /// The quota that counts in its place, and how much more it lets pass; nil when none does.
        let successor: (quota: Quota, rise: QuotaRise)?
        /// Where; nil for all paths.
        let pattern: RoutePattern?
    }

    private let old: [Quota]
    private let new: [Quota]
    /// Whether a quota is replaced only by one that counts by the same key. Who has no credentials is an address,
    /// whatever a quota counts by.
    private let isByKey: Bool

    init(from old: [Quota], to new: [Quota], isByKey: Bool = true) {
        self.old = old
        self.new = new
        self.isByKey = isByKey
    }

    func losses() -> [Loss] {
        let (before, after) = (Set(old), Set(new))
        guard before != after else { return [] }
        let changed = before.symmetricDifference(after).compactMap(\.pattern)
        var losses: [Loss] = []
        for quota in old {
            var successors: Set<Name<Quota>?> = []
            for cell in cells(of: quota, changed) {
                // What is lost on all its paths is lost on some of them.
                guard let loss = loss(of: quota, in: cell), successors.insert(loss.successor?.quota.name).inserted
                else { continue }
                losses.append(loss)
            }
        }
        return losses
    }

    private func cells(of quota: Quota, _ changed: [RoutePattern]) -> [RoutePattern?] {
        var cells: [RoutePattern?] = [quota.pattern]
        for pattern in changed {
            let cell = quota.pattern.map { $0.intersection(with: pattern) } ?? pattern
            if let cell, !cells.contains(cell) { cells.append(cell) }
        }
        return cells
    }

    private func loss(of quota: Quota, in cell: RoutePattern?) -> Loss? {
        guard Self.counting(old, in: cell).contains(quota) else { return nil }
        var nearest: (quota: Quota, rise: QuotaRise)?
        for other in Self.counting(new, in: cell) where !isByKey || other.key == quota.key {
            guard let rise = QuotaRise(from: quota, to: other) else { return nil }
            // What takes its place tells more than what counted beside it all the time.
            let isNearer =
                nearest.map { nearest in
                    other.displaces(quota) == nearest.quota.displaces(quota)
                        ? rise.factor < nearest.rise.factor : other.displaces(quota)
                } ?? true
            if isNearer { nearest = (other, rise) }
        }
        return Loss(quota: quota, successor: nearest, pattern: cell)
    }

    /// Those that count on all paths of a pattern which have no nearer one.
    private static func counting(_ quotas: [Quota], in cell: RoutePattern?) -> [Quota] {
        let there = quotas.filter { quota in
            guard let pattern = quota.pattern else { return true }
            return cell.map(pattern.covers) ?? pattern.isEverything
        }
        return there.filter { quota in !there.contains { $0.displaces(quota) } }
    }
}

extension RoutePattern {
    /// The pattern of the paths that match both; nil when there are none.
    func intersection(with other: RoutePattern) -> RoutePattern? {
        if covers(other) { return other }
        if other.covers(self) { return self }
        guard overlaps(other) else { return nil }
        let count = max(segments.count, other.segments.count)
        var text = ""
        for index in 0..<count {
            let both = [self, other].compactMap { index < $0.segments.count ? $0.segments[index] : nil }
            let literal = both.compactMap { if case .literal(let text) = $0 { text } else { nil } }.first
            text += "/" + (literal ?? "{v\(index)}")
        }
        return try? RoutePattern(text + (isOpen && other.isOpen ? "/*" : ""))
    }
}
