/// Writes JSON (RFC 8259) on one line, with hidden characters escaped so that it is safe to print.
package struct JSONWriter: Sendable {
    private(set) package var bytes: [UInt8] = []
    /// Whether the next value or name is the first in its object or array, or follows its name.
    private var isFirst = true

    package init() {}

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    package mutating func object(_ members: (inout JSONWriter) -> Void) {
        enclosed(in: "{", "}", members)
    }

    package mutating func array(_ elements: (inout JSONWriter) -> Void) {
        enclosed(in: "[", "]", elements)
    }

    private mutating func enclosed(
        in opening: Unicode.Scalar, _ closing: Unicode.Scalar, _ content: (inout JSONWriter) -> Void
    ) {
        separate()
        bytes.append(UInt8(ascii: opening))
        isFirst = true
        content(&self)
        bytes.append(UInt8(ascii: closing))
        isFirst = false
    }

    /// The name of the member whose value is written next.
    package mutating func name(_ name: String) {
        separate()
        quote(name)
        bytes.append(UInt8(ascii: ":"))
        isFirst = true
    }

    package mutating func string(_ value: String?) {
        guard let value else { return null() }
        separate()
        quote(value)
    }

    package mutating func integer(_ value: some BinaryInteger) {
        literal(String(value))
    }

    /// A number, or null where JSON has none (infinity, not a number).
    package mutating func number(_ value: Double) {
        guard value.isFinite else { return null() }
        literal(value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value))
    }

    package mutating func bool(_ value: Bool) {
        literal(value ? "true" : "false")
    }

    package mutating func null() {
        literal("null")
    }

    /// Writes a value that is JSON already.
    package mutating func raw(_ json: String) {
        literal(json)
    }

    package mutating func member(_ name: String, _ value: String?) {
        self.name(name)
        string(value)
    }

    package mutating func member(_ name: String, _ value: (some BinaryInteger)?) {
        self.name(name)
        if let value { integer(value) } else { null() }
    }

    private mutating func literal(_ text: String) {
        separate()
        bytes += text.utf8
    }

    private mutating func separate() {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
    }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        defer { bytes.append(UInt8(ascii: "\"")) }
        // Nearly all texts are plain ASCII, and go through in one piece.
        let needsNoEscape = text.utf8.allSatisfy {
            (0x20...0x7e).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
        }
        if needsNoEscape {
            bytes += text.utf8
            return
        }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(UInt8(ascii: scalar))
            case " "..."~": bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            default:
                if scalar.isHidden { bytes.appendEscaped(scalar) } else { bytes += UTF8.encode(scalar) ?? .init() }
            }
        }
    }
}
