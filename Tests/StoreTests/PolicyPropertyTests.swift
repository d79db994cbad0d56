import Domain
import Testing

@testable import Store

struct PolicyPropertyTests {
    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `any sequence of changes, undone in reverse, gives the first content`(seed: UInt64) throws {
        let home = try TemporaryStore()
        let store = try PolicyStore.create(in: home.folder, by: .maria, clock: { home.now })
        let test = PolicyHome(home: home, store: store)
        try test.apply([.settings(PolicySettings(approvals: []))] + PolicyHome.items())
        let first = try store.active()
        var generator = SeededGenerator(seed: seed)
        var contents = [first.version.content]
        var numbers: [Int] = []
        for _ in 0..<15 {
            let next = try changed(try store.active().policy, &generator)
            let edits = try store.active().policy.edits(to: next)
            do {
                let outcome = try store.apply(edits, by: .maria, reason: "test", basedOn: first.version.number)
                numbers.append(outcome.version.number)
                contents.append(outcome.version.content)
            } catch let error as PolicyStoreError where error == .nothingToDo || error.category == .refused {
                continue
            }
            #expect(try PolicyStore(folder: home.folder, for: .reading).active().policy == next)
        }
        #expect(numbers.count > 5)
        for number in numbers.reversed() {
            #expect(contents.popLast() == (try store.active().version.content))
            let outcome = try store.undo(number, by: .maria, reason: "test")
            #expect(outcome.version.content == contents.last)
        }
        #expect(try store.active().policy == first.policy)
        #expect(try store.active().version.content == first.version.content)
        #expect(try store.verify().findings == [])
    }

    /// Some items made, changed or removed at random.
    private func changed(_ policy: Policy, _ generator: inout SeededGenerator) throws -> Policy {
        var policy = policy
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            let number = Int.random(in: 0..<5, using: &generator)
            let note = "n\(Int.random(in: 0..<3, using: &generator))"
            let item: PolicyItem =
                switch Int.random(in: 0..<6, using: &generator) {
                case 0: .client(try PolicyHome.client("client-\(number)", note: note))
                case 1: .role(try PolicyHome.role("role-\(number)", allowing: "/users/{id}", note: note))
                case 2: .scope(Scope(name: try Name("scope-\(number)"), note: note))
                case 3: .tier(Tier(name: try Name("tier-\(number)"), note: note))
                case 4:
                    .quota(
                        Quota(
                            name: try Name("quota-\(number)"), holder: .client(try Name("acme")), key: .client,
                            window: .rolling(seconds: 60 + number), limit: 10))
                default:
                    .operator(Operator(name: try Name("op-\(number)"), userID: UInt32(2000 + number), duties: [.watch]))
                }
            policy[item.key] = Bool.random(using: &generator) ? item : nil
        }
        return policy
    }

    @Test func `every field of every kind comes back from the tables and from the history`() throws {
        let home = try TemporaryStore()
        let store = try PolicyStore.create(in: home.folder, by: .maria, clock: { home.now })
        let test = PolicyHome(home: home, store: store)
        let window = WeeklyWindow(start: 540, end: 1020, days: [.monday, .friday], zone: "Europe/Berlin")
        let moment = Timestamp(microseconds: 1_763_700_000_000_001)
        var items = try PolicyHome.items()
        items += [
            .settings(
                PolicySettings(
                    anonymousRoles: [try Name("user")], anonymousTier: try Name("gold"), defaultTier: try Name("gold"),
                    authenticationLevels: ["low", "high"], breakGlassSeconds: 90,
                    issuer: "https://id.example.org", audience: "api", tokenSeconds: 61)),
            .role(
                Role(
                    name: try Name("all"), note: "größer", parents: [try Name("user")],
                    permissions: [
                        Permission(
                            effect: .deny, methods: .all, pattern: try RoutePattern("/users/{id}"),
                            conditions: [
                                .network([try #require(Network("10.0.0.0/8")), try #require(Network("2001:db8::/32"))]),
                                .time(window), .owner(variable: "id", claim: "sub"),
                                .classification(ceiling: .confidential), .mutualTLS, .authenticationLevel("high"),
                                .tokenAge(atMostSeconds: 86_400), .header(name: "x-region", value: "eu"),
                            ]),
                        Permission(methods: MethodSet([.post, .put]), pattern: try RoutePattern("/v1/*")),
                    ])),
            .route(
                Route(
                    name: try Name("orders"), pattern: try RoutePattern("/v1/orders"), methods: MethodSet([.post]),
                    requiredScopes: [try Name("read")], classification: .restricted, cost: 7,
                    upstream: "http://10.0.0.7:8080", version: "v1", deprecated: moment,
                    sunset: Timestamp(seconds: 1_900_000_000), note: "n")),
            .quota(
                Quota(
                    name: try Name("month"), holder: .client(try Name("acme")), key: .clientAndRoute,
                    window: .calendar(.month, zone: "Europe/Berlin"), limit: 9, pattern: try RoutePattern("/v1/*"),
                    onCounterFailure: .admit, note: "n")),
            .quota(
                Quota(
                    name: try Name("adapt"), holder: .tier(try Name("gold")), key: .address,
                    window: .rate(seconds: 60), limit: 100, burst: 5,
                    adaptive: Quota.Adaptive(percent: 300, floor: 10, ceiling: 1000))),
            .client(
                Client(
                    name: try Name("late"), status: .suspended, created: moment,
                    expires: Timestamp(seconds: 1_999_999_999)
                )),
        ]
        // The first policy of a store waits for nobody.
        #expect(try test.apply(items).version.number == 2)
        let policy = try PolicyStore(folder: home.folder, for: .reading).active().policy
        for item in items { #expect(policy[item.key] == item) }
        #expect(try store.policy(at: 2) == policy)
        #expect(try store.verify().findings == [])
    }
}
