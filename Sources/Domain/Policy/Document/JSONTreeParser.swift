/// Why bytes are no JSON that a policy is kept in, and where.
package struct JSONTreeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// In bytes, from 0.
    package let offset: Int
    package let message: String

    package var description: String { "byte \(offset): \(message)" }
}

extension PolicyTree {
    /// Reads JSON strictly: one value, whole numbers, no name twice, valid UTF-8, at most 32 levels deep.
    package init(parsingJSON bytes: some Sequence<UInt8>) throws(JSONTreeError) {
        var parser = JSONTreeParser(bytes: Array(bytes))
        self = try parser.whole()
    }
}

/// Reads RFC 8259, and refuses what readers of JSON disagree about.
private struct JSONTreeParser {
    private static let mostLevels = 32

    private let bytes: [UInt8]
    private var position = 0
    private var level = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func whole() throws(JSONTreeError) -> PolicyTree {
        let value = try value()
        skipSpace()
        guard position == bytes.count else { throw error("there is more after the value") }
        return value
    }

    private mutating func value() throws(JSONTreeError) -> PolicyTree {
        skipSpace()
        guard let byte = next else { throw error("the value is missing") }
        switch byte {
        case UInt8(ascii: "{"): return try map()
        case UInt8(ascii: "["): return try list()
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        default: break
        }
        for (word, content) in [("true", PolicyTree.Content.flag(true)), ("false", .flag(false)), ("null", .nothing)]
        where bytes[position...].starts(with: word.utf8) {
            position += word.utf8.count
            return PolicyTree(content)
        }
        throw error("this is no value")
    }

    private mutating func map() throws(JSONTreeError) -> PolicyTree {
        var members: [PolicyTree.Member] = []
        try enter()
        if !take("}") {
            repeat {
                skipSpace()
                let start = position
                guard next == UInt8(ascii: "\"") else { throw error("a name in quotes is missing") }
                let name = try text()
                guard !members.contains(where: { $0.name == name }) else {
                    throw JSONTreeError(offset: start, message: "\(SafeText.quoted(name)) stands here twice")
                }
                guard take(":") else { throw error("a colon is missing") }
                members.append(.init(name, try value()))
            } while take(",")
            guard take("}") else { throw error("a comma or } is missing") }
        }
        level -= 1
        return .map(members)
    }

    private mutating func list() throws(JSONTreeError) -> PolicyTree {
        var elements: [PolicyTree] = []
        try enter()
        if !take("]") {
            repeat { elements.append(try value()) } while take(",")
            guard take("]") else { throw error("a comma or ] is missing") }
        }
        level -= 1
        return .list(elements)
    }

    private mutating func enter() throws(JSONTreeError) {
        position += 1
        level += 1
        guard level <= Self.mostLevels else { throw error("this is more than \(Self.mostLevels) levels deep") }
    }

    private mutating func number() throws(JSONTreeError) -> PolicyTree {
        let start = position
        while let byte = next, byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte) { position += 1 }
        let digits = String(decoding: bytes[start..<position], as: UTF8.self)
        let isWhole = next != UInt8(ascii: ".") && next != UInt8(ascii: "e") && next != UInt8(ascii: "E")
        // One spelling for each number: no leading zero, no -0.
        guard isWhole, let number = Int(digits), String(number) == digits else {
            throw JSONTreeError(offset: start, message: "this is no whole number of 64 bits")
        }
        return .integer(number)
    }

    private mutating func text() throws(JSONTreeError) -> String {
        position += 1
        let start = position
        var content: [UInt8] = []
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                guard let text = String(validating: content, as: UTF8.self) else {
                    throw JSONTreeError(offset: start, message: "this text is no valid UTF-8")
                }
                return text
            case UInt8(ascii: "\\"): content += try escape()
            case 0..<0x20: throw error("a control character must be escaped")
            default:
                content.append(byte)
                position += 1
            }
        }
        throw error("the text has no end")
    }

    private mutating func escape() throws(JSONTreeError) -> [UInt8] {
        guard position + 1 < bytes.count else { throw error("the text has no end") }
        defer { position += 2 }
        switch bytes[position + 1] {
        case UInt8(ascii: "\""): return [0x22]
        case UInt8(ascii: "\\"): return [0x5c]
        case UInt8(ascii: "/"): return [0x2f]
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "f"): return [12]
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "u"): break
        default: throw error("there is no such escape")
        }
        let start = position
        var units = [try unit(at: position)]
        if UTF16.isLeadSurrogate(units[0]), start + 12 <= bytes.count, bytes[start + 6] == UInt8(ascii: "\\") {
            units.append(try unit(at: start + 6))
            position += 6
        }
        position += 4
        guard let text = String(validating: units, as: UTF16.self) else {
            throw JSONTreeError(offset: start, message: "this is half a character")
        }
        return Array(text.utf8)
    }

    /// The number in `\uXXXX` at an offset.
    private func unit(at offset: Int) throws(JSONTreeError) -> UInt16 {
        guard
            offset + 6 <= bytes.count, bytes[offset...].starts(with: "\\u".utf8),
            bytes[offset + 2..<offset + 6].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let unit = UInt16(String(decoding: bytes[offset + 2..<offset + 6], as: UTF8.self), radix: 16)
        else { throw JSONTreeError(offset: offset, message: "\\u needs four hexadecimal digits") }
        return unit
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ sign: Unicode.Scalar) -> Bool {
        skipSpace()
        guard next == UInt8(ascii: sign) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { position += 1 }
    }

    private func error(_ message: String) -> JSONTreeError { JSONTreeError(offset: position, message: message) }
}
