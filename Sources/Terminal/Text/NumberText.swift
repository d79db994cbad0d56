import Glibc

// Numbers as people read them: three significant figures, thousands spaced, units after a space.

package enum NumberText {
    /// `1 142`, `68 120`, `-5`.
    package static func grouped(_ value: Int) -> CleanText {
        CleanText(groupedString(value))
    }

    /// Three significant figures, never an exponent, and 0 for nothing alone: `<0.01`, `0.42`, `27.4`, `1 142`.
    package static func figures(_ value: Double) -> CleanText {
        CleanText(figuresString(value))
    }

    /// Three significant figures a second: `<0.01/s`, `0.42/s`, `1 142/s`.
    package static func rate(perSecond value: Double) -> CleanText {
        CleanText(figuresString(value) + "/s")
    }

    /// Short, with an SI suffix from a thousand on: `750`, `1.5k`, `20M`.
    package static func si(_ value: Double) -> CleanText {
        CleanText(scaledString(value, base: 1000, suffixes: ["", "k", "M", "G", "T", "P"], separator: ""))
    }

    /// `12 B`, `1.5 kB`, `20 MB`; powers of a thousand.
    package static func bytes(_ count: Int) -> CleanText {
        CleanText(
            scaledString(Double(count), base: 1000, suffixes: ["B", "kB", "MB", "GB", "TB", "PB"], separator: " "))
    }

    /// `850 µs`, `3.1 ms`, `2.4 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`.
    package static func duration(microseconds: Int) -> CleanText {
        CleanText(durationString(microseconds))
    }

    /// `96.1 %` of a share from 0 to 1.
    package static func percent(_ share: Double) -> CleanText {
        guard share.isFinite else { return "– %" }
        let value = share * 100
        // Nearly all is not all, and hardly any is not none.
        if value > 99.9, value < 100 { return ">99.9 %" }
        if value > 0, value < 0.1 { return "<0.1 %" }
        return CleanText(figuresString(value) + " %")
    }

    /// A change against a value before: `▲ 12 %`, `▲ 2.1×`, `▼ 60 %`, `─` when within a percent, `▲ new` from nothing.
    package static func change(from before: Double, to now: Double, glyphs: Glyphs) -> CleanText {
        guard before.isFinite, now.isFinite, before >= 0, now >= 0 else { return glyphs.level }
        if before == 0 { return now == 0 ? glyphs.level : glyphs.up + " new" }
        let ratio = now / before
        if ratio >= 2 {
            let times = ratio >= 1000 ? ">999" : figuresString((ratio * 10).rounded() / 10)
            return glyphs.up + CleanText(" \(times)") + (glyphs.isASCII ? "x" : "×")
        }
        let percent = Int(((ratio - 1) * 100).rounded())
        if percent == 0 { return glyphs.level }
        return (percent > 0 ? glyphs.up : glyphs.down) + CleanText(" \(abs(percent)) %")
    }

    // MARK: - Strings

    static func groupedString(_ value: Int) -> String {
        let digits = Array(String(value.magnitude).utf8)
        var text = value < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += " " }
            text.unicodeScalars.append(Unicode.Scalar(digit))
        }
        return text
    }

    static func figuresString(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        let magnitude = abs(value)
        // Hardly any is not none.
        if magnitude > 0, magnitude < 0.005 { return value < 0 ? ">-0.01" : "<0.01" }
        if magnitude >= 99.95 { return groupedString(Int(clamped(value.rounded(), to: -1e18...1e18))) }
        let decimals = magnitude >= 9.995 || magnitude == 0 ? 1 : 2
        return decimalString(value, decimals: decimals)
    }

    /// `value` with at most `decimals` decimals, without zeros at the end.
    static func decimalString(_ value: Double, decimals: Int) -> String {
        let scale = pow(10, Double(decimals))
        let scaled = Int(clamped((value * scale).rounded(), to: -1e18...1e18))
        let whole = groupedString(Int((Double(scaled.magnitude) / scale).rounded(.towardZero)))
        var fraction = String(scaled.magnitude % UInt(scale))
        fraction = String(repeating: "0", count: max(0, decimals - fraction.utf8.count)) + fraction
        while fraction.hasSuffix("0") { fraction.removeLast() }
        let sign = scaled < 0 ? "-" : ""
        return fraction.isEmpty ? sign + whole : "\(sign)\(whole).\(fraction)"
    }

    private static func scaledString(
        _ value: Double, base: Double, suffixes: [String], separator: String
    ) -> String {
        guard value.isFinite else { return "–" }
        var scaled = value
        var index = 0
        // 999.6 would be rounded to a thousand, which belongs to the next suffix.
        while abs(scaled) >= base - 0.5, index + 1 < suffixes.count {
            scaled /= base
            index += 1
        }
        let magnitude = abs(scaled)
        if magnitude > 0, magnitude < 0.0005 { return value < 0 ? ">-0.001" : "<0.001" }
        let decimals = magnitude >= 99.95 ? 0 : magnitude >= 9.995 ? 1 : magnitude >= 0.01 ? 2 : 3
        let number = decimalString(scaled, decimals: index == 0 && scaled == scaled.rounded() ? 0 : decimals)
        return suffixes[index].isEmpty ? number : number + separator + suffixes[index]
    }

    private static func durationString(_ microseconds: Int) -> String {
        let value = Double(microseconds)
        let magnitude = abs(value)
        if magnitude < 999.5 { return "\(microseconds) µs" }
        if magnitude < 999_500 { return figuresString(value / 1000) + " ms" }
        if magnitude < 59_950_000 { return figuresString(value / 1_000_000) + " s" }
        let seconds = Int((magnitude / 1_000_000).rounded())
        let sign = microseconds < 0 ? "-" : ""
        let parts: [(Int, String)] =
            if seconds < 3600 {
                [(seconds / 60, "min"), (seconds % 60, "s")]
            } else if seconds < 86_400 {
                [(seconds / 3600, "h"), (seconds % 3600 / 60, "min")]
            } else {
                [(seconds / 86_400, "d"), (seconds % 86_400 / 3600, "h")]
            }
        return sign + parts.filter { $0.0 > 0 }.map { "\(groupedString($0.0)) \($0.1)" }.joined(separator: " ")
    }
}
