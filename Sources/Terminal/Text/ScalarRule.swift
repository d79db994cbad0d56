// The one place that says which scalars may reach a terminal, and how many columns each takes.
// `ScalarTable` is made from it; a test compares the two and can write the table anew.

/// What may be done with a scalar when it is drawn.
package enum ScalarClass: UInt8, Hashable, Sendable {
    /// Never reaches the terminal; something visible stands for it.
    case refused
    /// Joins the cell before it and takes no column.
    case mark
    case narrow
    case wide
}

package enum ScalarRule {
    /// The class of `scalar`, given the width that libc's `wcwidth` reports in a UTF-8 locale.
    ///
    /// `iswprint` alone isn't enough: it is true for bidi controls, zero-widths, tags, fillers and private use.
    package static func scalarClass(of scalar: Unicode.Scalar, libcWidth: Int) -> ScalarClass {
        if scalar == " " { return .narrow }
        let properties = scalar.properties
        // Refused as a group: fillers, joiners, variation selectors, tags, and all that Unicode calls ignorable.
        guard !properties.isDefaultIgnorableCodePoint, !properties.isVariationSelector,
            !properties.isNoncharacterCodePoint
        else { return .refused }
        // A skin tone melts into the emoji before it on some terminals and not on others.
        guard !properties.isEmojiModifier else { return .refused }
        // The empty Braille pattern is blank, yet not a space.
        guard scalar.value != 0x2800 else { return .refused }

        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
            return .refused
        case .spaceSeparator, .enclosingMark:
            // Other spaces look like U+0020 and aren't; a keycap widens the cell before it.
            return .refused
        case .nonspacingMark:
            return libcWidth == 0 ? .mark : .refused
        default:
            break
        }
        switch libcWidth {
        case 1: return .narrow
        case 2: return .wide
        // Vowels and finals of decomposed Hangul join the consonant before them.
        case 0 where (0x1161...0x11FF).contains(scalar.value): return .mark
        case 0 where properties.generalCategory == .spacingMark: return .mark
        default: return .refused
        }
    }
}
