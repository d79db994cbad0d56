import Domain

@testable import Store

/// A policy store in a folder of its own, with two operators and a small policy.
struct PolicyHome {
    let home: TemporaryStore
    let store: PolicyStore

    init(home: TemporaryStore, store: PolicyStore) {
        self.home = home
        self.store = store
    }

    /// Version 1 is the store's beginning, version 2 the small policy.
    init() throws {
        let home = try TemporaryStore()
        self.home = home
        store = try PolicyStore.create(in: home.folder, by: .maria, clock: { home.now })
        _ = try apply([.operator(.jonas())] + Self.items())
    }

    static func items() throws -> [PolicyItem] {
        [
            .scope(Scope(name: try Name("read"))),
            .tier(Tier(name: try Name("gold"))),
            .quota(
                Quota(
                    name: try Name("gold-hour"), holder: .tier(try Name("gold")), key: .client,
                    window: .rate(seconds: 3600), limit: 1000)),
            .role(try role("user", allowing: "/users/{id}")),
            .route(
                Route(
                    name: try Name("users"), pattern: try RoutePattern("/users/{id}"), methods: MethodSet([.get]),
                    requiredScopes: [try Name("read")])),
            .client(try client("acme")),
        ]
    }

    static func role(_ name: String, allowing pattern: String, note: String = "") throws -> Role {
        Role(
            name: try Name(name), note: note,
            permissions: [
                Permission(
                    methods: MethodSet([.get]), pattern: try RoutePattern(pattern),
                    conditions: [.tokenAge(atMostSeconds: 60), .header(name: "x-region", value: "eu")])
            ])
    }

    static func client(_ name: String, note: String = "") throws -> Client {
        Client(
            name: try Name(name), owner: "ops@example.org", tier: try Name("gold"), roles: [try Name("user")],
            scopes: [try Name("read")], created: Timestamp(microseconds: 1_763_700_000_123_456), note: note)
    }

    /// Puts items as they are, seen on the policy that is active.
    @discardableResult
    func apply(
        _ items: [PolicyItem], by actor: Actor = .maria, breakGlass: Bool = false, in store: PolicyStore? = nil
    ) throws -> PolicyOutcome {
        let store = store ?? self.store
        let active = try store.active()
        let edits = items.map { PolicyEdit(key: $0.key, before: active.policy[$0.key], after: $0) }
        return try store.apply(
            edits, by: actor, reason: "test", basedOn: active.version.number, breakGlass: breakGlass)
    }

    /// Removes items of the policy that is active.
    @discardableResult
    func remove(_ items: [PolicyItem], by actor: Actor = .maria, breakGlass: Bool = false) throws -> PolicyOutcome {
        let active = try store.active()
        return try store.apply(
            items.map { PolicyEdit(key: $0.key, before: active.policy[$0.key], after: nil) }, by: actor,
            reason: "test", basedOn: active.version.number, breakGlass: breakGlass)
    }

    /// A role that allows everything, which takes a second operator.
    func wildcard() throws -> PolicyItem {
        .role(Role(name: try Name("root"), permissions: [Permission(methods: .all, pattern: try RoutePattern("*"))]))
    }

    /// Gives Jonas other duties, with his approval that nothing need be approved.
    func give(_ duties: Set<Duty>) throws {
        var settings = try store.active().policy.settings
        settings.approvals = []
        let draft = try apply([.settings(settings)]).version
        _ = try store.approve(draft.number, by: .jonas, reason: "test")
        try apply([.operator(.jonas(duties))])
    }
}
