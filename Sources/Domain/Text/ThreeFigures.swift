/// Numbers cut to three significant figures.
enum ThreeFigures {
    /// A quotient with at most three figures and no zeros at its end: `0.12`, `1.25`, `31.2`, `456`.
    static func text(_ value: Int64, per unit: Int64) -> String {
        let decimals: Int64
        switch value / unit {
        case ..<10: decimals = 100
        case ..<100: decimals = 10
        default: decimals = 1
        }
        // In hundredths, tenths or ones, rounded to the nearest.
        let scaled = (value / unit) * decimals + ((value % unit) * decimals + unit / 2) / unit
        var text = "\(scaled / decimals)"
        var rest = scaled % decimals
        var place = decimals / 10
        if rest > 0 { text += "." }
        while rest > 0 {
            text += "\(rest / place)"
            rest %= place
            place /= 10
        }
        return text
    }
}
