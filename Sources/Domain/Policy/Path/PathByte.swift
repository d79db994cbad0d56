/// The bytes that this folder names.
enum Byte {
    static let percent = UInt8(ascii: "%")
    static let slash = UInt8(ascii: "/")
    static let dot = UInt8(ascii: ".")
    static let question = UInt8(ascii: "?")
}

/// Which bytes stand for themselves in a path.
enum PathByte {
    /// `pchar` of RFC 3986 without `%` and `;`.
    static func isPlain(_ byte: UInt8) -> Bool {
        // Two words of a bit each, because a table in memory would be one more thing to fetch.
        let word = byte < 64 ? low : high
        return byte < 128 && word >> UInt64(byte & 63) & 1 == 1
    }

    /// RFC 3986, section 2.3: what has no reason to be percent-encoded.
    static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    static func problem(of byte: UInt8) -> PathProblem {
        switch byte {
        case UInt8(ascii: "\\"): .backslash
        case UInt8(ascii: ";"): .semicolon
        case UInt8(ascii: "#"): .fragment
        default: .forbiddenByte
        }
    }

    /// A bit for each of `! $ & ' ( ) * + , - . 0…9 : =`.
    private static var low: UInt64 { 0x27ff_7fd2_0000_0000 }
    /// A bit for each of `@ A…Z _ a…z ~`, less 64.
    private static var high: UInt64 { 0x47ff_fffe_87ff_ffff }
}
