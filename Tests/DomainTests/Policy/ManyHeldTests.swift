import Domain
import Testing

/// A client's first few roles and scopes lie elsewhere than those of clients with many.
struct ManyHeldTests {
    @Test(arguments: [1, 7, 8, 9, 70])
    func `each of many roles and scopes counts, and no other`(_ held: Int) throws {
        var policy = Policy([])
        for number in 0..<100 {
            policy.put(.scope(Scope(name: try Name("scope\(number)"))))
            let pattern = try RoutePattern("/things/\(number)")
            policy.put(
                .route(
                    Route(
                        name: try Name("route\(number)"), pattern: pattern, methods: MethodSet([.get]),
                        requiredScopes: [try Name("scope\(number)")])))
            policy.put(
                .role(
                    Role(
                        name: try Name("role\(number)"),
                        permissions: [Permission(effect: .allow, methods: .all, pattern: pattern)])))
        }
        // Every third, so that the numbers lie apart.
        let numbers = (0..<held).map { $0 * 3 % 100 }
        policy.put(
            .client(
                try Client(
                    "holder", roles: numbers.map { "role\($0)" }.sorted(), scopes: numbers.map { "scope\($0)" }.sorted()
                )))
        let snapshot = try policy.compiled()
        let holder = try #require(snapshot.client(named: "holder"))
        for number in 0..<100 {
            let request = AccessRequest(
                method: .get, target: Array("/things/\(number)".utf8), address: nil,
                time: Timestamp(seconds: 1_795_000_000), caller: .client(holder, CredentialFacts()))
            let decision = snapshot.decision(for: request, revocations: .none)
            #expect(decision.reason == (numbers.contains(number) ? .allowed : .scopeMissing))
        }
    }
}
