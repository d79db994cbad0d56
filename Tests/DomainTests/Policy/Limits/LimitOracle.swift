import Domain
import Foundation

// Slow and obvious: they keep every admission, and go through all of them for each request.

/// One admission: its moment (monotonic nanoseconds, or microseconds on the wall) and its units.
struct Admission: Hashable {
    var time: Int64
    var units: Int64
}

/// The generic cell rate algorithm in its form of virtual scheduling (ITU-T I.371, annex A), replayed from the first
/// admission on. Times are in parts of a nanosecond, as many as the limit, so that every number is whole.
struct RateOracle {
    let limit: Int64
    let seconds: Int64
    let burst: Int64
    var admissions: [Admission] = []
    /// The latest moment that was seen.
    var latest = Int64.min

    mutating func admits(_ units: Int64, at time: Int64) -> Bool {
        latest = max(latest, time)
        let increment = Int128(seconds) * 1_000_000_000
        var arrival = Int128.min
        for admission in admissions {
            arrival = max(arrival, Int128(admission.time) * Int128(limit)) + Int128(admission.units) * increment
        }
        let now = Int128(latest) * Int128(limit)
        let needed = Int128(min(units, burst + 1)) * increment
        guard max(arrival, now) + needed - now <= Int128(burst + 1) * increment else { return false }
        // What lies before an idle time has no say any more.
        if arrival <= now { admissions = [] }
        admissions.append(Admission(time: latest, units: units))
        return true
    }
}

/// An exact sliding log.
struct RollingOracle {
    let limit: Int64
    let window: Int64
    var admissions: [Admission] = []
    var latest = Int64.min

    func used(within length: Int64) -> Int64 {
        admissions.filter { latest - $0.time < length }.reduce(0) { $0 + $1.units }
    }

    mutating func see(_ time: Int64) {
        latest = max(latest, time)
        admissions.removeAll { latest - $0.time > 2 * window }
    }

    mutating func admit(_ units: Int64) { admissions.append(Admission(time: latest, units: units)) }
}

/// Calendar windows as Foundation has them.
struct CalendarOracle {
    let limit: Int64
    let component: Calendar.Component
    let calendar: Calendar
    var admissions: [Admission] = []
    var latest = Int64.min

    init(limit: Int64, unit: Quota.CalendarUnit, zone: TimeZone) {
        self.limit = limit
        component =
            switch unit {
            case .hour: .hour
            case .day: .day
            case .month: .month
            }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        self.calendar = calendar
    }

    mutating func admits(_ units: Int64, at wall: Timestamp) -> Bool {
        latest = max(latest, wall.microseconds)
        let date = Date(timeIntervalSince1970: TimeInterval(latest.dividedDown(by: 1_000_000)))
        guard let interval = calendar.dateInterval(of: component, for: date) else { return false }
        let start = Int64(interval.start.timeIntervalSince1970) * 1_000_000
        admissions.removeAll { $0.time < start }
        guard admissions.reduce(units, { $0 + $1.units }) <= limit else { return false }
        admissions.append(Admission(time: latest, units: units))
        return true
    }
}
