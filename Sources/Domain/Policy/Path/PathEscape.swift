/// A Unicode scalar that was percent-encoded, as its one to four bytes of UTF-8.
struct PathEscape {
    let count: Int
    /// The first byte is the lowest.
    private let bytes: UInt32

    func byte(_ offset: Int) -> UInt8 { UInt8(truncatingIfNeeded: bytes >> UInt32(8 * offset)) }

    /// Reads the scalar whose first `%` is at an index; every octet of it has to be percent-encoded.
    static func read(_ target: Span<UInt8>, at index: Int, end: Int) -> Result<PathEscape, PathProblem> {
        guard index + 2 < end, let first = octet(target, index) else { return .failure(.badTriplet) }
        if first < 0x80 {
            if let problem = problem(ofASCII: first) { return .failure(problem) }
            return .success(PathEscape(count: 1, bytes: UInt32(first)))
        }
        let count: Int
        var value: UInt32
        switch first {
        case 0xc2...0xdf: (count, value) = (2, UInt32(first & 0x1f))
        case 0xe0...0xef: (count, value) = (3, UInt32(first & 0x0f))
        case 0xf0...0xf4: (count, value) = (4, UInt32(first & 0x07))
        default: return .failure(.invalidUTF8)
        }
        guard index + count * 3 <= end else { return .failure(.invalidUTF8) }
        var bytes = UInt32(first)
        for offset in 1..<count {
            let place = index + offset * 3
            guard target[place] == Byte.percent, let next = octet(target, place), next & 0xc0 == 0x80 else {
                return .failure(.invalidUTF8)
            }
            value = value << 6 | UInt32(next & 0x3f)
            bytes |= UInt32(next) << UInt32(8 * offset)
        }
        // Overlong forms and surrogates: the shortest form is the only one.
        guard value >= (count == 2 ? 0x80 : count == 3 ? 0x800 : 0x10000), let scalar = Unicode.Scalar(value) else {
            return .failure(.invalidUTF8)
        }
        if scalar.isHidden || scalar.properties.isWhitespace { return .failure(.hiddenScalar) }
        if ASCIILookalikes.contains(scalar) { return .failure(.lookalike) }
        return .success(PathEscape(count: count, bytes: bytes))
    }

    /// What the triplet at an index stands for; nil when it is none.
    static func octet(_ target: Span<UInt8>, _ index: Int) -> UInt8? {
        guard index + 2 < target.count, let high = digit(target[index + 1]), let low = digit(target[index + 2]) else {
            return nil
        }
        return high << 4 | low
    }

    private static func problem(ofASCII byte: UInt8) -> PathProblem? {
        if byte < 0x20 || byte == 0x7f { return .escapedControl }
        if PathByte.isUnreserved(byte) { return .escapedUnreserved }
        switch byte {
        case UInt8(ascii: "%"): return .escapedPercent
        case UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: ";"), UInt8(ascii: "?"), UInt8(ascii: "#"):
            return .escapedSeparator
        default: return nil
        }
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
