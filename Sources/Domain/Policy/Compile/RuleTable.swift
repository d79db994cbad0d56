/// All permissions, by the pattern of their paths.
struct RuleTable: Sendable {
    struct Entry: Sendable, BitwiseCopyable {
        var role: UInt32
        var methods: MethodSet
    }

    /// The permissions of a pattern: denies, allows without conditions, allows with conditions, each in the order of
    /// rules and so of roles.
    struct Block: Sendable, BitwiseCopyable {
        var start: UInt32 = 0
        var denyEnd: UInt32 = 0
        var plainEnd: UInt32 = 0
        var end: UInt32 = 0
        /// The row of `roles` for the first method; nine rows follow each other. `Block.short` when there is none.
        var filter: UInt32 = Block.short
        /// A bit for each role that has a permission here, as in `RoleSet`.
        var signature: UInt64 = 0

        static let short = UInt32.max
    }

    /// A block with more entries gets a filter.
    static let longBlock = 24

    let entries: [Entry]
    /// The rule of each entry: beside them, since few are asked for.
    let entryRules: [UInt32]
    /// By number of pattern, of which 0 is none.
    let blocks: [Block]
    /// The roles that a long block says anything about, by method.
    let filters: NumberSets
    let conditions: ConditionTable
    /// The conditions of rule n lie from `conditionBounds[n]` up to `conditionBounds[n + 1]`.
    let conditionBounds: [UInt32]
    /// The role of each rule.
    let roles: [UInt32]
    /// The first rule of each role, and the count of all after the last.
    let firstRules: [UInt32]

    init(
        _ lists: PolicyLists, _ trie: inout PatternTrie, _ literals: inout LiteralTable,
        zone: (String) -> TimeZoneTable?
    ) {
        struct Draft {
            let pattern: UInt32
            let part: UInt8
            let rule: UInt32
            let entry: Entry
        }
        var conditions = ConditionTable(levels: lists.settings.authenticationLevels)
        var bounds: [UInt32] = [0]
        var drafts: [Draft] = []
        var roles: [UInt32] = []
        var firstRules: [UInt32] = []
        var numbers: [String: UInt32] = [:]
        for (role, item) in lists.roles.enumerated() {
            firstRules.append(UInt32(roles.count))
            for permission in item.permissions {
                let text = permission.pattern.text
                let known = numbers[text]
                let pattern = known ?? trie.number(of: permission.pattern, &literals)
                if known == nil { numbers[text] = pattern }
                conditions.append(permission, zone: zone)
                bounds.append(UInt32(conditions.tests.count))
                let part: UInt8 =
                    switch permission.effect {
                    case .deny: 0
                    case .allow: permission.conditions.isEmpty ? 1 : 2
                    }
                let entry = Entry(role: UInt32(role), methods: permission.methods)
                drafts.append(Draft(pattern: pattern, part: part, rule: UInt32(roles.count), entry: entry))
                roles.append(UInt32(role))
            }
        }
        firstRules.append(UInt32(roles.count))
        drafts.sort { ($0.pattern, $0.part, $0.rule) < ($1.pattern, $1.part, $1.rule) }

        var blocks = [Block](repeating: Block(), count: trie.count + 1)
        var filters = NumberSets(below: lists.roles.count)
        var index = 0
        while index < drafts.count {
            let pattern = drafts[index].pattern
            var ends = [UInt32](repeating: UInt32(index), count: 4)
            var signature: UInt64 = 0
            while index < drafts.count, drafts[index].pattern == pattern {
                signature |= RoleSet.bit(drafts[index].entry.role)
                index += 1
                for part in Int(drafts[index - 1].part)..<3 { ends[part + 1] = UInt32(index) }
            }
            var block = Block(
                start: ends[0], denyEnd: ends[1], plainEnd: ends[2], end: ends[3], signature: signature)
            if Int(block.end - block.start) > Self.longBlock {
                block.filter = UInt32(filters.count)
                for method in Method.allCases {
                    let row = filters.append()
                    for draft in drafts[Int(block.start)..<Int(block.end)] where draft.entry.methods.contains(method) {
                        filters.insert(Int(draft.entry.role), in: row)
                    }
                }
            }
            blocks[Int(pattern)] = block
        }
        entries = drafts.map(\.entry)
        entryRules = drafts.map(\.rule)
        self.blocks = blocks
        self.filters = filters
        self.conditions = conditions
        conditionBounds = bounds
        self.roles = roles
        self.firstRules = firstRules
    }
}
