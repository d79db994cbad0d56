import Domain
import Foundation
import Testing

struct AgreementTests {
    /// In hundreds of requests: `GATEHOUSE_POLICIES=20000 swift test -c release` for millions.
    private static var policies: Int {
        ProcessInfo.processInfo.environment["GATEHOUSE_POLICIES"].flatMap { Int($0) } ?? 500
    }

    @Test func `the engine decides as the naive evaluator does`() throws {
        var reasons: [String: Int] = [:]
        for seed in 0..<UInt64(Self.policies) {
            var random = RandomPolicy(seed: seed)
            let (policy, snapshot) = try random.policy()
            let naive = NaivePolicy(policy: policy, zones: SampleZones.table)
            let watermarks = try random.watermarks()
            let revocations = RevocationSnapshot(epoch: 1, watermarks: watermarks)
            var requests = (0..<200).map { _ in random.request(clients: policy.clients.count) }
            var together: [Decision] = []
            snapshot.decide(&requests, revocations: revocations) { index, decision in
                #expect(index == together.count)
                together.append(decision)
            }
            for (number, request) in requests.enumerated() {
                let decision = snapshot.decision(for: request, revocations: revocations)
                guard together[number] == decision else {
                    Issue.record("seed \(seed), request \(number): \(together[number]) among others, not \(decision)")
                    return
                }
                let expected = naive.answer(request, watermarks)
                let answer = NaivePolicy.Answer(
                    reason: decision.reason.code, route: decision.route.map { snapshot.route($0).name.text },
                    rule: decision.rule.map { index in
                        let rule = snapshot.rule(index)
                        return "\(rule.role)[\(rule.position)]"
                    })
                reasons[expected.reason, default: 0] += 1
                if answer != expected {
                    let target = String(decoding: request.target, as: UTF8.self)
                    Issue.record("seed \(seed), request \(number), \(target): \(answer), not \(expected)")
                    return
                }
            }
        }
        // Every reason that the model can give came up, so the agreement is about something.
        let kinds = Condition.Kind.allCases.map { "condition_failed:\($0.name)" }
        for reason in kinds + ["allowed", "permission_denied", "no_permission", "scope_missing", "client_expired"] {
            #expect(reasons[reason] ?? 0 > 0, "\(reason) never came up")
        }
    }
}
