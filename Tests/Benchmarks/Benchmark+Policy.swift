// How fast a policy is compiled and decided by, beside pycasbin and cedarpy with the same policy and requests.

import Domain
import Foundation

extension Benchmark {
    /// A policy of the full size, with conditions, denies and scopes; requests by many clients, half of which it allows.
    static let decisions = Benchmark(
        name: "decisions",
        what: "decisions on one core (1 000 roles, 10 000 permissions, 2 000 routes, 100 000 clients)",
        bar: "≥ 3M/s; ≤ 1.5× slower than with 100 permissions", aim: "10M/s"
    ) { bench in
        let (_, snapshot, requests) = try largePolicy(bench, permissions: 10_000)
        let (_, smallSnapshot, smallRequests) = try largePolicy(bench, permissions: 100)
        var times: [Duration] = []
        var smallTimes: [Duration] = []
        var singleTimes: [Duration] = []
        // In turn, so that what else the machine does hits all.
        for _ in 0..<5 * bench.sizes.rounds {
            times.append(try decideTogether(requests, snapshot))
            smallTimes.append(try decideTogether(smallRequests, smallSnapshot))
            singleTimes.append(try decide(requests, snapshot))
        }
        let ours = (times.min() ?? .zero) / requests.count
        let small = (smallTimes.min() ?? .zero) / smallRequests.count
        let single = (singleTimes.min() ?? .zero) / requests.count
        bench.note(
            """
            Decisions: \(nanoseconds(ours)) with 10 000 permissions, \(nanoseconds(small)) with 100, where many requests \
            are handed over at once; \(nanoseconds(single)) one by one.
            """)
        bench.note("Of 2 000 allowed decisions, \(try allocations(requests, snapshot)) allocated memory.")
        let peers = try peerTimes(bench)
        return Result(
            ours: """
                \(Figures.rate(.seconds(1) / ours))/s (one by one \(Figures.rate(.seconds(1) / single))/s); \
                \(Figures.ratio(ours / small))
                """,
            peer: peers.map {
                "\($0.name): \($0.time.map { "\(Figures.rate(.seconds(1) / $0))/s" } ?? "not installed")"
            }
            .joined(separator: "; "),
            ratio: peers.map { $0.time.map { Figures.ratio($0 / ours) } ?? "–" }.joined(separator: "; "))
    }

    static let compiling = Benchmark(
        name: "compiling", what: "compilation of that policy", bar: "≤ 300 ms", aim: "≤ 150 ms"
    ) { bench in
        let policy = try LargePolicy(clients: bench.sizes.clients).policy
        let time = try bench.fastest {
            try ContinuousClock().measure { _ = try PolicySnapshot(compiling: policy, zones: zone) }
        }
        return Result(ours: Figures.milliseconds(time))
    }

    // MARK: - Parts

    static func zone(_ name: String) -> TimeZoneTable? { name == "UTC" ? .utc : nil }

    private static func nanoseconds(_ time: Duration) -> String { "\(Figures.three(time / .nanoseconds(1))) ns" }

    static func largePolicy(
        _ bench: Workbench, permissions: Int
    ) throws -> (LargePolicy, PolicySnapshot, [AccessRequest]) {
        let large = try LargePolicy(roles: permissions / 10, permissions: permissions, clients: bench.sizes.clients)
        let snapshot = try PolicySnapshot(compiling: large.policy, zones: zone)
        let requests = large.requests(100_000, snapshot)
        return (large, snapshot, requests.filter { snapshot.decision(for: $0, revocations: .none).isAllowed })
    }

    private static func decide(_ requests: [AccessRequest], _ snapshot: PolicySnapshot) throws -> Duration {
        let revocations = RevocationSnapshot.none
        var allowed = 0
        // Lent for writing, though nobody writes: what is lent for reading only would be copied first.
        var requests = requests
        var span = requests.mutableSpan
        let start = ContinuousClock.now
        for index in span.indices where isAllowed(&span[index], snapshot, revocations) { allowed += 1 }
        let time = ContinuousClock.now - start
        guard allowed == requests.count else { throw BenchmarkError("\(requests.count - allowed) decisions differ") }
        return time
    }

    private static func decideTogether(_ requests: [AccessRequest], _ snapshot: PolicySnapshot) throws -> Duration {
        var requests = requests
        // A copy of its own before the clock starts.
        _ = requests.mutableSpan
        var allowed = 0
        let start = ContinuousClock.now
        snapshot.decide(&requests, revocations: .none) { _, decision in if decision.isAllowed { allowed += 1 } }
        let time = ContinuousClock.now - start
        guard allowed == requests.count else { throw BenchmarkError("\(requests.count - allowed) decisions differ") }
        return time
    }

    private static func isAllowed(
        _ request: inout AccessRequest, _ snapshot: PolicySnapshot, _ revocations: RevocationSnapshot
    ) -> Bool {
        snapshot.decision(for: request, revocations: revocations).isAllowed
    }

    /// How many of some decisions allocated memory; of a decision that has to, the probe must say so.
    private static func allocations(_ requests: [AccessRequest], _ snapshot: PolicySnapshot) throws -> String {
        let revocations = RevocationSnapshot.none
        var control = requests[0]
        if case .token(let client, _) = control.caller {
            control.caller = .token(client, TokenFacts(roles: ["role1"], expires: .distantFuture))
        } else if case .client(let client, _) = control.caller {
            control.caller = .token(client, TokenFacts(roles: ["role1"], expires: .distantFuture))
        }
        let isSeen = AllocationProbe.sees { _ = snapshot.decision(for: control, revocations: revocations) }
        guard isSeen else { throw BenchmarkError("the probe for allocations sees nothing") }
        let count = requests.prefix(2000).count { request in
            AllocationProbe.sees { _ = snapshot.decision(for: request, revocations: revocations) }
        }
        return count == 0 ? "none" : "\(count)"
    }
}
