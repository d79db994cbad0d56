/// The items of a policy by kind, each in the order of names; the places are what a snapshot's indices count.
struct PolicyLists: Sendable {
    let settings: PolicySettings
    let scopes: [Scope]
    let roles: [Role]
    let routes: [Route]
    let tiers: [Tier]
    let quotas: [Quota]
    let clients: [Client]
    let operators: [Operator]

    init(_ policy: Policy) {
        let order = PolicyOrder(policy)
        settings = policy.settings
        scopes = order.scopes
        roles = order.roles
        routes = order.routes
        tiers = order.tiers
        quotas = order.quotas
        clients = order.clients
        operators = order.operators
    }
}
