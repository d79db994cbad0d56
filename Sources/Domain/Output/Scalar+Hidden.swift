extension Unicode.Scalar {
    /// Whether a reader would not see the character, or would see others in a wrong order because of it: controls,
    /// bidi controls, zero-widths, tags, fillers, variation selectors, line separators, private and unassigned ones.
    package var isHidden: Bool {
        if value < 0x7f { return value < 0x20 }
        if properties.isDefaultIgnorableCodePoint || properties.isVariationSelector { return true }
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: return true
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber, .connectorPunctuation,
            .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
            .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol, .spaceSeparator:
            return false
        @unknown default: return true
        }
    }
}

extension [UInt8] {
    /// Appends a character as `\uXXXX`, in two halves when it lies beyond U+FFFF (RFC 8259, section 7).
    mutating func appendEscaped(_ scalar: Unicode.Scalar) {
        for unit in UTF16.encode(scalar) ?? .init() {
            append(UInt8(ascii: "\\"))
            append(UInt8(ascii: "u"))
            for shift in [12, 8, 4, 0] { append(Hex.lowercaseDigits[Int(unit >> UInt16(shift) & 15)]) }
        }
    }
}
