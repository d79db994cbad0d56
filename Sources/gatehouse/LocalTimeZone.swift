import Domain
import Glibc

/// The system's time zone as a table, found by asking localtime_r(3), so that `TZ` and /etc/localtime both count.
enum LocalTimeZone {
    private static let firstYear = 2000
    private static let lastYear = 2040
    /// Short enough that no zone has ever changed twice within.
    private static let step: Int64 = 14 * 86_400

    static func table() -> TimeZoneTable {
        tzset()
        let start = CivilTime.dayNumber(year: firstYear, month: 1, day: 1) * 86_400
        let end = CivilTime.dayNumber(year: lastYear, month: 1, day: 1) * 86_400
        var transitions = [transition(at: start)]
        var second = start
        while second < end {
            let next = min(second + step, end)
            if !isSame(second, next) { transitions.append(transition(at: change(after: second, upTo: next))) }
            second = next
        }
        return TimeZoneTable(transitions: transitions)
    }

    /// The first second of the new offset.
    private static func change(after start: Int64, upTo end: Int64) -> Int64 {
        var low = start
        var high = end
        while high - low > 1 {
            let middle = (low + high) / 2
            if isSame(start, middle) { low = middle } else { high = middle }
        }
        return high
    }

    private static func isSame(_ left: Int64, _ right: Int64) -> Bool {
        let (left, right) = (transition(at: left), transition(at: right))
        return left.offset == right.offset && left.abbreviation == right.abbreviation
    }

    private static func transition(at second: Int64) -> TimeZoneTable.Transition {
        var time = time_t(second)
        var local = tm()
        localtime_r(&time, &local)
        return TimeZoneTable.Transition(
            time: Timestamp(seconds: second), offset: Int(local.tm_gmtoff),
            abbreviation: local.tm_zone.map { String(cString: $0) } ?? "")
    }
}
