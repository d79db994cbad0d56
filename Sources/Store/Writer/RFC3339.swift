import Domain

/// Times as text for people and other programs: `2026-11-20T08:00:00Z`.
enum RFC3339 {
    static func text(_ time: Timestamp) -> String {
        let civil = CivilTime(time)
        func padded(_ number: Int, _ width: Int = 2) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let date = "\(padded(civil.year, 4))-\(padded(civil.month))-\(padded(civil.day))"
        return "\(date)T\(padded(civil.hour)):\(padded(civil.minute)):\(padded(civil.second))Z"
    }
}
