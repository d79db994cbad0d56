import Domain

extension DemoTraffic {
    static let historyDays: Int64 = 30

    /// A stretch of the past with how densely it is told, and in how long slots.
    struct Chapter: Equatable, Sendable {
        let window: TimeWindow
        let density: Double
        let slot: Int64
    }

    /// The past up to a whole minute: the last hour in full, and thinner the longer ago, so that long windows have
    /// something to show and filling a store takes a second or two.
    static func chapters(until end: Timestamp) -> [Chapter] {
        let minute: Int64 = 60_000_000
        let end = end.rounded(downToSeconds: 60)
        var chapters: [Chapter] = []
        var age: Int64 = 0
        while age < historyDays * 1440 {
            // Short chapters while the density falls quickly, so that no chart shows a step.
            let length: Int64 = age < 60 ? 5 : age < 1440 ? 10 : 60
            let window = TimeWindow(
                start: end.advanced(by: -(age + length) * minute), end: end.advanced(by: -age * minute))
            let isRecent = age < 60
            let hours = Double(age + length / 2) / 60
            chapters.append(
                Chapter(window: window, density: isRecent ? 1 : thinning(hours), slot: isRecent ? 1_000_000 : minute))
            age += length
        }
        return chapters.reversed()
    }

    /// What happened in a chapter.
    func events(of chapter: Chapter) -> [AccessEvent] {
        events(from: chapter.window.start, to: chapter.window.end, slot: chapter.slot, density: chapter.density)
    }

    /// The age to the power of -1.25: a third of a day ago a fifteenth is told, a month ago a four-thousandth.
    private static func thinning(_ hours: Double) -> Double {
        min(1, 1 / (hours * hours.squareRoot().squareRoot()))
    }
}
