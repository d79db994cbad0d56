import Domain
import Testing

struct LimitStateTests {
    private static let windows: [Quota.Window] = [
        .rate(seconds: 3600), .rolling(seconds: 3600), .rolling(seconds: 86_400),
        .calendar(.day, zone: "Europe/Berlin"),
        .calendar(.month, zone: "UTC"),
    ]

    @Test(arguments: windows)
    func `a table that takes up another's state says the same from there on`(window: Quota.Window) throws {
        let quotas = [try LimitScene.quota(window, limit: 60, burst: 20)]
        var random = SeededGenerator(seed: 350)
        let first = try LimitScene(quotas, clients: 50)
        var time: Int64 = 0
        func next() -> (client: Int, cost: Int, moment: LimitMoment) {
            // In whole microseconds, which is what a row holds.
            time += Int64.random(in: 0...2_000_000, using: &random) * 1000
            return (
                Int.random(in: 0..<50, using: &random), Int.random(in: 1...9, using: &random),
                .after(nanoseconds: time)
            )
        }
        for _ in 0..<2000 {
            let (client, cost, moment) = next()
            _ = first.admit(client, cost: cost, at: moment)
        }
        let rows = first.table.state(at: .after(nanoseconds: time))
        #expect(rows.count > 40)
        // The next process has a monotonic clock of its own.
        let shift: Int64 = -7_000_000_000_000
        let second = try LimitScene(quotas, clients: 50)
        var start = LimitMoment.after(nanoseconds: time)
        start.monotonic += shift
        #expect(second.table.restore(rows, at: start) == 0)
        var refused = 0
        for _ in 0..<3000 {
            let (client, cost, moment) = next()
            var shifted = moment
            shifted.monotonic += shift
            let verdict = first.admit(client, cost: cost, at: moment)
            #expect(second.admit(client, cost: cost, at: shifted).isAdmitted == verdict.isAdmitted)
            if !verdict.isAdmitted { refused += 1 }
        }
        #expect(refused > 500)
    }

    @Test func `what a restart takes long for is given back, and a clock that was set back gives nothing`() throws {
        let quotas = [
            try LimitScene.quota(.rolling(seconds: 3600), limit: 10, name: "hour"),
            try LimitScene.quota(.calendar(.day, zone: "UTC"), limit: 30, name: "day"),
        ]
        let scene = try LimitScene(quotas)
        for _ in 0..<10 { #expect(scene.admit(at: .after(0)).isAdmitted) }
        let rows = scene.table.state(at: .after(60))
        for (seconds, remaining) in [(-7200.0, 0), (3599, 0), (3601, 9)] {
            let next = try LimitScene(quotas)
            next.table.restore(rows, at: .after(seconds))
            let standings = next.table.standings(of: next.use(0), at: .after(seconds)) { _ in false }
            #expect(standings.map(\.standing.remaining) == [19, Int64(remaining)], "\(seconds)")
        }
    }

    @Test func `counts go on under a policy with another limit, and end with their quota`() throws {
        let day = Quota.Window.calendar(.day, zone: "UTC")
        let scene = try LimitScene([
            LimitScene.quota(day, limit: 10, name: "day"), LimitScene.quota(day, limit: 50, key: .address, name: "old"),
        ])
        for _ in 0..<8 { #expect(scene.admit(at: .after(0)).isAdmitted) }
        let next = try LimitScene([
            LimitScene.quota(day, limit: 5, name: "day"), LimitScene.quota(day, limit: 50, key: .address, name: "new"),
        ])
        next.table.restore(scene.table.state(at: .after(1)), at: .after(1))
        #expect(!next.admit(at: .after(1)).isAdmitted)
        let standings = next.table.standings(of: next.use(0), at: .after(1)) { _ in false }
        #expect(standings.map(\.standing.remaining) == [0, 49])
    }

    @Test func `an adaptive quota's past goes along`() throws {
        let quotas = [
            try LimitScene.quota(
                .calendar(.hour, zone: "UTC"), limit: 1, adaptive: Quota.Adaptive(percent: 200, floor: 10, ceiling: 100)
            )
        ]
        let scene = try LimitScene(quotas)
        for hour in 0..<5 {
            for _ in 0..<10 { #expect(scene.admit(at: .after(Double(hour) * 3600)).isAdmitted) }
        }
        let moment = LimitMoment.after(5 * 3600)
        #expect(scene.peek(at: moment).standing.limit == 20)
        let next = try LimitScene(quotas)
        next.table.restore(scene.table.state(at: moment), at: moment)
        #expect(next.peek(at: moment).standing.limit == 20)
    }

    @Test func `rows that make no sense are no way to get units`() throws {
        let quotas = [try LimitScene.quota(.rolling(seconds: 60), limit: 5)]
        let key = LimitKey(client: try Name("client-1000"))
        let name = try Name<Quota>("quota")
        let far = Timestamp.distantFuture
        let counts: [LimitRow.Count] = [
            .rolling([.init(time: far, units: 5)]), .rolling([.init(time: .distantPast, units: -9)]),
            .rolling([.init(time: far, units: .max), .init(time: far, units: .max)]),
            .calendar(used: -5, until: far), .rate(owed: .min, at: far), .rate(owed: .max, at: .distantPast),
        ]
        for count in counts {
            let scene = try LimitScene(quotas)
            scene.table.restore([LimitRow(quota: name, key: key, count: count)], at: .after(0))
            let admitted = (0..<10).count { _ in scene.admit(at: .after(0)).isAdmitted }
            #expect(admitted <= 5)
            #expect((0..<10).count { _ in scene.admit(at: .after(61)).isAdmitted } == 5)
        }
    }

    @Test func `a key comes back from its text`() throws {
        let keys = [
            LimitKey(address: IPAddress("10.0.0.1")), LimitKey(address: nil), LimitKey(client: try Name("a")),
            LimitKey(subject: "a", issuer: "bc"), LimitKey(subject: "ab", issuer: "c"), LimitKey(bits: 0),
        ]
        #expect(Set(keys).count == keys.count)
        for key in keys { #expect(LimitKey(key.description) == key) }
        #expect(LimitKey("+0000000000000000000000000000001") == nil && LimitKey("12") == nil)
    }
}
