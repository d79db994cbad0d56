/// Figures as a table shows them: three significant digits, and a unit.
enum Figures {
    static func three(_ number: Double) -> String {
        let digits = number >= 99.95 ? 0 : number >= 9.995 ? 1 : 2
        let scale = [1.0, 10, 100][digits]
        let rounded = (number * scale).rounded() / scale
        return digits == 0 ? "\(Int(rounded))" : "\(rounded)"
    }

    static func milliseconds(_ time: Duration) -> String { "\(three(time / .milliseconds(1))) ms" }

    static func rate(_ number: Double) -> String {
        number >= 1e6 ? "\(three(number / 1e6))M" : number >= 1e3 ? "\(three(number / 1e3))k" : three(number)
    }

    static func ratio(_ number: Double) -> String { "\(three(number))×" }

    static func megabytes(_ bytes: Int) -> String { "\(three(Double(bytes) / 1e6)) MB" }

    /// The value that so many of all are below or equal.
    static func quantile(_ share: Double, of times: [Duration]) -> Duration {
        let sorted = times.sorted()
        let place = Int((share * Double(sorted.count)).rounded(.up)) - 1
        return sorted[max(0, min(place, sorted.count - 1))]
    }
}
