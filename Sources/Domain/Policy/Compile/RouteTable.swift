/// Routes by path and method.
struct RouteTable: Sendable {
    struct Record: Sendable, BitwiseCopyable {
        var firstScope: UInt32
        var scopeCount: UInt32
        var cost: Int32
        var classification: Classification
    }

    static let none = UInt32.max

    /// The patterns of routes are the first of the trie.
    let patternCount: UInt32
    let records: [Record]
    /// The required scopes of all routes, one route after the other.
    let scopes: [UInt32]
    /// For each pattern of the trie and each method the route, or `none`.
    private let routes: [UInt32]

    init(
        _ lists: PolicyLists, _ numbers: PolicyNumbers, _ trie: inout PatternTrie, _ literals: inout LiteralTable
    ) {
        var records: [Record] = []
        var scopes: [UInt32] = []
        var routes: [UInt32] = []
        for (index, route) in lists.routes.enumerated() {
            let first = scopes.count
            for scope in route.requiredScopes { if let number = numbers.scopes[scope.text] { scopes.append(number) } }
            records.append(
                Record(
                    firstScope: UInt32(first), scopeCount: UInt32(scopes.count - first), cost: Int32(route.cost),
                    classification: route.classification))
            let pattern = Int(trie.number(of: route.pattern, &literals))
            while routes.count <= pattern * Self.stride {
                routes.append(contentsOf: repeatElement(Self.none, count: Self.stride))
            }
            for method in route.methods.methods { routes[pattern * Self.stride + Self.place(method)] = UInt32(index) }
        }
        patternCount = UInt32(trie.count)
        self.records = records
        self.scopes = scopes
        self.routes = routes
    }

    private static let stride = 16

    private static func place(_ method: Method) -> Int { method.rawValue.trailingZeroBitCount }

    /// The route of a pattern for a method; nil when the pattern has none for it.
    func route(_ pattern: UInt32, _ method: Method) -> RouteIndex? {
        let route = routes[Int(pattern) * Self.stride + Self.place(method)]
        return route == Self.none ? nil : RouteIndex(Int(route))
    }

    /// The methods that a pattern has routes for.
    func methods(of pattern: UInt32) -> MethodSet {
        MethodSet(Method.allCases.filter { route(pattern, $0) != nil })
    }
}
