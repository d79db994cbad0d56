/// Durations as text, in microseconds: `10m`, `1h30m`, `200ms`, `5d`, `1.5s`.
package enum DurationText {
    private static let units: [Quantity.Unit] = [
        .init(names: ["w"], factor: 604_800_000_000),
        .init(names: ["d"], factor: 86_400_000_000),
        .init(names: ["h"], factor: 3_600_000_000),
        .init(names: ["m", "min"], factor: 60_000_000),
        .init(names: ["s", "sec"], factor: 1_000_000),
        .init(names: ["ms"], factor: 1000),
        .init(names: ["us", "µs", "μs"], factor: 1),
    ]

    package static let unitNames = "us, ms, s, m, h, d, w"

    /// Microseconds; nil for anything else than numbers with units (0 needs none).
    package static func parse(_ text: some StringProtocol) -> Int64? {
        if text == "0" { return 0 }
        var rest = Substring(text).utf8
        guard !rest.isEmpty else { return nil }
        var total: Int64 = 0
        while !rest.isEmpty {
            guard let part = Quantity.read(&rest, units: units) else { return nil }
            let (sum, overflow) = total.addingReportingOverflow(part)
            guard !overflow else { return nil }
            total = sum
        }
        return total
    }

    /// One number and one unit that parse back to the same: `90m`.
    package static func exact(_ microseconds: Int64) -> String {
        Quantity.text(microseconds, units: units)
    }

    /// Three significant figures for people: `0.4 ms`, `31.2 ms`, `1.25 s`, `3 min 20 s`, `5 h 12 min`, `12 d 3 h`.
    package static func rounded(_ microseconds: Int64) -> String {
        guard microseconds >= 0 else {
            return "-" + rounded(microseconds == .min ? .max : -microseconds)
        }
        switch microseconds {
        case ..<100: return "\(microseconds) µs"
        case ..<999_500: return ThreeFigures.text(microseconds, per: 1000) + " ms"
        case ..<59_950_000: return ThreeFigures.text(microseconds, per: 1_000_000) + " s"
        default: break
        }
        let seconds = (microseconds - 1) / 1_000_000 + 1
        func pair(_ large: Int64, _ largeName: String, _ small: Int64, _ smallName: String) -> String {
            small == 0 ? "\(large) \(largeName)" : "\(large) \(largeName) \(small) \(smallName)"
        }
        if seconds < 3600 { return pair(seconds / 60, "min", seconds % 60, "s") }
        if seconds < 86_400 { return pair(seconds / 3600, "h", seconds / 60 % 60, "min") }
        return pair(seconds / 86_400, "d", seconds / 3600 % 24, "h")
    }
}
