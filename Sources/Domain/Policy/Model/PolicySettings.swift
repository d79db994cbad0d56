/// What holds for the whole policy.
package struct PolicySettings: Hashable, Sendable {
    /// What a request without credentials may do: the roles it has; none means that every such request is refused.
    package var anonymousRoles: [Name<Role>]
    /// The tier of requests without credentials.
    package var anonymousTier: Name<Tier>?
    /// The tier of clients that name none.
    package var defaultTier: Name<Tier>?
    /// The values of `acr` that are known, from the weakest to the strongest (OpenID Connect Core, section 2).
    package var authenticationLevels: [String]
    /// The changes that wait for a second operator.
    package var approvals: Set<Danger>
    /// How long a change by break-glass lasts, in seconds.
    package var breakGlassSeconds: Int
    /// `iss` of the tokens that are issued, and what others' tokens must have (RFC 9068, section 2.2).
    package var issuer: String
    /// `aud`, likewise.
    package var audience: String
    /// How long an access token lives, in seconds.
    package var tokenSeconds: Int

    package init(
        anonymousRoles: [Name<Role>] = [], anonymousTier: Name<Tier>? = nil, defaultTier: Name<Tier>? = nil,
        authenticationLevels: [String] = [], approvals: Set<Danger> = Set(Danger.allCases),
        breakGlassSeconds: Int = 3600, issuer: String = "", audience: String = "", tokenSeconds: Int = 600
    ) {
        self.anonymousRoles = anonymousRoles
        self.anonymousTier = anonymousTier
        self.defaultTier = defaultTier
        self.authenticationLevels = authenticationLevels
        self.approvals = approvals
        self.breakGlassSeconds = breakGlassSeconds
        self.issuer = issuer
        self.audience = audience
        self.tokenSeconds = tokenSeconds
    }
}

/// A kind of change that a second operator has to approve, as long as the settings list it.
package enum Danger: UInt8, CaseIterable, Comparable, Sendable, BitwiseCopyable {
    /// A deny permission was removed, or narrowed.
    case denyRemoved
    /// A permission to allow on `*`, or on `/*`.
    case wildcardPermission
    /// A restricted route became callable for more: by an allow, fewer scopes, or a lower classification.
    case restrictedRouteOpened
    /// An operator was added, removed, or given or refused a duty.
    case operators
    /// A quota was raised more than tenfold, or removed.
    case quotaRaised
    /// This list got shorter.
    case approvalsWeakened

    package var name: String {
        switch self {
        case .denyRemoved: "deny-removed"
        case .wildcardPermission: "wildcard-permission"
        case .restrictedRouteOpened: "restricted-route-opened"
        case .operators: "operators"
        case .quotaRaised: "quota-raised"
        case .approvalsWeakened: "approvals-weakened"
        }
    }

    package init?(name: some StringProtocol) {
        guard let danger = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = danger
    }

    package static func < (left: Danger, right: Danger) -> Bool { left.rawValue < right.rawValue }
}
