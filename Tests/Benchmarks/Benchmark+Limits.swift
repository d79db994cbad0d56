// What it costs to count a request by its quotas, on one core and where two threads use the same counters.

import Dispatch
import Domain

extension Benchmark {
    /// Three quotas for each request: a rate of the client, an hour that moves on the route, and a month of the client.
    static let limits = Benchmark(
        name: "limits", what: "counting a request by three quotas (10 000 clients in use; one core, two threads)",
        bar: "–", aim: "–"
    ) { bench in
        let resolver = try QuotaResolver(threeQuotas()) { $0 == "UTC" ? .utc : nil }
        let uses = uses(1_000_000)
        let one = Counting(resolver)
        one.run(uses, thread: 0, round: 0)
        var round = 0
        let alone =
            bench.fastest {
                round += 1
                return ContinuousClock().measure { one.run(uses, thread: 0, round: round) }
            } / uses.count
        let two = Counting(resolver)
        let together = bench.fastest {
            round += 1
            let round = round
            return ContinuousClock().measure {
                DispatchQueue.concurrentPerform(iterations: 2) { two.run(uses, thread: $0, round: round) }
            }
        }
        guard one.admits(uses[0]) else { throw BenchmarkError("a quota refuses what it is large enough for") }
        bench.note("Of 2 000 requests that were counted, \(try allocations(one, uses)) allocated memory.")
        let each = together / (2 * uses.count)
        return Result(ours: "\(nanoseconds(alone)); \(nanoseconds(each)) (\(Figures.rate(.seconds(1) / each))/s)")
    }

    private static func nanoseconds(_ time: Duration) -> String { "\(Figures.three(time / .nanoseconds(1))) ns" }

    private static func threeQuotas() throws -> Policy {
        var items = try (0..<10_000).map { PolicyItem.client(Client(name: try Name("client-\($0)"))) }
        for index in 0..<100 {
            let route = Route(
                name: try Name("route-\(index)"), pattern: try RoutePattern("/v1/things\(index)"), methods: .all)
            items.append(.route(route))
        }
        let tier = Tier(name: try Name("standard"))
        let large = 1_000_000_000
        let quotas = [
            Quota(
                name: try Name("rate"), holder: .tier(tier.name), key: .client, window: .rate(seconds: 1),
                limit: large, burst: large),
            Quota(
                name: try Name("hour"), holder: .tier(tier.name), key: .clientAndRoute,
                window: .rolling(seconds: 3600), limit: large),
            Quota(
                name: try Name("month"), holder: .tier(tier.name), key: .client,
                window: .calendar(.month, zone: "UTC"), limit: large),
        ]
        items.append(.tier(tier))
        items += quotas.map { .quota($0) }
        var settings = PolicySettings()
        settings.defaultTier = tier.name
        items.append(.settings(settings))
        return Policy(items)
    }

    /// Each client uses two routes; a few clients make most requests.
    private static func uses(_ count: Int) -> [LimitUse] {
        var random = SplitMix(state: 7)
        return (0..<count).map { index in
            let client = random.skewed(10_000)
            return LimitUse(
                client: ClientIndex(client), address: IPAddress(v4: 0x0a00_0001),
                route: RouteIndex((client + index % 2) % 100))
        }
    }

    /// How many of some requests allocated memory when they were counted; of what has to, the probe must say so.
    private static func allocations(_ counting: Counting, _ uses: [LimitUse]) throws -> String {
        guard AllocationProbe.sees({ _ = counting.occupied }) else {
            throw BenchmarkError("the probe for allocations sees nothing")
        }
        let count = uses.prefix(2000).count { use in AllocationProbe.sees { _ = counting.admits(use) } }
        return count == 0 ? "none" : "\(count)"
    }
}

/// Counters, and a clock that goes on by a microsecond with each request.
private final class Counting: Sendable {
    private let table: LimitTable

    init(_ resolver: QuotaResolver) {
        table = LimitTable(resolver, seed: 42)
    }

    /// The keys that have a counter, as text: something that has to allocate.
    var occupied: String { String(repeating: "\(table.occupancy.keys) ", count: 10) }

    func run(_ uses: [LimitUse], thread: Int, round: Int) {
        // Threads begin in different places, as different connections would.
        let start = thread * uses.count / 2
        for index in uses.indices {
            let place = (start + index) % uses.count
            _ = table.admit(uses[place], at: moment(round * uses.count + index)) { _ in true }
        }
    }

    func admits(_ use: LimitUse) -> Bool { table.admit(use, at: moment(100_000_000)) { _ in true }.isAdmitted }

    private func moment(_ index: Int) -> LimitMoment {
        let wall = LargePolicy.now.advanced(by: Int64(index))
        return LimitMoment(monotonic: Int64(index) * 1000, wall: wall)
    }
}
