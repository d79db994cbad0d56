/// That more than ten times as much may pass by one quota as by another, in the longer of their two windows.
///
/// So a quota that lets less pass over its window is no rise, however much of it may come at once.
struct QuotaRise {
    let seconds: Double
    /// Units in so many seconds.
    let before: Double
    let after: Double

    init?(from old: Quota, to new: Quota) {
        seconds = max(old.windowSeconds, new.windowSeconds)
        before = old.most(in: seconds)
        after = new.most(in: seconds)
        guard after > 10 * before else { return nil }
    }

    var factor: Double { after / before }

    /// As in `: from 100 to 6000 units in 1h`.
    var measure: String {
        let span = DurationText.exact(Int64(seconds) * 1_000_000)
        return ": from \(Self.text(before)) to \(Self.text(after)) units in \(span)"
    }

    private static func text(_ units: Double) -> String { "\(Int64(exactly: units.rounded(.up)) ?? .max)" }
}

extension Quota {
    var windowSeconds: Double {
        switch window {
        case .rate(let seconds), .rolling(let seconds): Double(max(1, seconds))
        case .calendar(.hour, _): 3600
        case .calendar(.day, _): 86_400
        case .calendar(.month, _): 2_592_000
        }
    }

    /// How many units may pass in a span that is no shorter than its window.
    func most(in seconds: Double) -> Double {
        Double(adaptive?.ceiling ?? limit) * seconds / windowSeconds + Double(burst)
    }

    /// As in `15 in 1s and 50 at once`.
    var mostText: String {
        let span = DurationText.exact(Int64(windowSeconds) * 1_000_000)
        return "\(adaptive?.ceiling ?? limit) in \(span)" + (burst > 0 ? " and \(burst) at once" : "")
    }
}
