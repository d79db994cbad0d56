import Domain
import Testing

@testable import Console

struct UsageHoldingsTests {
    /// Roles and clients that share permissions and scopes, some of which are gone or have moved.
    private static func policy(_ generator: inout SeededGenerator) throws -> Policy {
        var items: [PolicyItem] = try (0..<3).map { .scope(Scope(name: try Name("scope:\($0)"))) }
        for number in 0..<8 where Int.random(in: 0..<5, using: &generator) > 0 {
            let texts = (0..<4).filter { _ in Bool.random(using: &generator) }.map { "allow GET /v1/things\($0)" }
            items.append(
                .role(
                    Role(
                        name: try Name("role\(number)"),
                        permissions: try texts.shuffled(using: &generator).map { try PermissionText.permission($0) })))
        }
        for number in 0..<12 where Int.random(in: 0..<5, using: &generator) > 0 {
            let scopes = (0..<3).filter { _ in Bool.random(using: &generator) }.shuffled(using: &generator)
            items.append(
                .client(
                    Client(
                        name: try Name("client-\(number)"), roles: [],
                        scopes: try scopes.map { try Name("scope:\($0)") })))
        }
        return Policy(items)
    }

    private static func rows(_ generator: inout SeededGenerator) -> [UsageReport.Row] {
        var things: [UsageReport.Row.Thing] = []
        for number in 0..<10 {
            for place in 0..<4 {
                things.append(.permission(role: "role\(number)", index: place, text: "allow GET /v1/things\(place)"))
            }
        }
        for number in 0..<14 {
            for place in 0..<3 { things.append(.scope(client: "client-\(number)", scope: "scope:\(place)")) }
        }
        things += [.scope(client: "no name!", scope: "scope:0"), .permission(role: "", index: 0, text: "")]
        return things.shuffled(using: &generator).map { UsageReport.Row(thing: $0, count: 0, last: nil) }
    }

    private static func isThere(_ thing: UsageReport.Row.Thing, in policy: Policy) -> Bool {
        switch thing {
        case .permission(let name, _, let text):
            policy.roles.contains { role in
                role.name.text == name && role.permissions.contains { PermissionText.text(of: $0) == text }
            }
        case .scope(let name, let scope):
            policy.clients.contains { client in
                client.name.text == name && client.scopes.contains { $0.text == scope }
            }
        }
    }

    @Test(arguments: 0..<30)
    func `what its holder still has is left, wherever it stands`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let rows = Self.rows(&generator)
        let holdings = UsageHoldings(rows)
        var left: [Int32]?
        var isLeft = rows.map { _ in true }
        for version in 1...3 {
            let policy = try Self.policy(&generator)
            left = holdings.remaining(among: left, in: try SampleStanding.state(policy, version: version))
            for (place, row) in rows.enumerated() where !Self.isThere(row.thing, in: policy) { isLeft[place] = false }
            #expect(left == rows.indices.filter { isLeft[$0] }.map(Int32.init))
        }
    }
}
