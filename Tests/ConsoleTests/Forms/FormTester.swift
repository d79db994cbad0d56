import Console
import Domain
import Terminal
import Testing

/// A form without a console around it: keys in, a picture out.
struct FormTester {
    private(set) var form: ItemForm
    private(set) var outcome: ItemForm.Outcome?
    var policy: Policy
    var size: Size

    init(_ kind: ItemKind, _ name: String? = nil, policy: Policy, _ width: Int = 80, _ height: Int = 24) {
        let item = name.flatMap { ItemKey(text: "\(kind.rawValue)/\($0)") }.flatMap { policy[$0] }
        form = ItemForm(ItemDraft(kind, item: kind == .settings ? policy[.settings] : item))
        self.policy = policy
        size = Size(width: width, height: height)
    }

    mutating func press(_ names: String...) {
        for name in names {
            guard let key = Key(name) else { preconditionFailure("no key is called \(name)") }
            outcome = form.handle(key, policy: policy)
        }
    }

    mutating func type(_ text: String) {
        for scalar in text.unicodeScalars { outcome = form.handle(.character(scalar), policy: policy) }
    }

    mutating func paste(_ text: String) { form.paste(text) }

    mutating func tell(_ problems: [PolicyProblem]) { form.remote = problems }

    func frame(_ glyphs: Glyphs = .unicode) -> Frame {
        var frame = Frame(size: size, glyphs: glyphs)
        form.draw(into: &frame, in: frame.bounds, policy: policy)
        return frame
    }

    var text: String { frame().text }

    /// The row that holds the hardware cursor.
    var cursorRow: String {
        let frame = frame()
        return frame.cursor.map { frame.row($0.y) } ?? ""
    }

    /// What the form would change.
    var reviewed: PolicyEdit? { if case .review(let edit)? = outcome { edit } else { nil } }
}

/// A small shop's policy.
enum SamplePolicy {
    static func policy() throws -> Policy {
        let reader = Role(
            name: try Name("reader"), note: "who looks",
            permissions: [try PermissionText.permission("allow GET /users/{id} if owner id = sub")])
        let writer = Role(
            name: try Name("writer"), parents: [reader.name],
            permissions: [
                try PermissionText.permission("allow PUT /users/{id}"),
                try PermissionText.permission("deny DELETE *"),
            ])
        let user = Route(
            name: try Name("user"), pattern: try RoutePattern("/users/{id}"), methods: [.init([.get, .put, .delete])])
        let orders = Route(
            name: try Name("orders"), pattern: try RoutePattern("/orders"), methods: [.init([.get, .post])])
        let acme = Client(
            name: try Name("acme"), owner: "ops@acme.example", tier: try Name("gold"), roles: [reader.name])
        let quota = Quota(
            name: try Name("acme-hourly"), holder: .client(acme.name), key: .client, window: .rate(seconds: 3600),
            limit: 1000, burst: 50)
        return Policy([
            .role(reader), .role(writer), .route(user), .route(orders), .client(acme), .quota(quota),
            .client(Client(name: try Name("mobile-app"))), .tier(Tier(name: try Name("gold"), note: "who pays")),
            .tier(Tier(name: try Name("gold-plus"))), .tier(Tier(name: try Name("free"))),
            .scope(Scope(name: try Name("orders:read"))), .scope(Scope(name: try Name("orders:write"))),
            .operator(Operator(name: try Name("ann"), userID: 1000, duties: [.watch, .edit])),
        ])
    }
}
