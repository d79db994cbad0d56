import Domain
import Testing

@testable import gatehouse

struct PolicyFileTests {
    @Test func `any policy comes back exactly from its YAML and its JSON`() throws {
        for seed in 1...400 {
            var random = PolicyRandom(seed: UInt64(seed))
            let policy = try random.policy()
            let text = PolicyDocument.tree(of: policy).yaml
            let document = try document(text)
            let isSame = document.applied(to: Policy()) == policy
            #expect(isSame, "seed \(seed)")
            let isUnchanged = document.applied(to: policy) == policy
            #expect(isUnchanged, "seed \(seed)")
            for (key, item) in policy.items {
                let read = try PolicyItem(key.kind, named: key.name, json: item.json.utf8)
                #expect(read == item, "seed \(seed) \(key)")
            }
        }
    }

    @Test func `nothing in a written policy can be taken for a terminal's command`() throws {
        for seed in 1...200 {
            var random = PolicyRandom(seed: UInt64(seed))
            let text = PolicyDocument.tree(of: try random.policy()).yaml
            #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0 == "\u{202e}" })
        }
    }

    @Test func `the form is pleasant to read, and the same every time`() throws {
        let text = """
            settings:
              anonymous_roles: [guest]

            scopes:
              orders:read: {}

            tiers: {}

            quotas:
              costly:
                client: acme
                key: client-route
                window: rolling 1h
                limit: 20
                path: /reports/*
                adaptive: {percent: 300, floor: 10, ceiling: 100}

            roles:
              guest: {}
              user:
                note: "Knows: itself"
                parents: [guest]
                permissions:
                  - allow: [GET, PUT]
                    path: /users/{id}
                    conditions:
                      - owner: {variable: id, claim: sub}
                      - networks: [10.0.0.0/8, "2001:db8::/32"]
                      - mtls: true
                      - time: {from: "09:00", to: "17:00", days: [mon, tue], zone: Europe/Berlin}
                  - deny: all
                    path: "*"

            routes: {}

            clients:
              "12":
                expires: "2027-01-01T00:00Z"
                note: "yes"
              acme:
                owner: ops@acme.example
                status: suspended

            operators: {}

            """
        let policy = try document(text).applied(to: Policy())
        #expect(PolicyDocument.tree(of: policy).yaml == text)
    }

    @Test func `a section that is absent is left alone, an empty one removes all of its kind`() throws {
        let before = try document("scopes: {a: {}, b: {}}\ntiers: {gold: {}}").applied(to: Policy())
        let after = try document("scopes: {}\nroles: {r: {}}").applied(to: before)
        #expect(after.scopes.isEmpty && after.tiers == before.tiers && after.roles.count == 1)
        #expect(try document("").applied(to: before) == before)
        #expect(try document("# nothing but a comment").applied(to: before) == before)
    }

    @Test func `when a client was made stays, unless the file says otherwise`() throws {
        let before = try document("clients: {a: {created: 2026-11-20}}").applied(to: Policy())
        #expect(try document("clients: {a: {note: x}}").applied(to: before).clients.first?.created != nil)
        let after = try document("clients: {a: {created: 2026-11-21}}").applied(to: before)
        #expect(after.clients.first?.created == Timestamp(seconds: 1_795_219_200))
    }

    @Test func `the example is in the form, and holds what the guides' table says`() throws {
        let policy = try document(PolicyExample.text).applied(to: Policy())
        #expect(policy.roles.map(\.name.text) == ["admin", "guest", "user"])
        #expect(policy.clients.map(\.name.text) == ["admin-console", "guest-app", "user-app"])
        let limits = policy.quotas.map { "\($0.name) \($0.limit) \($0.window.text)" }
        #expect(
            limits == [
                "anonymous-hourly 100 rolling 1h", "costly-hourly 200 rolling 1h", "standard-hourly 1000 rolling 1h",
            ])
        #expect(try document(PolicyDocument.tree(of: policy).yaml).applied(to: Policy()) == policy)
    }

    private func document(_ text: String) throws -> PolicyDocument {
        try PolicyDocument(PolicyFile(name: "p.yaml", bytes: Array(text.utf8)).tree)
    }
}
