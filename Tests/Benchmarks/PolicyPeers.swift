// The same policies and requests for pycasbin and cedarpy, which `policy_peers.py` beside this file runs.

import Domain
import Foundation

extension Benchmark {
    /// What a decision takes a peer with the policy of full size; nil when it isn't installed.
    ///
    /// Answers count before times: on 10,000 random cases of small policies, and on the timed ones, they must be ours.
    static func peerTimes(_ bench: Workbench) throws -> [(name: String, time: Duration?)] {
        let small = bench.path("policies.jsonl")
        let policies = max(1, bench.sizes.peerCases / 100)
        var lines: [String] = []
        for seed in 0..<policies {
            let policy = try LargePolicy(
                roles: 5 + seed % 20, permissions: 3 * (5 + seed % 20), routes: 40, clients: 30, isPlain: true,
                seed: UInt64(seed))
            lines.append(try line(policy, 100))
        }
        try Data(lines.joined(separator: "\n").utf8).write(to: URL(filePath: small))
        let full = try LargePolicy(clients: bench.sizes.clients, isPlain: true)
        return try [("casbin", 10), ("cedar", 1000)].map { name, requests in
            guard try isInstalled(name, bench) else { return (name, nil) }
            let answers = try run(name, small, bench)
            guard answers.differences == 0, answers.cases >= policies * 90 else {
                throw BenchmarkError("\(name): \(answers.differences) of \(answers.cases) answers differ")
            }
            bench.note("\(name): the same answers in \(answers.cases) random cases.")
            let large = bench.path("policy.jsonl")
            try Data(try line(full, requests).utf8).write(to: URL(filePath: large))
            let timed = try run(name, large, bench)
            guard timed.differences == 0 else { throw BenchmarkError("\(name): \(timed.differences) answers differ") }
            return (name, .seconds(timed.seconds / Double(timed.cases)))
        }
    }

    private struct Answers: Decodable {
        let cases: Int
        let differences: Int
        let seconds: Double
    }

    private static var script: String {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "policy_peers.py").path
    }

    private static func isInstalled(_ name: String, _ bench: Workbench) throws -> Bool {
        guard bench.isInstalled("python3") else { return false }
        let module = name == "cedar" ? "cedarpy" : name
        return (try? bench.time(["python3", "-c", "import \(module)"])) != nil
    }

    private static func run(_ name: String, _ file: String, _ bench: Workbench) throws -> Answers {
        let output = bench.path("\(name).json")
        _ = try bench.time(["python3", script, name, file], output: output)
        return try JSONDecoder().decode(Answers.self, from: Data(contentsOf: URL(filePath: output)))
    }

    /// A policy with requests that reach a route, and our answers.
    private static func line(_ large: LargePolicy, _ count: Int) throws -> String {
        let snapshot = try PolicySnapshot(compiling: large.policy) { _ in nil }
        var requests: [[Any]] = []
        var clients: [String: [String]] = [:]
        for request in large.requests(count * 2, snapshot) where requests.count < count {
            let decision = snapshot.decision(for: request, revocations: .none)
            guard decision.route != nil, let index = decision.client, let method = request.method else { continue }
            let client = snapshot.client(index)
            clients[client.name.text] = client.roles.map(\.text)
            let path = String(decoding: request.target, as: UTF8.self)
            requests.append([client.name.text, method.name, path, decision.isAllowed])
        }
        let roles = large.policy.roles.map { role in
            let permissions = role.permissions.map { permission -> [String: Any] in
                [
                    "effect": permission.effect.name, "methods": permission.methods.methods.map(\.name),
                    "path": permission.pattern.text,
                ]
            }
            return ["name": role.name.text, "parents": role.parents.map(\.text), "permissions": permissions]
                as [String: Any]
        }
        let object: [String: Any] = ["roles": roles, "clients": clients, "requests": requests]
        return String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
    }
}
