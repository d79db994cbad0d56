import Domain
import Testing

struct AdaptiveQuotaTests {
    private static let windows: [Quota.Window] = [
        .rate(seconds: 60), .rolling(seconds: 60), .calendar(.hour, zone: "UTC"),
    ]

    private func scene(_ window: Quota.Window, percent: Int = 300, floor: Int = 10, ceiling: Int = 500) throws
        -> LimitScene
    {
        try LimitScene([
            LimitScene.quota(
                window, limit: 1, burst: 999, adaptive: Quota.Adaptive(percent: percent, floor: floor, ceiling: ceiling)
            )
        ])
    }

    private func seconds(_ window: Quota.Window) -> Double {
        switch window {
        case .rate(let seconds), .rolling(let seconds): Double(seconds)
        case .calendar: 3600
        }
    }

    @Test(arguments: windows)
    func `the limit follows the median of the key's last seven windows`(window: Quota.Window) throws {
        let scene = try scene(window)
        let length = seconds(window)
        var random = SeededGenerator(seed: 360)
        var past: [Int] = []
        for number in 0..<40 {
            let known = past.suffix(7)
            let usual = (Array(repeating: 0, count: 7 - known.count) + known).sorted()[3]
            let limit = min(max(usual * 3, 10), 500)
            // In the second half, so that what was used before is no longer in a rolling window.
            let start = Double(2 * number) * length + length / 2
            #expect(scene.peek(at: .after(start)).standing.limit == Int64(limit), "window \(number)")
            var admitted = 0
            for _ in 0..<Int.random(in: 0...60, using: &random) where scene.admit(at: .after(start)).isAdmitted {
                admitted += 1
            }
            if admitted > 0 { past.append(admitted) }
        }
        #expect(past.count > 30)
    }

    @Test func `what was refused never makes the limit grow`() throws {
        let scene = try scene(.calendar(.hour, zone: "UTC"), percent: 100)
        for hour in 0..<30 {
            let admitted = (0..<1000).count { _ in scene.admit(at: .after(Double(hour) * 3600)).isAdmitted }
            #expect(admitted == 10)
        }
    }

    @Test func `whoever uses all there is gets three times as much after each four windows, up to the ceiling`() throws
    {
        let scene = try scene(.calendar(.hour, zone: "UTC"))
        var admitted: [Int] = []
        for hour in 0..<20 {
            admitted.append((0..<2000).count { _ in scene.admit(at: .after(Double(hour) * 3600)).isAdmitted })
        }
        #expect(Array(admitted.prefix(9)) == [10, 10, 10, 10, 30, 30, 30, 30, 90])
        #expect(admitted.max() == 500 && admitted.last == 500)
    }

    @Test func `one loud window changes nothing, and a quiet night neither`() throws {
        let scene = try scene(.calendar(.day, zone: "UTC"), floor: 100)
        for day in 0..<7 {
            let units = day == 5 ? 300 : 100
            for _ in 0..<units { _ = scene.admit(at: .after(Double(day) * 86_400)) }
        }
        #expect(scene.peek(at: .after(7 * 86_400)).standing.limit == 300)
        #expect(scene.peek(at: .after(12 * 86_400)).standing.limit == 300)
    }

    @Test func `a floor above the ceiling is the ceiling, and nothing overflows`() throws {
        let window = Quota.Window.calendar(.hour, zone: "UTC")
        #expect(try scene(window, floor: 900, ceiling: 50).peek(at: .after(0)).standing.limit == 50)
        let scene = try scene(window, percent: .max, floor: 3, ceiling: .max)
        for hour in 0..<8 { _ = scene.admit(cost: 3, at: .after(Double(hour) * 3600)) }
        #expect(scene.peek(at: .after(9 * 3600)).standing.limit > 1_000_000)
        #expect(try self.scene(window, percent: -5, floor: -1, ceiling: -1).peek(at: .after(0)).isAdmitted == false)
    }
}
