// JSON (RFC 8259) read strictly: what two parsers could read in two ways is refused. Names that stand twice in an object
// let one program check what another one does not use (CVE-2022-25757).

extension JSONValue {
    /// Reads one value.
    package init(json bytes: [UInt8], longest: Int = 65_536, deepest: Int = 16) throws(JSONError) {
        guard bytes.count <= longest else { throw JSONError(offset: longest, problem: .tooLong) }
        guard String(validating: bytes, as: UTF8.self) != nil else { throw JSONError(offset: 0, problem: .notUTF8) }
        var parser = JSONParser(bytes: bytes)
        self = try parser.document(deepest: deepest)
    }
}

private struct JSONParser {
    let bytes: [UInt8]
    private var index = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func document(deepest: Int) throws(JSONError) -> JSONValue {
        let value = try value(depthLeft: deepest)
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

    private mutating func value(depthLeft: Int) throws(JSONError) -> JSONValue {
        skipSpace()
        guard depthLeft > 0 else { throw error(.tooDeep) }
        switch next {
        case UInt8(ascii: "{"): return try object(depthLeft: depthLeft)
        case UInt8(ascii: "["): return try array(depthLeft: depthLeft)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
        guard bytes[index...].starts(with: word.utf8) else { throw error(.unexpected) }
        index += word.utf8.count
        return value
    }

    private mutating func object(depthLeft: Int) throws(JSONError) -> JSONValue {
        index += 1
        var members: [JSONMember] = []
        var names: Set<[UInt8]> = []
        if take("}") { return .object([]) }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw error(.unexpected) }
            let start = index
            let name = try string()
            // By bytes: Swift's strings are equal in other encodings of one text too, other programs' are not.
            guard names.insert(Array(name.utf8)).inserted else {
                throw JSONError(offset: start, problem: .duplicate(name))
            }
            guard take(":") else { throw error(.unexpected) }
            members.append(JSONMember(name, try value(depthLeft: depthLeft - 1)))
        } while take(",")
        guard take("}") else { throw error(.unexpected) }
        return .object(members)
    }

    private mutating func array(depthLeft: Int) throws(JSONError) -> JSONValue {
        index += 1
        var elements: [JSONValue] = []
        if take("]") { return .array([]) }
        repeat { elements.append(try value(depthLeft: depthLeft - 1)) } while take(",")
        guard take("]") else { throw error(.unexpected) }
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
        throw error(.unexpected)
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        index += 1
        let simple: Unicode.Scalar
        switch next {
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
        default: throw error(.unexpected)
        }
        text.append(UInt8(ascii: simple))
        index += 1
    }

    /// The character of `\uXXXX`, or of two of them that are the halves of one.
    private mutating func escapedScalar() throws(JSONError) -> Unicode.Scalar {
        let first = try escapedUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xdc00, bytes[index...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) else {
            throw error(.surrogate)
        }
        index += 1
        let second = try escapedUnit()
        guard (0xdc00...0xdfff).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (UInt32(first) - 0xd800) << 10 + (UInt32(second) - 0xdc00))
        else { throw error(.surrogate) }
        return scalar
    }

    private mutating func escapedUnit() throws(JSONError) -> UInt16 {
        index += 1
        guard bytes.count - index >= 4 else { throw error(.unexpected) }
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = Hex.value(bytes[index]) else { throw error(.unexpected) }
            unit = unit << 4 | UInt16(digit)
            index += 1
        }
        return unit
    }

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = index
        if next == UInt8(ascii: "-") { index += 1 }
        let first = next
        guard try digits() == 1 || first != UInt8(ascii: "0") else { throw error(.number) }
        var isWhole = true
        if next == UInt8(ascii: ".") {
            isWhole = false
            index += 1
            _ = try digits()
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            isWhole = false
            index += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { index += 1 }
            _ = try digits()
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if isWhole, let integer = Int64(text) { return .integer(integer) }
        guard let number = Double(text), number.isFinite else { throw error(.number) }
        return .number(number)
    }

    /// Moves over digits, of which there must be one, and tells how many there are.
    private mutating func digits() throws(JSONError) -> Int {
        let start = index
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { index += 1 }
        guard index > start else { throw error(start == bytes.count || index == start ? .unexpected : .number) }
        return index - start
    }
}
