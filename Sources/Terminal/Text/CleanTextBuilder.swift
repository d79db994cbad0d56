/// Collects scalars into clean text, replacing what the allow-list refuses.
struct CleanTextBuilder {
    private var text = ""
    private var columns = 0
    private var hidden: [Range<Int>] = []
    private var isASCII = true
    private var length = 0
    /// The marks that the last cell may still take; none before the first cell.
    private var marksLeft = 0

    mutating func append(_ scalar: Unicode.Scalar) {
        switch scalar.scalarClass {
        case .narrow: place(scalar, columns: 1)
        case .wide: place(scalar, columns: 2)
        case .mark where marksLeft > 0:
            marksLeft -= 1
            write(scalar)
        case .mark, .refused:
            hide(Self.picture(of: scalar))
        }
    }

    mutating func append(invalid byte: UInt8) {
        hide("⟨x\(Self.hexadecimal(UInt32(byte), digits: 2))⟩")
    }

    /// Appends a sign of our own making, such as the ellipsis where text was cut.
    mutating func append(cutMark: Unicode.Scalar) {
        place(cutMark, columns: 1)
    }

    mutating func append(_ other: CleanText) {
        for range in other.hidden { hidden.append(range.lowerBound + length..<range.upperBound + length) }
        text += other.text
        length += other.text.utf8.count
        columns += other.columns
        isASCII = isASCII && other.isASCII
        marksLeft = 0
    }

    func finish() -> CleanText {
        CleanText(text: text, columns: columns, hidden: hidden, isASCII: isASCII)
    }

    private mutating func place(_ scalar: Unicode.Scalar, columns width: Int) {
        columns += width
        marksLeft = CleanText.marksPerCell
        write(scalar)
    }

    private mutating func write(_ scalar: Unicode.Scalar) {
        text.unicodeScalars.append(scalar)
        length += UTF8.width(scalar)
        isASCII = isASCII && scalar.isASCII
    }

    private mutating func hide(_ picture: String) {
        let start = length
        for scalar in picture.unicodeScalars { place(scalar, columns: 1) }
        // A mark after a picture would change it, so it is refused as well.
        marksLeft = 0
        if let last = hidden.last, last.upperBound == start {
            hidden[hidden.count - 1] = last.lowerBound..<length
        } else {
            hidden.append(start..<length)
        }
    }

    /// `␛` for a C0 control or DEL, `⟨U+202E⟩` for anything else.
    private static func picture(of scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0..<0x20: String(Character(Unicode.Scalar(UInt8(scalar.value)).controlPicture))
        case 0x7F: "␡"
        default: "⟨U+\(hexadecimal(scalar.value, digits: 4))⟩"
        }
    }

    private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
        let text = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}

extension Unicode.Scalar {
    /// The picture of a C0 control in the block Control Pictures.
    fileprivate var controlPicture: Unicode.Scalar {
        Unicode.Scalar(0x2400 + (value & 0x1F)) ?? "?"
    }
}
