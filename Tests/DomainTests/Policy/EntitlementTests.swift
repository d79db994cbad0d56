import Domain
import Testing

struct EntitlementTests {
    @Test func `a verdict on a role is what the engine answers for a client that has only that role`() throws {
        var verdicts: Set<Entitlement.Verdict> = []
        for seed in 0..<150 as Range<UInt64> {
            var random = RandomPolicy(seed: seed)
            let base = try random.policy().policy
            var policy = base
            for client in base.clients { policy[ItemKey(client.name)] = nil }
            for role in base.roles {
                policy.put(.client(Client(name: try Name(role.name.text), roles: [role.name])))
            }
            let snapshot = try policy.compiled()
            for (number, role) in policy.roles.enumerated() {
                let callable = snapshot.callable(by: ClientIndex(number))
                for route in policy.routes {
                    var say = Entitlement()
                    for ancestor in lineage(of: role, in: policy) {
                        say.formUnion(.init(ancestor.permissions, on: route))
                    }
                    for method in route.methods.methods {
                        let verdict = say.verdict(for: MethodSet([method]))
                        verdicts.insert(verdict)
                        let found = callable.first {
                            snapshot.route($0.route).name == route.name && $0.method == method
                        }
                        let isPlain = found.map { answer in
                            answer.access.exceptions.isEmpty
                                && answer.access.ways.contains { way in
                                    let rule = snapshot.rule(way)
                                    let permission = policy.roles.first { $0.name == rule.role }?.permissions[
                                        rule.position]
                                    return permission.map { isAlways($0, on: route) } ?? false
                                }
                        }
                        switch verdict {
                        case .allow: #expect(isPlain == true, "seed \(seed) \(role.name) \(route.name) \(method)")
                        case .none, .deny: #expect(found == nil, "seed \(seed) \(role.name) \(route.name) \(method)")
                        case .partly: #expect(isPlain != true, "seed \(seed) \(role.name) \(route.name) \(method)")
                        }
                    }
                }
            }
        }
        #expect(verdicts == Set(Entitlement.Verdict.allCases))
    }

    @Test func `several methods are one verdict only if they agree`() throws {
        let route = try Route("user", "/users/{id}", [.get, .put])
        func verdict(_ permissions: [Permission]) -> Entitlement.Verdict {
            Entitlement(permissions, on: route).verdict(for: route.methods)
        }
        #expect(verdict([]) == .none)
        #expect(verdict([try Permission(.allow, [.get, .put], "/users/*")]) == .allow)
        #expect(verdict([try Permission(.allow, [.get], "/users/*")]) == .partly)
        #expect(verdict([try Permission(.allow, [.get], "*"), try Permission(.allow, [.put], "/users/{x}")]) == .allow)
        #expect(verdict([try Permission(.allow, [.get, .put], "/users/7")]) == .partly)
        #expect(verdict([try Permission(.allow, [.get, .put], "*", if: [.mutualTLS])]) == .partly)
        #expect(verdict([try Permission(.allow, [.get, .put], "*"), try Permission(.deny, [.put], "*")]) == .partly)
        #expect(
            verdict([try Permission(.allow, [.get, .put], "*"), try Permission(.deny, [.get, .put], "*")]) == .deny)
        #expect(verdict([try Permission(.allow, [.post], "*")]) == .none)
        let ceiling = Condition.classification(ceiling: .public)
        #expect(verdict([try Permission(.allow, [.get, .put], "*", if: [ceiling])]) == .none)
    }

    private func lineage(of role: Role, in policy: Policy) -> [Role] {
        var found = [role]
        for name in role.parents {
            guard let parent = policy.roles.first(where: { $0.name == name }) else { continue }
            found += lineage(of: parent, in: policy)
        }
        return found
    }

    private func isAlways(_ permission: Permission, on route: Route) -> Bool {
        permission.pattern.relation(to: route.pattern) == .covers
            && permission.conditions.allSatisfy { if case .classification = $0 { true } else { false } }
    }
}
