extension Client {
    package static let fields: [ItemField<Client>] = [
        ItemField("owner", TreeForm.text, "whom to ask: a person, a team, an address") { .filled($0.owner) },
        ItemField(
            "status", TreeForm.one(of: Status.allCases.map(\.name)), "whether it may do anything at all",
            standard: .text(Status.active.name)
        ) {
            .text($0.status.name)
        },
        ItemField("tier", "a tier", "the quotas that it has; else the settings' default_tier") { .filled($0.tier) },
        ItemField("roles", "a list of roles", "what it may do") { .filled($0.roles) },
        ItemField("scopes", "a list of scopes", "the scopes that its tokens may have") { .filled($0.scopes) },
        ItemField("created", TreeForm.moment, "when it was made") { .filled($0.created) },
        ItemField("expires", TreeForm.moment, "from when on nothing is allowed any more") { .filled($0.expires) },
        ItemField("note", TreeForm.text, "what else to know") { .filled($0.note) },
    ]

    init(_ name: Name<Client>, reading reader: inout TreeReader) {
        self.init(name: name)
        owner = reader.text("owner") ?? owner
        status = reader.word("status", among: Status.allCases.map { ($0.name, $0) }) ?? status
        tier = reader.name("tier")
        roles = reader.names("roles") ?? roles
        scopes = reader.names("scopes") ?? scopes
        created = reader.moment("created")
        expires = reader.moment("expires")
        note = reader.text("note") ?? note
    }
}
