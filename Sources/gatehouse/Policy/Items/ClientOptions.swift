import ArgumentParser
import Domain
import Store

struct ClientOptions: ItemOptions {
    static let plural = "clients"
    static let fields = Client.fields
    static let example = "--owner 'web team' --tier standard --roles user --scopes users:read"
    static let columns: [ItemColumn<Client>] = [
        ItemColumn("status", { $0.status.name }), ItemColumn("tier", { $0.tier?.text ?? "-" }),
        ItemColumn("roles", { $0.roles.listed }), ItemColumn("scopes", { $0.scopes.listed }),
        ItemColumn("expires", { $0.expires.map(TimeText.shortRFC3339) ?? "-" }), ItemColumn("owner", { $0.owner }),
    ]

    static func thing(_ item: PolicyItem) -> Client? { if case .client(let client) = item { client } else { nil } }

    @Option(help: Self.help("owner")) var owner: String?
    @Option(help: Self.help("status")) var status: String?
    @Option(help: Self.help("tier")) var tier: String?
    @Option(help: Self.help("roles")) var roles: String?
    @Option(help: Self.help("scopes")) var scopes: String?
    @Option(help: Self.help("expires")) var expires: String?
    @Option(help: Self.help("note")) var note: String?

    var given: [GivenField] {
        [
            GivenField("owner", owner), GivenField("status", status), GivenField("tier", tier),
            GivenField("roles", roles, .list), GivenField("scopes", scopes, .list),
            GivenField("expires", expires, .moment),
            GivenField("note", note),
        ]
    }
}

extension ClientOptions {
    /// Which clients can never get a token or a credential again.
    static func remarks(in store: PolicyStore) throws -> (String) -> ItemRemark? {
        var clients: [String: Revocation] = [:]
        var everything: Revocation?
        for revocation in try store.revocations() where revocation.before == .distantFuture {
            switch revocation.target {
            case .client(let name): clients[name] = clients[name] ?? revocation
            case .everything: everything = everything ?? revocation
            case .token, .family, .credential, .subject, .issuer, .network: continue
            }
        }
        return { [clients, everything] name in
            guard let revocation = clients[name] ?? everything else { return nil }
            return ItemRemark(
                word: "revoked for good",
                text: "revoked for good by epoch \(revocation.epoch): it can never get a token or a credential again",
                members: [.init("revoked_for_good", .integer(Int(revocation.epoch)))])
        }
    }
}
