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
    let client: ClientIndex?
    let classification: Classification
    private var deny = UInt32.max
    private var plain = UInt32.max
    private var conditional = UInt32.max
    private var failed = UInt32.max
    private var failedKind = Condition.Kind.ip
    /// A bit for each role of the caller, by the lowest six bits of its number: most rules are told apart by it alone.
    private var signature: UInt64 = 0

    init(method: Method, client: ClientIndex?, classification: Classification) {
        self.method = method
        self.client = client
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

    mutating func run(
        _ snapshot: PolicySnapshot, _ request: AccessRequest, _ path: borrowing PathTable, roles: Span<UInt32>
    ) {
        for index in roles.indices { signature |= 1 << UInt64(roles[index] & 63) }
        visit(0, depth: 0, snapshot, request, path, roles)
        let everything = snapshot.ruleTable.trie.everything
        if everything != 0 { examine(everything, snapshot, request, path, roles) }
    }

    private mutating func visit(
        _ node: UInt32, depth: Int, _ snapshot: PolicySnapshot, _ request: AccessRequest, _ path: borrowing PathTable,
        _ roles: Span<UInt32>
    ) {
        let here = snapshot.ruleTable.trie.nodes[Int(node)]
        guard depth < path.count else {
            if here.exact != 0 { examine(here.exact, snapshot, request, path, roles) }
            return
        }
        if here.open != 0 { examine(here.open, snapshot, request, path, roles) }
        let literal = path.literal(depth)
        if literal != 0 {
            let child = snapshot.ruleTable.trie.edges.find(EdgeTable.key(node, literal))
            if child != 0 { visit(child, depth: depth + 1, snapshot, request, path, roles) }
        }
        if here.variable != 0 { visit(here.variable, depth: depth + 1, snapshot, request, path, roles) }
    }

    private mutating func examine(
        _ pattern: UInt32, _ snapshot: PolicySnapshot, _ request: AccessRequest, _ path: borrowing PathTable,
        _ roles: Span<UInt32>
    ) {
        let block = snapshot.ruleTable.blocks[Int(pattern)]
        guard block.filter != RuleTable.Block.short else {
            for index in block.start..<block.end { examine(index, block, snapshot, request, path, roles) }
            return
        }
        // Many roles have permissions on this pattern, and a caller few of them.
        let filters = Int(block.filter) + method.rawValue.trailingZeroBitCount
        for index in roles.indices {
            let role = roles[index]
            guard snapshot.ruleTable.filters.contains(Int(role), in: filters) else { continue }
            examine(role, in: block.start..<block.denyEnd, block, snapshot, request, path, roles)
            examine(role, in: block.denyEnd..<block.plainEnd, block, snapshot, request, path, roles)
            examine(role, in: block.plainEnd..<block.end, block, snapshot, request, path, roles)
        }
    }

    /// The entries of one role in a part of a long block.
    private mutating func examine(
        _ role: UInt32, in part: Range<UInt32>, _ block: RuleTable.Block, _ snapshot: PolicySnapshot,
        _ request: AccessRequest, _ path: borrowing PathTable, _ roles: Span<UInt32>
    ) {
        var low = part.lowerBound
        var high = part.upperBound
        while low < high {
            let middle = (low + high) / 2
            if snapshot.ruleTable.entries[Int(middle)].role < role { low = middle + 1 } else { high = middle }
        }
        while low < part.upperBound, snapshot.ruleTable.entries[Int(low)].role == role {
            examine(low, block, snapshot, request, path, roles)
            low += 1
        }
    }

    private mutating func examine(
        _ index: UInt32, _ block: RuleTable.Block, _ snapshot: PolicySnapshot, _ request: AccessRequest,
        _ path: borrowing PathTable, _ roles: Span<UInt32>
    ) {
        let entry = snapshot.ruleTable.entries[Int(index)]
        guard signature >> UInt64(entry.role & 63) & 1 == 1, entry.methods.contains(method), Self.has(entry.role, roles)
        else { return }
        if index < block.denyEnd {
            guard entry.rule < deny else { return }
            switch snapshot.verdict(on: entry.rule, request, path, client, classification) {
            // What can't be told counts as if it held: a deny is never lost.
            case .holds, .unknown: deny = entry.rule
            case .fails: return
            }
        } else if index < block.plainEnd {
            plain = min(plain, entry.rule)
        } else if plain == .max, entry.rule < conditional {
            switch snapshot.verdict(on: entry.rule, request, path, client, classification) {
            case .holds: conditional = entry.rule
            case .fails(let kind), .unknown(let kind):
                guard entry.rule < failed else { return }
                (failed, failedKind) = (entry.rule, kind)
            }
        }
    }

    private static func has(_ role: UInt32, _ roles: Span<UInt32>) -> Bool {
        var low = 0
        var high = roles.count
        while high - low > 8 {
            let middle = (low + high) / 2
            if roles[middle] <= role { low = middle } else { high = middle }
        }
        while low < high {
            if roles[low] == role { return true }
            low += 1
        }
        return false
    }
}
