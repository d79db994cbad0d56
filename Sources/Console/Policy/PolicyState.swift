package import Domain

/// The policy in force and what the console has to know around it, as it was at one moment.
package struct PolicyState: Sendable {
    package var version: PolicyVersion
    package var snapshot: PolicySnapshot
    /// Who sits at the console, and their duties.
    package var actor: Actor
    package var duties: Set<Duty>
    /// What waits for a second operator, oldest first.
    package var drafts: [PolicyVersion]
    /// Changes by break-glass that are in force, or that nobody else has looked at; oldest first.
    package var emergencies: [BreakGlass]
    package var revocations: RevocationSnapshot
    /// Why this account can write nothing to the store, whatever its duties; nil when it can.
    package var readOnlyReason: String?
    /// The items of each kind, in the order of names.
    package private(set) var items: [ItemKind: [PolicyItem]]
    /// Their keys, in the same order.
    package private(set) var keys: [ItemKind: [ItemKey]]
    /// For whoever types one.
    package private(set) var names: PolicyNames
    /// What lists show beside what items say of themselves, and what their filters look at.
    private(set) var facts: ItemFacts
    private(set) var columns: [ItemKind: FilterColumns]

    package init(
        version: PolicyVersion, snapshot: PolicySnapshot, actor: Actor, duties: Set<Duty>,
        drafts: [PolicyVersion] = [], emergencies: [BreakGlass] = [], revocations: RevocationSnapshot = .none
    ) {
        self.version = version
        self.snapshot = snapshot
        self.actor = actor
        self.duties = duties
        self.drafts = drafts
        self.emergencies = emergencies
        self.revocations = revocations
        items = Dictionary(grouping: snapshot.policy.items.values, by: \.key.kind)
            .mapValues { $0.sorted { $0.key < $1.key } }
        keys = items.mapValues { $0.map(\.key) }
        names = PolicyNames(snapshot.policy)
        let facts = ItemFacts(items)
        self.facts = facts
        columns = [:]
        for (kind, items) in items {
            columns[kind] = FilterColumns(
                items.count, fields: ItemFacts.fields(of: [kind]), values: { facts.values(of: $0, in: items[$1]) },
                texts: { facts.texts(of: items[$0]) })
        }
    }

    package var policy: Policy { snapshot.policy }

    // In the order of names, without going through all items as the policy does.

    var roles: [Role] { (items[.role] ?? []).compactMap { if case .role(let role) = $0 { role } else { nil } } }

    var routes: [Route] { (items[.route] ?? []).compactMap { if case .route(let route) = $0 { route } else { nil } } }
}

extension PolicyState: Equatable {
    /// A version has one policy for good.
    package static func == (left: PolicyState, right: PolicyState) -> Bool {
        left.version == right.version && left.actor == right.actor && left.duties == right.duties
            && left.drafts == right.drafts && left.emergencies == right.emergencies
            && left.revocations.epoch == right.revocations.epoch && left.readOnlyReason == right.readOnlyReason
    }
}

/// What is known of the store's policy.
package enum PolicyStanding: Equatable, Sendable {
    /// Not read yet.
    case opening
    /// There is none, or it can't be read or shown; in words, with what to do.
    case unavailable(String)
    /// Something else lies where it was: nothing is decided by either any more; in words, with what to do.
    case replaced(String)
    case ready(PolicyState)
    /// What could be read last, and why it can't be now.
    case stale(PolicyState, String)

    package var state: PolicyState? {
        switch self {
        case .ready(let state), .stale(let state, _): state
        case .opening, .unavailable, .replaced: nil
        }
    }

    /// Why there is none to decide by; nil while there is one, or it is being read.
    var absence: String? {
        switch self {
        case .unavailable(let text), .replaced(let text): text
        case .opening, .ready, .stale: nil
        }
    }
}
