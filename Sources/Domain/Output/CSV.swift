/// Comma-separated values (RFC 4180) that neither a spreadsheet nor a terminal takes for instructions.
package enum CSV {
    /// One line without its end; nil is an empty cell.
    package static func row(_ cells: [String?]) -> String {
        cells.map { $0.map(cell) ?? "" }.joined(separator: ",")
    }

    /// A cell: what a spreadsheet would take for a formula begins with `'`, hidden characters and line ends are
    /// written as `\uXXXX`, and all is quoted where a comma, a quote or a space at an end asks for it.
    package static func cell(_ text: String) -> String {
        var bytes: [UInt8] = []
        var needsQuotes = text.first == " " || text.last == " "
        if let first = text.unicodeScalars.first, first.startsFormula { bytes.append(UInt8(ascii: "'")) }
        for scalar in text.unicodeScalars {
            if scalar.isHidden {
                bytes.appendEscaped(scalar)
                continue
            }
            if scalar == "," || scalar == "\"" { needsQuotes = true }
            if scalar == "\"" { bytes.append(UInt8(ascii: "\"")) }
            bytes += UTF8.encode(scalar) ?? .init()
        }
        let cell = String(decoding: bytes, as: UTF8.self)
        return needsQuotes ? "\"" + cell + "\"" : cell
    }
}

extension Unicode.Scalar {
    fileprivate var startsFormula: Bool {
        switch self {
        case "=", "+", "-", "@", "\t", "\r", "\n", "\u{ff1d}", "\u{ff0b}", "\u{ff0d}", "\u{ff20}": true
        default: false
        }
    }
}
