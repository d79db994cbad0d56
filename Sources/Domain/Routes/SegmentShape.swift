/// How many characters of each kind a segment of a path has, from one pass over it.
struct SegmentShape {
    private(set) var count = 0
    private(set) var digits = 0
    private(set) var letters = 0
    /// Letters from a to f, in either case.
    private(set) var hexLetters = 0
    /// Hyphens and underscores.
    private(set) var joints = 0
    private(set) var dots = 0
    private(set) var commas = 0
    private(set) var others = 0
    /// Changes between letter and digit and from lower to upper case; random text has many.
    private(set) var changes = 0
    private(set) var trailingDigits = 0
    private var digitsAfterDot = 0
    private var startsWithSign = false
    private var startsWithV = false

    private enum Kind {
        case lower, upper, digit, none
    }

    init(_ segment: ArraySlice<UInt8>) {
        var last = Kind.none
        count = segment.count
        if let first = segment.first {
            startsWithSign = first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
            startsWithV = first | 0x20 == UInt8(ascii: "v")
        }
        for byte in segment {
            let kind: Kind
            switch byte {
            case 0x30...0x39:
                kind = .digit
                digits += 1
                trailingDigits += 1
                digitsAfterDot += 1
            case 0x61...0x7a:
                kind = .lower
                letters += 1
                if byte <= UInt8(ascii: "f") { hexLetters += 1 }
            case 0x41...0x5a:
                kind = .upper
                letters += 1
                if byte <= UInt8(ascii: "F") { hexLetters += 1 }
            default:
                kind = .none
                switch byte {
                case UInt8(ascii: "-"), UInt8(ascii: "_"): joints += 1
                case UInt8(ascii: "."):
                    dots += 1
                    digitsAfterDot = 0
                case UInt8(ascii: ","): commas += 1
                default: others += 1
                }
            }
            switch (last, kind) {
            case (.digit, .lower), (.digit, .upper), (.lower, .digit), (.upper, .digit), (.lower, .upper): changes += 1
            case (_, _): break
            }
            if kind != .digit { trailingDigits = 0 }
            last = kind
        }
    }

    /// `42`, `-7`, `+49301234`, `1,2,3` and `52.5163`; but `2.0` and `1.10.3` are versions.
    var isNumber: Bool {
        guard digits > 0, letters == 0 else { return false }
        let signs = startsWithSign ? 1 : 0
        guard digits + commas + dots + signs == count else { return false }
        return dots == 0 || (dots == 1 && digitsAfterDot >= 4) || commas > 0
    }

    /// Whether the text is too irregular for a word: hexadecimal with digits, or many changes of kind.
    var looksRandom: Bool {
        guard others == 0, dots == 0, commas == 0, digits > 0, letters > 0 else { return false }
        if joints == 0, hexLetters == letters, count >= 7, digits >= 2 { return true }
        // 0x… and x… before hexadecimal digits.
        if joints == 0, letters == hexLetters + 1, count >= 18, digits >= 4 { return true }
        if startsWithV, count <= 8 { return false }
        if count >= 16, changes * 4 >= count { return true }
        // Prefixed keys such as `cus_9s6XKzkNRiz8i3`.
        return joints == 1 && count >= 12 && changes >= 4 && changes * 5 >= count
    }
}
