/// Routes by path and method.
struct RouteTable: Sendable {
    struct Record: Sendable, BitwiseCopyable {
        var firstScope: UInt32
        var scopeCount: UInt32
        var cost: Int32
        var classification: Classification
    }

    /// The patterns of routes are the first of the trie.
    let patternCount: UInt32
    let records: [Record]
    /// The required scopes of all routes, one route after the other.
    let scopes: [UInt32]
    /// For each pattern of the trie the methods that it has routes for, and where these begin in `routes`.
    private let places: [Place]
    /// The routes of all patterns, one pattern after the other, each in the order of methods.
    private let routes: [UInt32]

    private struct Place: Sendable, BitwiseCopyable {
        var first: UInt32 = 0
        var methods = MethodSet()
    }

    init(
        _ lists: PolicyLists, _ numbers: PolicyNumbers, _ trie: inout PatternTrie, _ literals: inout LiteralTable
    ) {
        var records: [Record] = []
        var scopes: [UInt32] = []
        var patterns: [[(method: Method, route: UInt32)]] = []
        for (index, route) in lists.routes.enumerated() {
            let first = scopes.count
            for scope in route.requiredScopes { if let number = numbers.scopes[scope.text] { scopes.append(number) } }
            records.append(
                Record(
                    firstScope: UInt32(first), scopeCount: UInt32(scopes.count - first), cost: Int32(route.cost),
                    classification: route.classification))
            let pattern = Int(trie.number(of: route.pattern, &literals))
            while patterns.count <= pattern { patterns.append([]) }
            patterns[pattern] += route.methods.methods.map { ($0, UInt32(index)) }
        }
        var routes: [UInt32] = []
        var places: [Place] = []
        for pattern in patterns {
            places.append(Place(first: UInt32(routes.count), methods: MethodSet(pattern.map(\.method))))
            routes += pattern.sorted { $0.method.rawValue < $1.method.rawValue }.map(\.route)
        }
        patternCount = UInt32(trie.count)
        self.records = records
        self.scopes = scopes
        self.places = places
        self.routes = routes
    }

    /// The route of a pattern for a method; nil when the pattern has none for it.
    func route(_ pattern: UInt32, _ method: Method) -> RouteIndex? {
        let place = places[Int(pattern)]
        guard place.methods.contains(method) else { return nil }
        let before = place.methods.rawValue & (method.rawValue - 1)
        return RouteIndex(Int(routes[Int(place.first) + before.nonzeroBitCount]))
    }

    /// The methods that a pattern has routes for.
    func methods(of pattern: UInt32) -> MethodSet {
        places[Int(pattern)].methods
    }
}
