import Domain

/// Looks at YAML before a parser does, for what makes parsing it cost more than its length.
///
/// Both tests err on the side of refusing: they know neither quotes nor comments.
/// Letters, digits, `-` and `_` are what libyaml takes for a name.
enum YAMLGuard {
    static let aliasMessage =
        "uses an anchor (&name) or an alias (*name); policies have none: write the value out, or put the text in quotes"

    /// Where the first alias stands that has an anchor of its name; a few lines of them unfold to billions.
    static func alias(in bytes: [UInt8]) -> PolicyTree.Place? {
        var anchors: Set<[UInt8]> = []
        for index in bytes.indices.dropLast() {
            guard bytes[index] == UInt8(ascii: "*") || bytes[index] == UInt8(ascii: "&") else { continue }
            guard index == 0 || beginsToken(after: bytes[index - 1]) else { continue }
            let name = Array(bytes[(index + 1)...].prefix(while: isOfName))
            guard !name.isEmpty else { continue }
            if bytes[index] == UInt8(ascii: "&") {
                anchors.insert(name)
            } else if anchors.contains(name) {
                return place(of: index, in: bytes)
            }
        }
        return nil
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// Where brackets are open, or a line is indented, more deeply than the limit and than any policy.
    static func depth(in bytes: [UInt8], limit: Int) -> PolicyTree.Place? {
        var open = 0
        var dashes = 0
        var isAtStart = true
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                open += 1
                isAtStart = false
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                open = max(0, open - 1)
                isAtStart = false
            case UInt8(ascii: "\n"):
                (dashes, isAtStart) = (0, true)
            // Many lists can begin on one line: `- - - - x`.
            case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"): if isAtStart { dashes += 1 }
            case UInt8(ascii: " "): break
            default: isAtStart = false
            }
            // Brackets in texts and comments count as well, hence the room.
            if open > limit * 8 || dashes > limit { return place(of: index, in: bytes) }
        }
        return nil
    }

    private static func beginsToken(after byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "["),
            UInt8(ascii: "{"), UInt8(ascii: ","), UInt8(ascii: ":"):
            true
        default: false
        }
    }

    private static func place(of offset: Int, in bytes: [UInt8]) -> PolicyTree.Place {
        let before = bytes[..<offset]
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        // Columns count scalars: bytes that don't continue one.
        let column = before[start...].count { $0 & 0xc0 != 0x80 } + 1
        return PolicyTree.Place(line: line, column: column)
    }
}
