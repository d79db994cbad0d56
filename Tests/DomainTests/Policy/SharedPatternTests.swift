import Domain
import Testing

struct SharedPatternTests {
    @Test func `among very many permissions on one pattern the caller's own are found`() throws {
        let names = (0..<90).map { "role-\($0)" }
        let roles = try names.enumerated().map { index, name in
            var permissions = [try Permission(.allow, index % 2 == 0 ? [.get] : [.put], "/things/{id}")]
            if index % 10 == 0 { permissions.append(try Permission(.deny, [.put], "/things/{id}")) }
            if index % 7 == 0 {
                permissions.append(
                    try Permission(.allow, [.post], "/things/{id}", if: [.owner(variable: "id", claim: "client_id")]))
            }
            return try Role(name, permissions)
        }
        let clients = try (0..<90).map { try Client("client-\($0)", roles: [names[$0], names[($0 + 1) % 90]]) }
        let policy = try Policy.of(
            roles: roles, routes: [Route("things", "/things/{id}", [.get, .put, .post, .delete])], clients: clients)
        let snapshot = try policy.compiled()
        let naive = NaivePolicy(policy: policy, zones: SampleZones.table)
        var allowed = 0
        for number in 0..<90 {
            for method in [Domain.Method.get, .put, .post, .delete] {
                for id in ["client-\(number)", "7"] {
                    let client = ClientIndex(number)
                    let request = AccessRequest(
                        method: method, target: Array("/things/\(id)".utf8), address: nil, time: Timestamp(seconds: 0),
                        caller: .client(client, CredentialFacts()))
                    let decision = snapshot.decision(for: request, revocations: .none)
                    let answer = naive.answer(request, [])
                    let rule = decision.rule.map { "\(snapshot.rule($0).role)[\(snapshot.rule($0).position)]" }
                    #expect(decision.reason.code == answer.reason)
                    #expect(rule == answer.rule)
                    allowed += decision.isAllowed ? 1 : 0
                }
            }
        }
        #expect(allowed > 100)
    }
}
