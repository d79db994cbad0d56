/// An API consumer: an OAuth 2.0 client or the holder of an API key.
package struct Client: Hashable, Sendable, NamedThing {
    package static var kind: ItemKind { .client }

    package enum Status: UInt8, CaseIterable, Sendable, BitwiseCopyable {
        case active
        case suspended

        package var name: String {
            switch self {
            case .active: "active"
            case .suspended: "suspended"
            }
        }
    }

    package var name: Name<Client>
    /// Whom to ask: a person, a team, an address.
    package var owner: String
    package var status: Status
    package var tier: Name<Tier>?
    package var roles: [Name<Role>]
    /// The scopes that its tokens may have.
    package var scopes: [Name<Scope>]
    package var created: Timestamp?
    /// From when on nothing is allowed any more.
    package var expires: Timestamp?
    package var note: String

    package init(
        name: Name<Client>, owner: String = "", status: Status = .active, tier: Name<Tier>? = nil,
        roles: [Name<Role>] = [], scopes: [Name<Scope>] = [], created: Timestamp? = nil, expires: Timestamp? = nil,
        note: String = ""
    ) {
        self.name = name
        self.owner = owner
        self.status = status
        self.tier = tier
        self.roles = roles
        self.scopes = scopes
        self.created = created
        self.expires = expires
        self.note = note
    }
}
