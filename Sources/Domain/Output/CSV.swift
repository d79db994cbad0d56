/// Comma-separated values (RFC 4180) that neither a spreadsheet nor a terminal takes for instructions.
package enum CSV {
    /// One line without its end; nil is an empty cell.
    package static func row(_ cells: [String?]) -> String {
        cells.map { $0.map(cell) ?? "" }.joined(separator: ",")
    }

    /// A cell: what a spreadsheet would take for a formula begins with `'`, hidden characters and line ends are
    /// written as `\uXXXX`, and all is quoted where a comma, a quote or a space at an end asks for it.
    package static func cell(_ text: String) -> String {
        // Nearly all texts are plain, and stay as they are.
        if text.utf8.allSatisfy({ $0.isPlainInCell }), !text.isEmpty, text.utf8.first != UInt8(ascii: "-") {
            return text
        }
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

extension UInt8 {
    /// Letters, digits and a few signs, none of which starts a formula but the hyphen.
    fileprivate var isPlainInCell: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        case UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
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
