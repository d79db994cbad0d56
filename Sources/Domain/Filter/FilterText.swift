/// Pieces of a filter's text.
package enum FilterText {
    /// A text as a value that means just this text: quoted when it has to be.
    package static func quoted(_ text: String) -> String {
        let isKeyword = text.lowercased() == "none"
        return isKeyword ? inQuotes(text) : piece(text)
    }

    /// A literal piece of a value, between stars.
    static func piece(_ text: String) -> String {
        text.unicodeScalars.contains { !$0.isPlainInFilter } || text.isEmpty ? inQuotes(text) : text
    }

    /// A literal piece of a bare word, which could be taken for more than a value can: a name, a keyword, a negation.
    static func wordPiece(_ text: String) -> String {
        let isPlain = text.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "_", "/", ".": true
            default: false
            }
        }
        return isPlain && !["or", "and", "not"].contains(text.lowercased()) ? text : inQuotes(text)
    }

    private static func inQuotes(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        result.append("\"")
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { result.append("\\") }
            result.append(scalar)
        }
        result.append("\"")
        return String(result)
    }

    /// The first digit of a status class such as `4xx`.
    static func statusClass(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count == 3, (0x31...0x39).contains(bytes[0]), bytes[1] | 0x20 == 0x78, bytes[2] | 0x20 == 0x78
        else {
            return nil
        }
        return Int64(bytes[0] - 0x30)
    }
}

extension Unicode.Scalar {
    fileprivate var isPlainInFilter: Bool {
        guard !isSpecialInFilter else { return false }
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: return false
        // A mark would stand on the quote or the sign before it.
        case .nonspacingMark, .enclosingMark, .spacingMark: return false
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .connectorPunctuation, .dashPunctuation, .openPunctuation,
            .closePunctuation, .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol,
            .currencySymbol, .modifierSymbol, .otherSymbol, .spaceSeparator:
            return true
        @unknown default: return false
        }
    }
}
