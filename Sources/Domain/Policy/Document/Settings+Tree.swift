extension PolicySettings {
    package static let fields: [ItemField<PolicySettings>] = [
        ItemField("anonymous_roles", "a list of roles", "what requests without credentials may do") {
            .filled($0.anonymousRoles)
        },
        ItemField("anonymous_tier", "a tier", "the tier of requests without credentials") {
            .filled($0.anonymousTier)
        },
        ItemField("default_tier", "a tier", "the tier of clients that name none") { .filled($0.defaultTier) },
        ItemField(
            "authentication_levels", "a list of values of acr, the weakest first", "the levels that are known"
        ) {
            .filled($0.authenticationLevels.map { .text($0) })
        },
        ItemField(
            "approvals", TreeForm.some(of: Danger.allCases.map(\.name)), "changes that wait for a second operator",
            standard: .words(Danger.allCases.map(\.name))
        ) {
            .words($0.approvals.sorted().map(\.name))
        },
        ItemField(
            "break_glass", TreeForm.duration + ", from 1m to 1w", "how long a change by break-glass lasts",
            standard: .text("1h")
        ) {
            .text(Seconds.text($0.breakGlassSeconds))
        },
        ItemField("issuer", "a URL", "iss of the tokens that are issued") { .filled($0.issuer) },
        ItemField("audience", "a URL or a name", "aud of the tokens that are issued") { .filled($0.audience) },
        ItemField(
            "token_lifetime", TreeForm.duration + ", up to 30d", "how long an access token lives",
            standard: .text("10m")
        ) {
            .text(Seconds.text($0.tokenSeconds))
        },
    ]

    init(reading reader: inout TreeReader) {
        self.init()
        anonymousRoles = reader.names("anonymous_roles") ?? anonymousRoles
        anonymousTier = reader.name("anonymous_tier")
        defaultTier = reader.name("default_tier")
        authenticationLevels = reader.elements("authentication_levels") { $1.text(of: $0) } ?? authenticationLevels
        approvals = reader.words("approvals", among: Danger.allCases.map { ($0.name, $0) }) ?? approvals
        breakGlassSeconds = reader.seconds("break_glass") ?? breakGlassSeconds
        issuer = reader.text("issuer") ?? issuer
        audience = reader.text("audience") ?? audience
        tokenSeconds = reader.seconds("token_lifetime") ?? tokenSeconds
    }
}
