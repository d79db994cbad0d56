import Domain
import Testing

struct DocumentItemTests {
    @Test(arguments: DocumentExamples.items.indices)
    func `an item is read from its JSON and written to the same bytes`(index: Int) throws {
        let (kind, name, json) = DocumentExamples.items[index]
        let item = try PolicyItem(kind, named: name, json: json.utf8)
        #expect(item.key.description == "\(kind.rawValue)/\(name)")
        #expect(item.json == json)
        #expect(try PolicyItem(kind, named: name, tree: item.tree(.brief)) == item)
    }

    @Test(arguments: DocumentExamples.items.indices)
    func `each field of a kind is in its example, so that none can be forgotten`(index: Int) throws {
        let (kind, name, _) = DocumentExamples.items[index]
        var given: Set<String> = []
        for example in DocumentExamples.items where example.kind == kind {
            guard case .map(let members) = try PolicyTree(parsingJSON: example.json.utf8).content else { continue }
            given.formUnion(members.map(\.name))
        }
        let optional: Set<String> = kind == .scope || kind == .tier ? ["note"] : []
        #expect(given.union(optional) == Set(kind.fieldNames), "\(kind) \(name)")
    }

    @Test func `what holds anyway is left out for people, and kept where it is stored`() throws {
        let json = #"{"path":"/a","methods":["GET"]}"#
        let item = try PolicyItem(.route, named: "a", json: json.utf8)
        #expect(item.tree(.brief).json == json)
        #expect(item.json == #"{"path":"/a","methods":["GET"],"classification":"internal","cost":1}"#)
        #expect(
            PolicyItem.settings(PolicySettings()).json
                == #"{"approvals":["deny-removed","wildcard-permission","restricted-route-opened","operators","#
                + #""quota-raised","approvals-weakened"],"break_glass":"1h","token_lifetime":"10m"}"#)
        #expect(PolicyItem.settings(PolicySettings()).tree(.brief).json == "{}")
    }

    @Test func `short forms are read too`() throws {
        let client = try PolicyItem(
            .client, named: "acme", json: #"{"roles":"user","note":12,"expires":"2027-01-01","owner":true}"#.utf8)
        #expect(
            client.tree(.brief).json
                == #"{"owner":"true","roles":["user"],"expires":"2027-01-01T00:00Z","note":"12"}"#)
        let quota = #"{"tier":"t","key":"client","window":"calendar day","limit":1}"#
        #expect(
            try PolicyItem(.quota, named: "q", json: quota.utf8).tree(.brief).json
                == #"{"tier":"t","key":"client","window":"calendar day UTC","limit":1}"#)
    }
}

extension ItemKind {
    fileprivate var fieldNames: [String] {
        switch self {
        case .settings: PolicySettings.fields.map(\.name)
        case .scope: Scope.fields.map(\.name)
        case .role: Role.fields.map(\.name)
        case .route: Route.fields.map(\.name)
        case .tier: Tier.fields.map(\.name)
        case .quota: Quota.fields.map(\.name)
        case .client: Client.fields.map(\.name)
        case .operator: Operator.fields.map(\.name)
        }
    }
}
