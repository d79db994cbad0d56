// JSON (RFC 8259) read strictly: what two parsers could read in two ways is refused. Names that stand twice in an object
// let one program check what another one does not use (CVE-2022-25757).

extension JSONValue {
    /// Reads one value of bounded length, with so many objects and lists in each other at the most.
    package init(json bytes: [UInt8], longest: Int = 65_536, deepest: Int = 16) throws(JSONError) {
        guard bytes.count <= longest else { throw JSONError(offset: longest, problem: .tooLong) }
        var parser = JSONParser(bytes: bytes, deepest: deepest, numbers: .any)
        self = try parser.document()
    }
}

struct JSONParser {
    enum Numbers {
        case any
        /// Of 64 bits, and of one spelling each: no leading zero, no -0, no fraction or exponent.
        case whole
    }

    private let bytes: [UInt8]
    private let deepest: Int
    private let numbers: Numbers
    private var index = 0
    /// Objects and lists that are open.
    private var depth = 0

    init(bytes: [UInt8], deepest: Int, numbers: Numbers) {
        self.bytes = bytes
        self.deepest = deepest
        self.numbers = numbers
    }

    /// The one value that there is.
    mutating func document() throws(JSONError) -> JSONValue {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw JSONError(offset: 0, problem: .notUTF8) }
        let value = try value()
        skipSpace()
        guard index == bytes.count else { throw error(.trailing) }
        return value
    }

    private func error(_ problem: JSONError.Problem) -> JSONError { JSONError(offset: index, problem: problem) }

    private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d { index += 1 }
    }

    /// Moves over a byte after spaces, if it is there.
    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        skipSpace()
        guard next == UInt8(ascii: scalar) else { return false }
        index += 1
        return true
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case .some(UInt8(ascii: "-")), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return try number()
        default: throw error(.missing("a value"))
        }
    }

    private mutating func enter() throws(JSONError) {
        guard depth < deepest else { throw error(.tooDeep) }
        depth += 1
        index += 1
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
        guard bytes[index...].starts(with: word.utf8) else { throw error(.missing("a value")) }
        index += word.utf8.count
        return value
    }

    private mutating func object() throws(JSONError) -> JSONValue {
        try enter()
        defer { depth -= 1 }
        var members: [JSONMember] = []
        var names: Set<[UInt8]> = []
        if take("}") { return .object([]) }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw error(.missing("a name in quotes")) }
            let start = index
            let name = try string()
            // By bytes: Swift's strings are equal in other encodings of one text too, other programs' are not.
            guard names.insert(Array(name.utf8)).inserted else {
                throw JSONError(offset: start, problem: .duplicate(name))
            }
            guard take(":") else { throw error(.missing("a colon")) }
            members.append(JSONMember(name, try value()))
        } while take(",")
        guard take("}") else { throw error(.missing("a comma or }")) }
        return .object(members)
    }

    private mutating func array() throws(JSONError) -> JSONValue {
        try enter()
        defer { depth -= 1 }
        var elements: [JSONValue] = []
        if take("]") { return .array([]) }
        repeat { elements.append(try value()) } while take(",")
        guard take("]") else { throw error(.missing("a comma or ]")) }
        return .array(elements)
    }

    private mutating func string() throws(JSONError) -> String {
        index += 1
        var text: [UInt8] = []
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw error(.control)
            default:
                text.append(byte)
                index += 1
            }
        }
        throw error(.missing("the end of the text"))
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        let simple: Unicode.Scalar
        switch index + 1 < bytes.count ? bytes[index + 1] : nil {
        case UInt8(ascii: "\""): simple = "\""
        case UInt8(ascii: "\\"): simple = "\\"
        case UInt8(ascii: "/"): simple = "/"
        case UInt8(ascii: "b"): simple = "\u{8}"
        case UInt8(ascii: "f"): simple = "\u{c}"
        case UInt8(ascii: "n"): simple = "\n"
        case UInt8(ascii: "r"): simple = "\r"
        case UInt8(ascii: "t"): simple = "\t"
        case UInt8(ascii: "u"):
            let scalar = try escapedScalar()
            text += UTF8.encode(scalar) ?? .init()
            return
        default: throw error(.escape)
        }
        text.append(UInt8(ascii: simple))
        index += 2
    }

    /// The character of `\uXXXX`, or of two of them that are the halves of one.
    private mutating func escapedScalar() throws(JSONError) -> Unicode.Scalar {
        let first = try escapedUnit(at: index)
        if let scalar = Unicode.Scalar(first) {
            index += 6
            return scalar
        }
        guard first < 0xdc00, bytes[(index + 6)...].starts(with: "\\u".utf8) else { throw error(.surrogate) }
        let second = try escapedUnit(at: index + 6)
        guard (0xdc00...0xdfff).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(first) - 0xd800) << 10 + (UInt32(second) - 0xdc00))
        else { throw error(.surrogate) }
        index += 12
        return scalar
    }

    /// The number in the `\uXXXX` at an offset.
    private func escapedUnit(at offset: Int) throws(JSONError) -> UInt16 {
        guard bytes.count - offset >= 6 else { throw JSONError(offset: offset, problem: .escape) }
        var unit: UInt16 = 0
        for byte in bytes[offset + 2..<offset + 6] {
            guard let digit = Hex.value(byte) else { throw JSONError(offset: offset, problem: .escape) }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = index
        let problem = JSONError(offset: start, problem: .number)
        if next == UInt8(ascii: "-") { index += 1 }
        let first = next
        let count = digits()
        guard count == 1 || count > 1 && first != UInt8(ascii: "0") else { throw problem }
        var isWhole = true
        if next == UInt8(ascii: ".") {
            isWhole = false
            index += 1
            guard digits() > 0 else { throw problem }
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            isWhole = false
            index += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { index += 1 }
            guard digits() > 0 else { throw problem }
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if isWhole, let integer = Int64(text) {
            guard numbers == .any || String(integer) == text else { throw problem }
            return .integer(integer)
        }
        guard numbers == .any, let number = Double(text), number.isFinite else { throw problem }
        return .number(number)
    }

    /// Moves over digits, and tells how many there are.
    private mutating func digits() -> Int {
        let start = index
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { index += 1 }
        return index - start
    }
}
