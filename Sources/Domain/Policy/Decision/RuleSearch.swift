/// What the permissions of some roles say about a request.
struct RuleFinding {
    let reason: Reason
    let rule: RuleIndex?

    var isAllowed: Bool { reason == .allowed }
}

/// Looks through the permissions whose pattern matches a path, and remembers the first of each sort.
///
/// The first rule that denies and holds decides. Without one, the first allow without conditions; without one, the first
/// allow whose conditions all hold; without one, nothing is allowed.
struct RuleSearch {
    let method: Method
    let classification: Classification
    private var deny = UInt32.max
    private var plain = UInt32.max
    private var conditional = UInt32.max
    private var failed = UInt32.max
    private var failedKind = Condition.Kind.ip
    private let roles: RoleSet

    init(method: Method, roles: RoleSet, classification: Classification) {
        self.method = method
        self.roles = roles
        self.classification = classification
    }

    var finding: RuleFinding {
        // Deny wins: no allow can lift it.
        if deny != .max { return RuleFinding(reason: .permissionDenied, rule: RuleIndex(Int(deny))) }
        if plain != .max { return RuleFinding(reason: .allowed, rule: RuleIndex(Int(plain))) }
        if conditional != .max { return RuleFinding(reason: .allowed, rule: RuleIndex(Int(conditional))) }
        if failed != .max { return RuleFinding(reason: Reason(failed: failedKind), rule: RuleIndex(Int(failed))) }
        return RuleFinding(reason: .noPermission, rule: nil)
    }

    /// What the caller's roles, which are those of the snapshot, permit.
    mutating func finding(
        _ snapshot: PolicySnapshot, _ request: AccessRequest, _ path: inout PathTable, _ matches: inout PatternMatches
    ) -> RuleFinding {
        let members = snapshot.roleTable.members
        run(snapshot, request, &path, &matches, members: members.span)
        return finding
    }

    /// - Parameter members: Where the roles lie, if there are many.
    mutating func run(
        _ snapshot: PolicySnapshot, _ request: AccessRequest, _ path: inout PathTable,
        _ matches: inout PatternMatches, members: Span<UInt32>
    ) {
        for index in 0..<matches.count { examine(matches.pattern(index), snapshot, request, &path, members) }
    }

    private mutating func examine(
        _ pattern: UInt32, _ snapshot: PolicySnapshot, _ request: AccessRequest, _ path: inout PathTable,
        _ members: Span<UInt32>
    ) {
        let block = snapshot.ruleTable.blocks[Int(pattern)]
        guard block.signature & roles.signature != 0 else { return }
        guard block.filter != RuleTable.Block.short else {
            for index in block.start..<block.end where concerns(snapshot.ruleTable.entries[Int(index)], members) {
                examine(index, block, snapshot, request, &path)
            }
            return
        }
        // Many roles have permissions on this pattern, and a caller few of them.
        let filters = Int(block.filter) + method.rawValue.trailingZeroBitCount
        for index in 0..<roles.count {
            let role = roles.role(index, members)
            guard snapshot.ruleTable.filters.contains(Int(role), in: filters) else { continue }
            examine(role, in: block.start..<block.denyEnd, block, snapshot, request, &path)
            examine(role, in: block.denyEnd..<block.plainEnd, block, snapshot, request, &path)
            examine(role, in: block.plainEnd..<block.end, block, snapshot, request, &path)
        }
    }

    /// The entries of one role in a part of a long block.
    private mutating func examine(
        _ role: UInt32, in part: Range<UInt32>, _ block: RuleTable.Block, _ snapshot: PolicySnapshot,
        _ request: AccessRequest, _ path: inout PathTable
    ) {
        var low = part.lowerBound
        var high = part.upperBound
        while low < high {
            let middle = (low + high) / 2
            if snapshot.ruleTable.entries[Int(middle)].role < role { low = middle + 1 } else { high = middle }
        }
        while low < part.upperBound, snapshot.ruleTable.entries[Int(low)].role == role {
            if snapshot.ruleTable.entries[Int(low)].methods.contains(method) {
                examine(low, block, snapshot, request, &path)
            }
            low += 1
        }
    }

    private func concerns(_ entry: RuleTable.Entry, _ members: Span<UInt32>) -> Bool {
        roles.mayContain(entry.role) && entry.methods.contains(method) && roles.contains(entry.role, members)
    }

    /// A permission of one of the caller's roles, for the method.
    private mutating func examine(
        _ index: UInt32, _ block: RuleTable.Block, _ snapshot: PolicySnapshot, _ request: AccessRequest,
        _ path: inout PathTable
    ) {
        let rule = snapshot.ruleTable.entryRules[Int(index)]
        if index < block.denyEnd {
            guard rule < deny else { return }
            switch snapshot.verdict(on: rule, request, &path, classification) {
            // What can't be told counts as if it held: a deny is never lost.
            case .holds, .unknown: deny = rule
            case .fails: return
            }
        } else if index < block.plainEnd {
            plain = min(plain, rule)
        } else if plain == .max, rule < conditional {
            switch snapshot.verdict(on: rule, request, &path, classification) {
            case .holds: conditional = rule
            case .fails(let kind), .unknown(let kind):
                guard rule < failed else { return }
                (failed, failedKind) = (rule, kind)
            }
        }
    }
}
