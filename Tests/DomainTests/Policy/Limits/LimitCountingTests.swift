import Domain
import Foundation
import Testing

struct LimitCountingTests {
    /// Bursts, even traffic, idle times and clocks that step back; times in nanoseconds.
    struct Schedule {
        var random: SeededGenerator
        let span: Int64
        let limit: Int64
        var time: Int64

        init(seed: UInt64, span: Int64, limit: Int64) {
            random = SeededGenerator(seed: seed)
            (self.span, self.limit) = (span, limit)
            time = Int64.random(in: -1_000_000_000_000...1_000_000_000_000_000, using: &random)
        }

        /// Offers about four times the limit, with rests that are rarer the longer it takes to use the limit up.
        mutating func next() -> Int64 {
            switch Int.random(in: 0..<100, using: &random) {
            case ..<45: break
            case ..<92: time += Int64.random(in: 0...max(1, 2 * span / limit), using: &random)
            case ..<96: time += span / limit
            default: if Int64.random(in: 0...limit / 100, using: &random) == 0 { rest() }
            }
            return time
        }

        private mutating func rest() {
            switch Int.random(in: 0..<10, using: &random) {
            case ..<3: time += Int64.random(in: 0...2 * span, using: &random)
            case 3: time += span
            case 4: time += span - 1
            case 5: time += 20 * span
            case ..<8: time += Int64.random(in: 0...max(1, span / 20), using: &random)
            default: time -= Int64.random(in: 0...span, using: &random)
            }
        }

        mutating func cost() -> Int64 { random.chance(80) ? 1 : Int64.random(in: 1...12, using: &random) }
    }

    @Test(arguments: [
        (1, 1, 0), (1000, 3600, 0), (1000, 3600, 50), (7, 3, 2), (100, 1, 99), (1, 86_400, 3), (9973, 7, 1000),
        (3, 1_000_000, 5),
    ])
    func `a rate admits what the generic cell rate algorithm admits, to the nanosecond`(
        limit: Int, seconds: Int, burst: Int
    ) throws {
        let scene = try LimitScene([LimitScene.quota(.rate(seconds: seconds), limit: limit, burst: burst)])
        var oracle = RateOracle(limit: Int64(limit), seconds: Int64(seconds), burst: Int64(burst))
        var schedule = Schedule(seed: 310, span: Int64(seconds) * LimitScene.second, limit: Int64(limit))
        var admitted = 0
        for step in 0..<8000 {
            let (time, cost) = (schedule.next(), schedule.cost())
            let verdict = scene.admit(cost: Int(cost), at: LimitMoment(monotonic: time, wall: .distantPast))
            try #require(verdict.isAdmitted == oracle.admits(cost, at: time), "step \(step)")
            if verdict.isAdmitted { admitted += 1 }
        }
        #expect((1000..<8000).contains(admitted))
    }

    @Test(arguments: [(1, 1), (10, 60), (64, 1), (64, 86_400), (33, 7)])
    func `a rolling window of up to 64 units admits what an exact log admits`(limit: Int, seconds: Int) throws {
        let scene = try LimitScene([LimitScene.quota(.rolling(seconds: seconds), limit: limit)])
        let window = Int64(seconds) * LimitScene.second
        var oracle = RollingOracle(limit: Int64(limit), window: window)
        var schedule = Schedule(seed: 311, span: window, limit: Int64(limit))
        // Beyond half a second times are rounded up to ticks.
        let tick = max(1, window >> 28)
        for step in 0..<15_000 {
            let cost = schedule.cost()
            let time = tick == 1 ? schedule.next() : schedule.next().dividedDown(by: tick * 4) * tick * 4
            oracle.see(time)
            let verdict = scene.admit(cost: Int(cost), at: LimitMoment(monotonic: time, wall: .distantPast))
            let admits = oracle.used(within: window) + cost <= limit
            let admitsSurely = oracle.used(within: window + 4 * tick) + cost <= limit
            try #require(!verdict.isAdmitted || admits, "too much in step \(step)")
            try #require(verdict.isAdmitted || !admitsSurely, "too little in step \(step)")
            if verdict.isAdmitted { oracle.admit(cost) }
        }
    }

    @Test(arguments: [(65, 1), (100, 3600), (1000, 3600), (5000, 86_400), (100_000, 60)])
    func `a rolling window never admits too much, and is late by a 63rd at most`(limit: Int, seconds: Int) throws {
        let scene = try LimitScene([LimitScene.quota(.rolling(seconds: seconds), limit: limit)])
        let window = Int64(seconds) * LimitScene.second
        var oracle = RollingOracle(limit: Int64(limit), window: window)
        let scale = limit > 1000 ? limit / 500 : 1
        var schedule = Schedule(seed: 312, span: window, limit: Int64(limit / scale))
        var refused = 0
        for step in 0..<12_000 {
            let (time, cost) = (schedule.next(), schedule.cost() * Int64(scale))
            oracle.see(time)
            let verdict = scene.admit(cost: Int(cost), at: LimitMoment(monotonic: time, wall: .distantPast))
            let admits = oracle.used(within: window) + cost <= limit
            let admitsSurely = oracle.used(within: window + window / 63 + window >> 26) + cost <= limit
            try #require(!verdict.isAdmitted || admits, "too much in step \(step)")
            try #require(verdict.isAdmitted || !admitsSurely, "too little in step \(step)")
            if verdict.isAdmitted { oracle.admit(cost) } else { refused += 1 }
        }
        #expect(refused > 1000)
    }

    @Test(arguments: Quota.CalendarUnit.allCases, ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"])
    func `calendar windows are those of the zone's calendar`(unit: Quota.CalendarUnit, zone: String) throws {
        let limit = 40
        let scene = try LimitScene([LimitScene.quota(.calendar(unit, zone: zone), limit: limit)])
        var oracle = CalendarOracle(limit: Int64(limit), unit: unit, zone: try #require(TimeZone(identifier: zone)))
        let seconds: Int64 =
            switch unit {
            case .hour: 3600
            case .day: 86_400
            case .month: 2_600_000
            }
        var schedule = Schedule(seed: 313, span: seconds * LimitScene.second, limit: Int64(limit))
        // 2026-10-24, the day before clocks change in Berlin, a week before New York.
        schedule.time = 1_792_800_000 * LimitScene.second
        // The zones' tables end in 2037.
        for step in 0..<(unit == .month ? 1500 : 5000) {
            let (time, cost) = (schedule.next(), schedule.cost())
            let wall = Timestamp(microseconds: time.dividedDown(by: 1000))
            let verdict = scene.admit(cost: Int(cost), at: LimitMoment(monotonic: 0, wall: wall))
            try #require(verdict.isAdmitted == oracle.admits(cost, at: wall), "step \(step)")
        }
    }
}
