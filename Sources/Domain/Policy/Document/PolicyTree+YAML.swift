extension PolicyTree {
    /// The one form of YAML (1.2, and read alike by readers of 1.1) that policies are written in.
    package var yaml: String {
        var writer = YAMLWriter()
        writer.document(self)
        return writer.text
    }
}

/// Sections apart by an empty line, a field on each line, short lists and maps on one, quotes only where they are
/// needed.
private struct YAMLWriter {
    /// Lists and maps that would be longer are written over several lines.
    private static let flowWidth = 100

    private(set) var text = ""

    mutating func document(_ tree: PolicyTree) {
        guard case .map(let members) = tree.content else {
            text += Self.flow(tree) + "\n"
            return
        }
        if members.isEmpty { text += "{}\n" }
        for (index, member) in members.enumerated() {
            if index > 0 { text += "\n" }
            write(member, level: 0)
        }
    }

    private mutating func write(_ member: PolicyTree.Member, level: Int, isContinued: Bool = false) {
        // The first member of a map in a list stands behind its hyphen.
        if !isContinued { indent(level) }
        text += Self.scalar(member.name, inFlow: false) + ":"
        switch member.value.content {
        case .text, .integer, .flag, .nothing: text += " " + Self.flow(member.value, isTop: true) + "\n"
        case .list(let elements):
            if let flow = Self.shortFlow(member.value) { return text += " " + flow + "\n" }
            text += "\n"
            for element in elements { write(element: element, level: level + 1) }
        case .map(let members):
            // Items have their fields on lines of their own; what lies deeper is a value, and short.
            if members.isEmpty || level >= 2, let flow = Self.shortFlow(member.value) {
                return text += " " + flow + "\n"
            }
            text += "\n"
            for member in members { write(member, level: level + 1) }
        }
    }

    private mutating func write(element: PolicyTree, level: Int) {
        indent(level)
        text += "- "
        guard case .map(let members) = element.content, !members.isEmpty else {
            text += Self.flow(element, isTop: true) + "\n"
            return
        }
        for (index, member) in members.enumerated() { write(member, level: level + 1, isContinued: index == 0) }
    }

    private mutating func indent(_ level: Int) { text += String(repeating: "  ", count: level) }

    // MARK: - On one line

    /// Nil when the tree holds more than values and lists of values, or is too long.
    private static func shortFlow(_ tree: PolicyTree) -> String? {
        func isValue(_ tree: PolicyTree) -> Bool {
            switch tree.content {
            case .text, .integer, .flag, .nothing: true
            case .list, .map: false
            }
        }
        let isShort =
            switch tree.content {
            case .text, .integer, .flag, .nothing: true
            case .list(let elements): elements.allSatisfy(isValue)
            case .map(let members):
                members.allSatisfy { member in
                    if case .list(let elements) = member.value.content { return elements.allSatisfy(isValue) }
                    return isValue(member.value)
                }
            }
        guard isShort else { return nil }
        let flow = flow(tree)
        return flow.utf8.count <= flowWidth || flow.utf8.count <= 2 ? flow : nil
    }

    private static func flow(_ tree: PolicyTree, isTop: Bool = false) -> String {
        switch tree.content {
        case .nothing: "null"
        case .flag(let flag): flag ? "true" : "false"
        case .integer(let number): String(number)
        case .text(let text): scalar(text, inFlow: !isTop)
        case .list(let elements): "[" + elements.map { flow($0) }.joined(separator: ", ") + "]"
        case .map(let members):
            "{" + members.map { scalar($0.name, inFlow: true) + ": " + flow($0.value) }.joined(separator: ", ") + "}"
        }
    }

    // MARK: - Texts

    private static func scalar(_ text: String, inFlow: Bool) -> String {
        isPlain(text, inFlow: inFlow) ? text : quoted(text)
    }

    /// Whether a text can stand without quotes, and no reader of YAML takes it for anything but a text.
    private static func isPlain(_ text: String, inFlow: Bool) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, let last = bytes.last else { return false }
        guard first.isLetterOrDigit || first == UInt8(ascii: "/") || first == UInt8(ascii: "_") else { return false }
        guard last != UInt8(ascii: ":"), last != UInt8(ascii: " ") else { return false }
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "@"),
                UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "="),
                UInt8(ascii: "~"), UInt8(ascii: "$"), UInt8(ascii: "!"), UInt8(ascii: "&"), UInt8(ascii: "'"),
                UInt8(ascii: ";"), UInt8(ascii: " "), UInt8(ascii: "?"):
                continue
            case UInt8(ascii: ":"):
                guard !inFlow, bytes[index + 1] != UInt8(ascii: " ") else { return false }
            case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ","):
                guard !inFlow else { return false }
            default: guard byte.isLetterOrDigit else { return false }
            }
        }
        return !isTakenForOther(text)
    }

    /// Words, numbers, times and base-60 numbers of YAML 1.1.
    private static func isTakenForOther(_ text: String) -> Bool {
        let words = ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf"]
        if words.contains(text.lowercased()) { return true }
        guard let first = text.utf8.first, (0x30...0x39).contains(first) else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"),
                UInt8(ascii: "x"), UInt8(ascii: "o"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "+"),
                UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: "Z"),
                UInt8(ascii: "z"), UInt8(ascii: " "):
                true
            default: false
            }
        }
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\" + String(scalar)
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case "\r": quoted += "\\r"
            case "\u{2028}", "\u{2029}", "\u{85}", "\u{feff}": quoted += escape(scalar)
            default: quoted += scalar.isHidden ? escape(scalar) : String(scalar)
            }
        }
        return quoted + "\""
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let width = scalar.value > 0xffff ? 8 : 4
        return (width == 8 ? "\\U" : "\\u") + String(repeating: "0", count: width - digits.count) + digits
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        default: false
        }
    }
}
