// Kinds of items that commands list, show, create, set and delete. What an option does is told by the field
// that it sets; here is only which options there are.

import ArgumentParser
import Domain

struct ScopeOptions: ItemOptions {
    static let plural = "scopes"
    static let fields = Scope.fields
    static let example = "--note 'Read orders'"
    static let columns: [ItemColumn<Scope>] = [ItemColumn("note", { $0.note })]

    static func thing(_ item: PolicyItem) -> Scope? { if case .scope(let scope) = item { scope } else { nil } }

    @Option(help: Self.help("note")) var note: String?

    var given: [GivenField] { [GivenField("note", note)] }
}

struct TierOptions: ItemOptions {
    static let plural = "tiers"
    static let fields = Tier.fields
    static let example = "--note 'Partners'"
    static let columns: [ItemColumn<Tier>] = [ItemColumn("note", { $0.note })]

    static func thing(_ item: PolicyItem) -> Tier? { if case .tier(let tier) = item { tier } else { nil } }

    @Option(help: Self.help("note")) var note: String?

    var given: [GivenField] { [GivenField("note", note)] }
}

struct QuotaOptions: ItemOptions {
    static let plural = "quotas"
    static let fields = Quota.fields
    static let example = "--tier standard --key client --window 'rolling 1h' --limit 1000"
    static let columns: [ItemColumn<Quota>] = [
        ItemColumn("for", { $0.holder.text }), ItemColumn("key", { $0.key.name }),
        ItemColumn("limit", isNumber: true, { "\($0.limit)" }), ItemColumn("window", { $0.window.text }),
        ItemColumn("burst", isNumber: true, { $0.burst == 0 ? "-" : "\($0.burst)" }),
        ItemColumn("path", { $0.pattern?.text ?? "-" }), ItemColumn("note", { $0.note }),
    ]

    static func thing(_ item: PolicyItem) -> Quota? { if case .quota(let quota) = item { quota } else { nil } }

    @Option(help: Self.help("tier")) var tier: String?
    @Option(help: Self.help("client")) var client: String?
    @Option(help: Self.help("key")) var key: String?
    @Option(help: Self.help("window")) var window: String?
    @Option(help: Self.help("limit")) var limit: String?
    @Option(help: Self.help("burst")) var burst: String?
    @Option(help: Self.help("path")) var path: String?
    @Option(help: Self.help("adaptive")) var adaptive: String?
    @Option(help: Self.help("on_counter_failure")) var onCounterFailure: String?
    @Option(help: Self.help("note")) var note: String?

    var given: [GivenField] {
        [
            GivenField("tier", tier), GivenField("client", client), GivenField("key", key),
            GivenField("window", window), GivenField("limit", hasWindow ? nil : limit), GivenField("burst", burst),
            GivenField("path", path), GivenField("adaptive", adaptive, .yaml),
            GivenField("on_counter_failure", onCounterFailure), GivenField("note", note),
        ]
    }
}

extension QuotaOptions {
    /// Whether the limit says per what, as in `1000/h`.
    fileprivate var hasWindow: Bool { limit.map { !$0.isEmpty && Int($0) == nil } ?? false }

    /// What such a limit sets: the window too, and the burst.
    var limitFields: [PolicyTree.Member] {
        get throws {
            guard hasWindow, let limit else { return [] }
            guard window == nil, burst == nil || !limit.contains("burst") else {
                throw ValidationError("--limit \(SafeText.cut(limit)) says that already; leave out --window or --burst")
            }
            do {
                return try QuotaText.limitMembers(limit, former: nil)
            } catch {
                throw ValidationError("--limit: \(error)")
            }
        }
    }
}

struct RouteOptions: ItemOptions {
    static let plural = "routes"
    static let fields = Route.fields
    static let example = "--path '/v1/users/{id}' --methods GET,PUT --scopes users:read --classification confidential"
    static let columns: [ItemColumn<Route>] = [
        ItemColumn("path", { $0.pattern.text }), ItemColumn("methods", { $0.methods.listed }),
        ItemColumn("scopes", { $0.requiredScopes.listed }), ItemColumn("classification", { $0.classification.name }),
        ItemColumn("cost", isNumber: true, { "\($0.cost)" }), ItemColumn("upstream", { $0.upstream }),
    ]

    static func thing(_ item: PolicyItem) -> Route? { if case .route(let route) = item { route } else { nil } }

    @Option(help: Self.help("path")) var path: String?
    @Option(help: Self.help("methods")) var methods: String?
    @Option(help: Self.help("scopes")) var scopes: String?
    @Option(help: Self.help("classification")) var classification: String?
    @Option(help: Self.help("cost")) var cost: String?
    @Option(help: Self.help("upstream")) var upstream: String?
    @Option(name: .customLong("api-version"), help: Self.help("version")) var version: String?
    @Option(help: Self.help("deprecated")) var deprecated: String?
    @Option(help: Self.help("sunset")) var sunset: String?
    @Option(help: Self.help("schema")) var schema: String?
    @Option(help: Self.help("note")) var note: String?

    var given: [GivenField] {
        [
            GivenField("path", path), GivenField("methods", methods, methods == "all" ? .text : .list),
            GivenField("scopes", scopes, .list), GivenField("classification", classification),
            GivenField("cost", cost), GivenField("upstream", upstream), GivenField("version", version),
            GivenField("deprecated", deprecated), GivenField("sunset", sunset), GivenField("schema", schema),
            GivenField("note", note),
        ]
    }
}

struct OperatorOptions: ItemOptions {
    static let plural = "operators"
    static let fields = Operator.fields
    static let example = "--user-id 1000 --duties watch,revoke"
    static let columns: [ItemColumn<Operator>] = [
        ItemColumn("user id", isNumber: true, { "\($0.userID)" }),
        ItemColumn("duties", { $0.duties.sorted().map(\.name).joined(separator: ", ") }),
        ItemColumn("note", { $0.note }),
    ]

    static func thing(_ item: PolicyItem) -> Operator? {
        if case .operator(let person) = item { person } else { nil }
    }

    @Option(help: Self.help("user_id")) var userID: String?
    @Option(help: Self.help("duties")) var duties: String?
    @Option(help: Self.help("note")) var note: String?

    var given: [GivenField] {
        [GivenField("user_id", userID), GivenField("duties", duties, .list), GivenField("note", note)]
    }
}

extension [Name<Role>] {
    var listed: String { isEmpty ? "-" : map(\.text).joined(separator: ", ") }
}

extension [Name<Scope>] {
    var listed: String { isEmpty ? "-" : map(\.text).joined(separator: ", ") }
}

extension MethodSet {
    var listed: String { isSuperset(of: .all) ? "all" : methods.map(\.name).joined(separator: ", ") }
}

extension Quota.Holder {
    var text: String {
        switch self {
        case .tier(let tier): "tier \(tier)"
        case .client(let client): "client \(client)"
        }
    }
}
