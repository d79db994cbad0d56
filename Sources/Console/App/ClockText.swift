import Domain
import Terminal

/// Times where there is little room; `TimeText` has the full forms.
enum ClockText {
    /// `20 Nov 12:04`
    static func dayAndMinute(_ time: Timestamp, zone: TimeZoneTable) -> String {
        let civil = zone.civil(time)
        return "\(civil.day) \(months[civil.month - 1]) \(minute(civil))"
    }

    /// A label under a time axis: seconds for short windows, minutes for hours, days for weeks.
    static func axisLabel(_ time: Timestamp, windowSeconds: Int64, zone: TimeZoneTable) -> String {
        if windowSeconds <= 120 { return TimeText.timeOfDay(time, zone: zone, decimals: 0) }
        let civil = zone.civil(time)
        return windowSeconds <= 86_400 ? minute(civil) : "\(civil.day) \(months[civil.month - 1])"
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private static func minute(_ civil: CivilTime) -> String {
        (civil.hour < 10 ? "0" : "") + "\(civil.hour):" + (civil.minute < 10 ? "0" : "") + "\(civil.minute)"
    }
}
