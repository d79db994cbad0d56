extension PolicyTree {
    /// Canonical JSON (RFC 8259): one line, no spaces, members in the tree's own order, ASCII alone.
    ///
    /// The bytes are those of Python's `json.dumps(value, separators=(",", ":"))`. They don't hang on tables of
    /// Unicode, so that a hash of them holds for ever.
    package var json: String {
        var bytes: [UInt8] = []
        appendJSON(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func appendJSON(to bytes: inout [UInt8]) {
        switch content {
        case .nothing: bytes += "null".utf8
        case .flag(let flag): bytes += (flag ? "true" : "false").utf8
        case .integer(let number): bytes += String(number).utf8
        case .text(let text): Self.append(quoted: text, to: &bytes)
        case .list(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                element.appendJSON(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .map(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                Self.append(quoted: member.name, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.appendJSON(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    private static func append(quoted text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": bytes += #"\""#.utf8
            case "\\": bytes += #"\\"#.utf8
            case "\n": bytes += #"\n"#.utf8
            case "\r": bytes += #"\r"#.utf8
            case "\t": bytes += #"\t"#.utf8
            case "\u{8}": bytes += #"\b"#.utf8
            case "\u{c}": bytes += #"\f"#.utf8
            case " "..."\u{7f}": bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            default: bytes.appendEscaped(scalar)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
