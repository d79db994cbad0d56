/// A policy that was checked and compiled: what decisions are made from. It never changes.
///
/// An object, so that handing it to another thread is one count and not twenty.
package final class PolicySnapshot: Sendable {
    package let policy: Policy
    let lists: PolicyLists
    let literals: LiteralTable
    /// The patterns of routes, and then those of permissions alone.
    let trie: PatternTrie
    let routeTable: RouteTable
    let ruleTable: RuleTable
    let roleTable: RoleTable
    let clientTable: ClientTable

    /// Compiles a policy; `zones` finds a time zone by its name in the IANA database.
    package init(compiling policy: Policy, zones: (String) -> TimeZoneTable?) throws(PolicyProblems) {
        let lists = PolicyLists(policy)
        let numbers = PolicyNumbers(lists)
        var checker = PolicyChecker(lists, numbers)
        checker.check(zones: zones)
        guard checker.problems.isEmpty else { throw PolicyProblems(checker.problems) }

        var literals = LiteralTable()
        var trie = PatternTrie()
        routeTable = RouteTable(lists, numbers, &trie, &literals)
        ruleTable = RuleTable(lists, &trie, &literals, zone: zones)
        var roles = RoleTable(lists.roles, numbers: numbers.roles)
        clientTable = ClientTable(lists, numbers, &roles)
        roleTable = roles
        self.literals = literals
        self.trie = trie
        self.policy = policy
        self.lists = lists
    }

    // MARK: - Names of indices

    package func client(named name: String) -> ClientIndex? {
        clientTable.numbers[name].map { ClientIndex(Int($0)) }
    }

    package func client(_ index: ClientIndex) -> Client { lists.clients[Int(index.number)] }

    package func route(_ index: RouteIndex) -> Route { lists.routes[Int(index.number)] }

    package func role(_ index: RoleIndex) -> Role { lists.roles[Int(index.number)] }

    package func rule(_ index: RuleIndex) -> Rule {
        let number = Int(index.number)
        let role = Int(ruleTable.roles[number])
        let position = number - Int(ruleTable.firstRules[role])
        return Rule(
            role: lists.roles[role].name, position: position, permission: lists.roles[role].permissions[position])
    }

    package var clientCount: Int { lists.clients.count }
    package var routeCount: Int { lists.routes.count }
    package var ruleCount: Int { ruleTable.roles.count }
}
