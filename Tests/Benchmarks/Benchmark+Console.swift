// What whoever sits before the console feels.

import Domain
import Foundation
import Store

extension Benchmark {
    private static let minute: Int64 = 60_000_000
    private static let windows: [(name: String, minutes: Int64)] = [
        ("5 min", 5), ("15 min", 15), ("1 h", 60), ("6 h", 360), ("1 d", 1440), ("7 d", 10_080), ("30 d", 43_200),
    ]

    /// The query that the Overview screen asks, in this process: by a reader that never saw the store, then again with
    /// windows that move on, each the median of nine.
    static let overview = Benchmark(
        name: "overview", what: "Overview for any window from 5 min to 30 days (first time; again)", bar: "≤ 50 ms",
        aim: "≤ 10 ms, flat"
    ) { bench in
        let (path, end) = try bench.largeStore()
        var first: [Duration] = []
        var again: [Duration] = []
        for window in windows {
            var firstTimes: [Duration] = []
            var laterTimes: [Duration] = []
            for _ in 0..<9 {
                let reader = TrafficReader(folder: StoreFolder(path))
                firstTimes.append(
                    try ContinuousClock().measure {
                        _ = try reader.refresh()
                        _ = try ask(reader, window.minutes, end)
                    })
                let later = end.advanced(by: -17_000_000)
                laterTimes.append(try ContinuousClock().measure { _ = try ask(reader, window.minutes, later) })
            }
            first.append(Figures.quantile(0.5, of: firstTimes))
            again.append(Figures.quantile(0.5, of: laterTimes))
        }
        let details = windows.indices.map { index in
            "\(windows[index].name) \(Figures.milliseconds(first[index])) and \(Figures.milliseconds(again[index]))"
        }
        bench.note("Overview by window, first time and again: \(details.joined(separator: ", ")).")
        func range(_ times: [Duration]) -> String {
            "\(Figures.milliseconds(times.min() ?? .zero)) – \(Figures.milliseconds(times.max() ?? .zero))"
        }
        return Result(ours: "\(range(first)); \(range(again))")
    }

    private static func ask(_ reader: TrafficReader, _ minutes: Int64, _ end: Timestamp) throws -> Overview {
        let window = TimeWindow(start: end.advanced(by: -minutes * minute), end: end)
        let overview = try reader.overview(OverviewQuery(window: window, denials: 12, now: end))
        guard overview.totals.requests > 0 else { throw BenchmarkError("the Overview is empty") }
        return overview
    }

    /// From the start of the process to the first routes on the screen; the median of ten.
    static let firstScreen = Benchmark(
        name: "first-screen", what: "first screen", bar: "≤ 150 ms", aim: "≤ 50 ms"
    ) { bench in
        let (path, _) = try bench.largeStore()
        var times: [Duration] = []
        for _ in 0..<10 {
            let console = try ConsoleProcess([bench.program, "--store", path], environment: bench.environment)
            times.append(try console.firstScreen(showing: "/v1/"))
            try console.quit()
        }
        return Result(ours: Figures.milliseconds(Figures.quantile(0.5, of: times)))
    }

    /// Help and back, Traffic and back, in turn, while a log grows and an ingest follows it.
    static let keyPress = Benchmark(
        name: "key-press", what: "key press to painted screen while 20k events/s arrive", bar: "p99 ≤ 33 ms",
        aim: "≤ 16 ms"
    ) { bench in
        let store = try bench.largeStore().path
        let traffic = try LiveTraffic(bench, store: store, linesPerSecond: 20_000, steps: 20)
        let console = try ConsoleProcess([bench.program, "--store", store], environment: bench.environment)
        _ = try console.firstScreen(showing: "/v1/")
        console.run(for: .seconds(3))
        let keys = [("?", "esc closes"), ("q", "no filter"), ("2", "reason"), ("1", "clients by")]
        var random = SplitMix(state: 4)
        var times: [Duration] = []
        for turn in 0..<bench.sizes.keys {
            let (key, text) = keys[turn % keys.count]
            times.append(try console.press(key, until: text))
            // At no fixed distance from anything that happens by the clock.
            console.run(for: .milliseconds(40 + Int(random.next() % 120)))
        }
        try console.quit()
        try traffic.stop()
        let (half, most) = (Figures.quantile(0.5, of: times), Figures.quantile(0.99, of: times))
        return Result(
            ours: "p99 \(Figures.milliseconds(most)) (p50 \(Figures.milliseconds(half)), \(times.count) keys)")
    }

    /// The console's processor time while an ingest adds 20 events once a second.
    static let idle = Benchmark(
        name: "idle", what: "CPU of an idle console at 1 Hz of new data", bar: "≤ 1 % of a core", aim: "≤ 0.3 %"
    ) { bench in
        let store = try bench.largeStore().path
        let traffic = try LiveTraffic(bench, store: store, linesPerSecond: 20, steps: 1)
        let console = try ConsoleProcess([bench.program, "--store", store], environment: bench.environment)
        _ = try console.firstScreen(showing: "/v1/")
        console.run(for: .seconds(5))
        let (start, before) = (ContinuousClock.now, console.child.processorSeconds)
        console.run(for: .seconds(bench.sizes.idleSeconds))
        let used = console.child.processorSeconds - before
        let share = used / ((ContinuousClock.now - start) / .seconds(1))
        try console.quit()
        try traffic.stop()
        return Result(ours: "\(Figures.three(share * 100)) % (over \(bench.sizes.idleSeconds) s)")
    }

    /// Resident memory of the console and of the ingest, at six moments that lie equally far from each other.
    static let memory = Benchmark(
        name: "memory", what: "memory over an hour of 5k events/s", bar: "≤ 80 MB and flat", aim: "≤ 48 MB"
    ) { bench in
        let store = bench.path("memory-store")
        let traffic = try LiveTraffic(bench, store: store, linesPerSecond: 5000, steps: 20)
        sleep(1)
        let console = try ConsoleProcess([bench.program, "--store", store], environment: bench.environment)
        _ = try console.firstScreen(showing: "/v1/")
        let seconds = bench.sizes.memorySeconds
        var samples: [(console: Int, ingest: Int)] = []
        for _ in 0..<6 {
            console.run(for: .seconds(seconds) / 6)
            samples.append((console.child.residentBytes, traffic.ingest.residentBytes))
        }
        try console.quit()
        try traffic.stop()
        func list(_ sizes: [Int]) -> String { sizes.map { Figures.three(Double($0) / 1e6) }.joined(separator: ", ") }
        return Result(
            ours: """
                MB every \(seconds / 6) s: console \(list(samples.map(\.console))); \
                ingest \(list(samples.map(\.ingest)))
                """
        )
    }
}
