/// The patterns of quotas, and how they lie to the routes and to each other.
struct PatternTable: Sendable {
    private(set) var patterns: [RoutePattern] = []
    /// Of each route.
    private(set) var groups: [Int32] = []
    private(set) var groupCount = 0
    private var indices: [RoutePattern: Int32] = [:]
    /// By group and pattern.
    private var relations: [PatternRelation] = []
    /// By pattern and pattern: whether the first lies within the second, which has more.
    private var isInside: [Bool] = []

    init(quotas: [Quota], routes: [Route]) {
        for quota in quotas {
            guard let pattern = quota.pattern, indices[pattern] == nil else { continue }
            indices[pattern] = Int32(patterns.count)
            patterns.append(pattern)
        }
        for inner in patterns {
            for outer in patterns { isInside.append(outer.covers(inner) && !inner.covers(outer)) }
        }
        var numbers: [[PatternRelation]: Int32] = [:]
        for route in routes {
            let row = patterns.map { $0.relation(to: route.pattern) }
            let number = numbers[row] ?? Int32(numbers.count)
            if numbers[row] == nil {
                numbers[row] = number
                relations += row
            }
            groups.append(number)
        }
        groupCount = numbers.count
    }

    /// Negative for a quota on all paths.
    func index(of quota: Quota) -> Int32 { quota.pattern.flatMap { indices[$0] } ?? -1 }

    func relation(of pattern: Int32, toGroup group: Int) -> PatternRelation {
        pattern < 0 ? .covers : relations[group * patterns.count + Int(pattern)]
    }

    /// The same as `Quota.displaces`, by numbers.
    func displaces(_ one: QuotaResolver.Candidate, _ other: QuotaResolver.Candidate) -> Bool {
        guard one.slot == other.slot else { return false }
        guard one.specificity == other.specificity, one.pattern >= 0, other.pattern >= 0 else {
            return one.specificity < other.specificity
        }
        return isInside[Int(one.pattern) * patterns.count + Int(other.pattern)]
    }
}
