/// Which paths a route or a permission is about: `/v1/users/{id}`, `/public/*`, or `*` for every path.
///
/// A literal segment matches itself, case-sensitively, after one percent-decoding; `{name}` matches one segment; a last
/// `*` matches one segment or more. `*` alone matches everything, `/` included.
package struct RoutePattern: Hashable, Sendable, CustomStringConvertible {
    package enum Segment: Hashable, Sendable {
        /// As it stands in a decoded path.
        case literal(String)
        case variable(String)
    }

    package let segments: [Segment]
    /// Whether more segments follow those that are listed: at least one, or any number when the pattern is `*`.
    package let isOpen: Bool
    /// `*`: every path there is.
    package let isEverything: Bool
    /// The pattern as it was written.
    package let text: String

    package init(_ text: String) throws(RoutePatternError) {
        self.text = text
        guard text.utf8.count <= 1024 else { throw RoutePatternError(column: 1025, problem: .tooLong) }
        if text == "*" {
            (segments, isOpen, isEverything) = ([], true, true)
            return
        }
        isEverything = false
        guard text.utf8.first == UInt8(ascii: "/") else { throw RoutePatternError(column: 1, problem: .noSlash) }
        if text == "/" {
            (segments, isOpen) = ([], false)
            return
        }
        var found: [Segment] = []
        var open = false
        var column = 2
        let parts = text.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            defer { column += part.count + 1 }
            if part.elementsEqual("*".utf8) {
                guard index == parts.count - 1 else { throw RoutePatternError(column: column, problem: .starInside) }
                open = true
                continue
            }
            let segment = try Self.segment(Array(part), column: column)
            if case .variable(let name) = segment, found.contains(.variable(name)) {
                throw RoutePatternError(column: column, problem: .variableTwice(name))
            }
            found.append(segment)
            guard found.count <= Self.mostSegments else { throw RoutePatternError(column: column, problem: .tooLong) }
        }
        (segments, isOpen) = (found, open)
    }

    package static let mostSegments = 64

    package var description: String { text }

    /// The names of the variables, in order.
    package var variables: [String] {
        segments.compactMap { if case .variable(let name) = $0 { name } else { nil } }
    }

    private static func segment(_ bytes: [UInt8], column: Int) throws(RoutePatternError) -> Segment {
        guard let first = bytes.first else { throw RoutePatternError(column: column, problem: .emptySegment) }
        if first == UInt8(ascii: "{") {
            let name = bytes.dropFirst().dropLast()
            guard
                bytes.last == UInt8(ascii: "}"), (1...32).contains(name.count), name.allSatisfy(isVariableByte)
            else { throw RoutePatternError(column: column, problem: .badVariable) }
            return .variable(String(decoding: name, as: UTF8.self))
        }
        // A literal that no canonical path can hold would be a rule that never applies, and nobody would notice.
        guard bytes.allSatisfy(isLiteralByte) else { throw RoutePatternError(column: column, problem: .badLiteral) }
        guard bytes.last != UInt8(ascii: ".") else { throw RoutePatternError(column: column, problem: .dots) }
        return .literal(String(decoding: bytes, as: UTF8.self))
    }

    private static func isVariableByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// `pchar` of RFC 3986 without `%`, `;` and `*`: what stands for itself in every server.
    private static func isLiteralByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "~"), UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&"),
            UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "+"), UInt8(ascii: ","),
            UInt8(ascii: "="), UInt8(ascii: ":"), UInt8(ascii: "@"):
            true
        default: isVariableByte(byte)
        }
    }
}

/// Why a text is no route pattern, and where.
package struct RoutePatternError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Problem: Hashable, Sendable {
        case tooLong
        case noSlash
        case emptySegment
        case starInside
        case badVariable
        case variableTwice(String)
        case badLiteral
        case dots
    }

    /// In bytes, from 1.
    package let column: Int
    package let problem: Problem

    package var description: String {
        switch problem {
        case .tooLong: "a pattern has at most 1024 bytes and \(RoutePattern.mostSegments) segments"
        case .noSlash: "a pattern begins with / (or is * for every path)"
        case .emptySegment: "column \(column): an empty segment; paths with // are refused"
        case .starInside: "column \(column): * can only be the last segment; use {name} for one segment"
        case .badVariable: "column \(column): a variable is {name}, of letters, digits, _ and -"
        case .variableTwice(let name): "column \(column): {\(name)} stands here twice"
        case .badLiteral: "column \(column): a segment holds letters, digits and . _ ~ ! $ & ' ( ) + , = : @ -"
        case .dots: "column \(column): a segment can't end with a dot; such paths are refused"
        }
    }
}
