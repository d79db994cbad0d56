/// Which requests a draft could decide differently, limits aside: most drafts concern few callers, and the rest needs no
/// deciding.
///
/// A decision hangs on the request, the routes, the settings, and its caller's own record and roles. Whoever has none of
/// the roles that change, and no change of its own, is decided alike wherever routes and settings stay as they are.
/// Scopes and tiers count where a route or a client names them, and then that is edited too.
struct ReplayScope: Sendable {
    /// By the number of the client before; nil where everybody may be concerned.
    private let clients: [Bool]?
    private let isAnonymousConcerned: Bool

    init(from before: PolicySnapshot, to after: PolicySnapshot) {
        var roles: [UInt32] = []
        var names: [UInt32] = []
        for edit in before.policy.edits(to: after.policy) {
            switch edit.key.kind {
            case .settings, .route:
                (clients, isAnonymousConcerned) = (nil, true)
                return
            // What is new has no number yet, and concerns those that are edited to have it.
            case .role: if let number = before.roleTable.numbers[edit.key.name] { roles.append(number) }
            case .client: if let number = before.clientTable.numbers[edit.key.name] { names.append(number) }
            case .scope, .tier, .quota, .operator: continue
            }
        }
        let rows = before.roleTable.rows(with: roles)
        var clients = before.clientTable.records.map { rows[Int($0.roles)] }
        for name in names { clients[Int(name)] = true }
        self.clients = clients
        isAnonymousConcerned = rows[Int(before.clientTable.anonymousRoles)]
    }

    /// Whether nobody is left out.
    var isEverybody: Bool { clients == nil }

    /// - Parameters:
    ///   - client: The one that the request names, in the policy before; nil where that doesn't know it.
    ///   - counterpart: The same in the draft.
    func concerns(_ client: ClientIndex?, _ counterpart: ClientIndex?, isNamed: Bool) -> Bool {
        guard let clients else { return true }
        guard isNamed else { return isAnonymousConcerned }
        guard let client else { return counterpart != nil }
        return clients[Int(client.number)]
    }
}
