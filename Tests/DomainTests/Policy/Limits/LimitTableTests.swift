import Dispatch
import Domain
import Synchronization
import Testing

struct LimitTableTests {
    private let hour = Quota.Window.rolling(seconds: 3600)

    @Test func `a refused request takes nothing from any of its quotas`() throws {
        let scene = try LimitScene([
            LimitScene.quota(hour, limit: 5, key: .client, name: "narrow"),
            LimitScene.quota(hour, limit: 100, key: .address, name: "wide"),
        ])
        for _ in 0..<5 { #expect(scene.admit(at: .after(0)).isAdmitted) }
        for _ in 0..<50 { #expect(!scene.admit(at: .after(1)).isAdmitted) }
        let standings = scene.table.standings(of: scene.use(0), at: .after(2)) { _ in false }
        #expect(standings.map(\.standing.remaining) == [0, 94])
        #expect(standings.map(\.standing.admits) == [false, true])
    }

    @Test func `a costly request takes its cost, and what is too dear for the quota says that waiting is no help`()
        throws
    {
        let scene = try LimitScene([LimitScene.quota(.rolling(seconds: 10), limit: 10)])
        #expect(scene.admit(cost: 7, at: .after(0)).standing.remaining == 3)
        #expect(scene.admit(cost: 4, at: .after(1)).standing.retryAfterSeconds == 9)
        #expect(scene.admit(cost: 3, at: .after(2)).standing.remaining == 0)
        let dear = scene.admit(cost: 11, at: .after(100))
        #expect(!dear.isAdmitted && dear.standing.retryAfterSeconds == nil && dear.standing.remaining == 10)
    }

    @Test func `a request that is dearer than a bucket waits for a full one, and the rate holds`() throws {
        let scene = try LimitScene([LimitScene.quota(.rate(seconds: 1), limit: 1, burst: 1)])
        #expect(scene.admit(cost: 10, at: .after(0)).isAdmitted)
        #expect(scene.admit(at: .after(8)).standing.retryAfterSeconds == 1)
        #expect(scene.admit(at: .after(9)).isAdmitted)
        #expect(scene.admit(cost: 10, at: .after(10)).standing.retryAfterSeconds == 1)
    }

    @Test func `who waits as long as the answer says is admitted, and not much sooner`() throws {
        var random = SeededGenerator(seed: 330)
        let windows: [Quota.Window] = [.rate(seconds: 7), .rolling(seconds: 7), .calendar(.hour, zone: "UTC")]
        for window in windows {
            let scene = try LimitScene([LimitScene.quota(window, limit: 100, burst: 9)])
            var time: Int64 = 0
            var waits = 0
            for _ in 0..<20_000 {
                let cost = Int.random(in: 1...10, using: &random)
                let verdict = scene.admit(cost: cost, at: .after(nanoseconds: time))
                if !verdict.isAdmitted {
                    waits += 1
                    let wait = verdict.standing.wait
                    #expect(
                        !scene.peek(cost: cost, at: .after(nanoseconds: time + wait * 999 / 1000 - 2000)).isAdmitted)
                    #expect(scene.peek(cost: cost, at: .after(nanoseconds: time + wait)).isAdmitted)
                    #expect(wait <= verdict.standing.reset)
                }
                time += Int64.random(in: 0...500_000_000, using: &random)
            }
            #expect(waits > 100)
        }
    }

    @Test func `a look takes nothing`() throws {
        let scene = try LimitScene([LimitScene.quota(hour, limit: 2)])
        for _ in 0..<10 { #expect(scene.peek(at: .after(0)).standing.remaining == 1) }
        #expect(scene.table.occupancy.keys == 0)
        #expect(scene.admit(at: .after(0)).isAdmitted && scene.admit(at: .after(0)).isAdmitted)
        #expect(!scene.peek(at: .after(0)).isAdmitted)
    }

    @Test func `of the quotas that refuse, the one with the longest wait tells`() throws {
        let scene = try LimitScene([
            LimitScene.quota(.rolling(seconds: 60), limit: 3, name: "minute"),
            LimitScene.quota(hour, limit: 3, name: "hour"), LimitScene.quota(.rate(seconds: 1), limit: 9, burst: 8),
        ])
        for _ in 0..<3 { #expect(scene.admit(at: .after(0)).isAdmitted) }
        let verdict = scene.admit(at: .after(10))
        #expect(verdict.quota.map { scene.resolver[$0].name.text } == "hour")
        #expect(verdict.standing.retryAfterSeconds == 3590)
        #expect(scene.resolver.reason(verdict, of: ClientIndex(0)) == .tierQuota)
    }

    @Test func `clients, subjects, and addresses by network have counters of their own`() throws {
        let scene = try LimitScene(
            [
                LimitScene.quota(hour, limit: 1, key: .subject, name: "subject"),
                LimitScene.quota(hour, limit: 2, key: .address, name: "address"),
            ], clients: 2)
        let first = try #require(IPAddress("2001:db8::1"))
        let neighbour = try #require(IPAddress("2001:db8::2:1"))
        let other = try #require(IPAddress("2001:db8:0:1::1"))
        #expect(scene.admit(0, subject: "ann", address: first, at: .after(0)).isAdmitted)
        #expect(!scene.admit(1, subject: "ann", address: other, at: .after(0)).isAdmitted, "the same subject")
        #expect(scene.admit(0, subject: "bob", address: neighbour, at: .after(0)).isAdmitted)
        #expect(!scene.admit(0, subject: "eve", address: first, at: .after(0)).isAdmitted, "the network is used up")
        #expect(scene.admit(0, address: other, at: .after(0)).isAdmitted, "a client is its own subject")
        #expect(!scene.admit(0, address: other, at: .after(0)).isAdmitted)
        #expect(scene.admit(1, address: other, at: .after(0)).isAdmitted)
    }

    @Test func `who comes without credentials is an address, and whoever has none is one caller`() throws {
        let scene = try LimitScene([LimitScene.quota(hour, limit: 1, key: .client)])
        #expect(scene.admit(nil, address: IPAddress("10.0.0.1"), at: .after(0)).isAdmitted)
        #expect(scene.admit(nil, address: IPAddress("10.0.0.2"), at: .after(0)).isAdmitted)
        let verdict = scene.admit(nil, address: IPAddress("10.0.0.1"), at: .after(0))
        #expect(scene.resolver.reason(verdict, of: nil) == .anonymousQuota)
        #expect(scene.admit(nil, at: .after(0)).isAdmitted)
        #expect(!scene.admit(nil, at: .after(0)).isAdmitted)
    }

    @Test func `a full table counts further keys together, and lets none pass uncounted`() throws {
        let scene = try LimitScene([LimitScene.quota(hour, limit: 1, key: .address)], mostKeys: 640)
        var admitted = 0
        for number in 0..<20_000 {
            let address = IPAddress(v4: UInt32(number))
            if scene.admit(nil, address: address, at: .after(Double(number) / 1000)).isAdmitted { admitted += 1 }
        }
        #expect((500...641).contains(admitted))
        #expect(scene.table.occupancy.keys == admitted - 1)
        #expect(scene.table.occupancy.shared == 20_000 - admitted + 1)
        // What was counted is still known, and in the next hour there is room again.
        #expect(!scene.admit(nil, address: IPAddress(v4: 0), at: .after(30)).isAdmitted)
        for number in 0..<640 { _ = scene.admit(nil, address: IPAddress(v4: UInt32(number)), at: .after(4000)) }
        #expect(scene.table.occupancy.keys > 400)
    }

    @Test func `a clock that goes back gives nothing, even to keys that were forgotten in between`() throws {
        for window: Quota.Window in [hour, .rate(seconds: 3600), .calendar(.hour, zone: "UTC")] {
            let scene = try LimitScene([LimitScene.quota(window, limit: 2, burst: 1, key: .address)], mostKeys: 640)
            let address = IPAddress(v4: 1)
            func use(up seconds: Double) -> Int {
                (0..<5).count { _ in scene.admit(nil, address: address, at: .after(seconds)).isAdmitted }
            }
            #expect(use(up: 0) == 2)
            // Others come later, and sweep what is full again.
            for number in 100..<5000 {
                _ = scene.admit(nil, address: IPAddress(v4: UInt32(number)), at: .after(4000))
            }
            let again = use(up: 10)
            let later = use(up: 4001)
            #expect(again + later <= 2, "\(window)")
        }
    }

    @Test func `threads that hammer one key get exactly its limit`() throws {
        for window: Quota.Window in [hour, .rate(seconds: 3600), .calendar(.day, zone: "UTC")] {
            let limit = 1000
            let scene = try LimitScene([LimitScene.quota(window, limit: limit, burst: limit - 1)])
            let admitted = Atomic(0)
            DispatchQueue.concurrentPerform(iterations: 8) { _ in
                for _ in 0..<500 where scene.admit(at: .after(0)).isAdmitted {
                    admitted.add(1, ordering: .relaxed)
                }
            }
            #expect(admitted.load(ordering: .relaxed) == limit)
        }
    }

    @Test func `threads that cross over several quotas neither lock up nor lose or gain a unit`() throws {
        let scene = try LimitScene(
            [
                LimitScene.quota(hour, limit: 90, key: .client, name: "client"),
                LimitScene.quota(hour, limit: 70, key: .address, name: "address"),
                LimitScene.quota(.rate(seconds: 3600), limit: 200, burst: 199, key: .subject, name: "subject"),
            ],
            clients: 20)
        let perClient = Mutex([Int](repeating: 0, count: 20))
        let perAddress = Mutex([Int](repeating: 0, count: 30))
        DispatchQueue.concurrentPerform(iterations: 8) { thread in
            var random = SeededGenerator(seed: UInt64(340 + thread))
            for _ in 0..<3000 {
                let client = Int.random(in: 0..<20, using: &random)
                let address = Int.random(in: 0..<30, using: &random)
                let verdict = scene.admit(
                    client, subject: "\(client % 3)", address: IPAddress(v4: UInt32(address)), at: .after(0))
                guard verdict.isAdmitted else { continue }
                perClient.withLock { $0[client] += 1 }
                perAddress.withLock { $0[address] += 1 }
            }
        }
        let total = perClient.withLock { $0.reduce(0, +) }
        #expect(total == 600, "the three subjects' buckets are what is least")
        for client in 0..<20 {
            let standing = scene.table.standings(of: scene.use(client, subject: "x"), at: .after(0)) { _ in false }[1]
            #expect(standing.standing.remaining == max(0, 90 - 1 - perClient.withLock { $0[client] }))
        }
        #expect(perAddress.withLock { $0.max() ?? 0 } <= 70)
    }
}
