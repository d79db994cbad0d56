/// What a thing of the policy is called: 1 to 64 bytes of ASCII letters, digits and `. _ - :`, the first a letter, a
/// digit or `_`; for scopes also `/`, and up to 128 bytes (a part of RFC 6749, section 3.3).
///
/// ASCII alone leaves no room for confusables, for two encodings of one name, and for control characters. Names of one
/// kind that differ in case only are refused where the policy is compiled.
package struct Name<Thing: NamedThing>: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String

    package init(_ text: String) throws(NameError) {
        let bytes = text.utf8
        guard let first = bytes.first else { throw .empty }
        guard bytes.count <= Thing.longestName else { throw .tooLong(bytes: bytes.count, limit: Thing.longestName) }
        guard Self.isLetterOrDigit(first) || first == UInt8(ascii: "_") else {
            throw .begins(hiddenScalar(text, at: 0))
        }
        for (offset, byte) in bytes.enumerated() where !Self.isAllowed(byte) {
            throw .contains(hiddenScalar(text, at: offset))
        }
        self.text = text
    }

    package var description: String { text }

    package static func < (left: Name, right: Name) -> Bool { left.text < right.text }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: ":"): true
        case UInt8(ascii: "/"): Thing.namesMayHaveSlashes
        default: isLetterOrDigit(byte)
        }
    }
}

/// A kind of thing that has a name of its own.
package protocol NamedThing {
    /// The kind, as messages and commands call it.
    static var kind: ItemKind { get }
    /// In bytes.
    static var longestName: Int { get }
    static var namesMayHaveSlashes: Bool { get }
}

extension NamedThing {
    package static var longestName: Int { 64 }
    package static var namesMayHaveSlashes: Bool { false }
}

/// Why a text is no name.
package enum NameError: Error, Hashable, Sendable, CustomStringConvertible {
    case empty
    case tooLong(bytes: Int, limit: Int)
    /// The scalar, in a form that is safe to print.
    case begins(String)
    case contains(String)

    package var description: String {
        switch self {
        case .empty: "a name can't be empty"
        case .tooLong(let bytes, let limit): "a name of \(bytes) bytes is too long; at most \(limit)"
        case .begins(let scalar): "a name can't begin with \(scalar); begin with a letter or a digit"
        case .contains(let scalar): "a name can't hold \(scalar); use letters, digits, and . _ - :"
        }
    }
}

/// The scalar that holds the byte at an offset, quoted when it is printable ASCII and as `U+202E` otherwise.
private func hiddenScalar(_ text: String, at offset: Int) -> String {
    var end = 0
    for scalar in text.unicodeScalars {
        end += UTF8.width(scalar)
        guard end > offset else { continue }
        if (0x21...0x7e).contains(scalar.value) { return "“\(scalar)”" }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
    return "an unknown character"
}
