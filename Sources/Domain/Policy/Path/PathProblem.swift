/// Why a request target is refused: different servers would read it as different paths, or can't read it at all.
///
/// Such a target is never repaired, because what is authorised and what is forwarded have to be the same bytes.
package enum PathProblem: UInt8, Error, CaseIterable, Sendable, BitwiseCopyable {
    case notAPath
    case tooLong
    case tooManySegments
    case emptySegment
    case trailingSlash
    case trailingDot
    case edgeSpace
    case backslash
    case semicolon
    case fragment
    case forbiddenByte
    case badTriplet
    case escapedControl
    case escapedSeparator
    case escapedPercent
    case escapedUnreserved
    case invalidUTF8
    case hiddenScalar
    case lookalike

    package var reason: Reason {
        switch self {
        case .notAPath: .targetUnsupported
        case .tooLong, .tooManySegments: .pathTooLong
        case .emptySegment, .trailingSlash, .trailingDot, .edgeSpace, .backslash, .semicolon, .fragment,
            .forbiddenByte, .badTriplet, .escapedControl, .escapedSeparator, .escapedPercent, .escapedUnreserved,
            .invalidUTF8, .hiddenScalar, .lookalike:
            .pathAmbiguous
        }
    }

    /// What is wrong, as an explanation puts it after "the path".
    package var text: String {
        switch self {
        case .notAPath: "does not begin with / (an absolute URL or * is not served)"
        case .tooLong: "is longer than \(PathTable.mostBytes) bytes"
        case .tooManySegments: "has more than \(PathTable.mostSegments) segments"
        case .emptySegment: "has an empty segment (//), which some servers merge"
        case .trailingSlash: "ends with /, which some servers drop"
        case .trailingDot: "has a segment that is ., .. or ends with a dot"
        case .edgeSpace: "has a segment that begins or ends with a space, which some servers cut off"
        case .backslash: "has a \\, which some servers take for /"
        case .semicolon: "has a ;, after which some servers cut a segment off"
        case .fragment: "has a #, after which some servers cut it off"
        case .forbiddenByte: "has a byte that has to be percent-encoded"
        case .badTriplet: "has a % without two hex digits after it"
        case .escapedControl: "has a percent-encoded control character"
        case .escapedSeparator: "has a percent-encoded / \\ ; ? or #, which some servers decode before they cut"
        case .escapedPercent: "has %25, which some servers decode twice"
        case .escapedUnreserved: "percent-encodes a letter, a digit or one of - . _ ~"
        case .invalidUTF8: "is no valid UTF-8 after percent-decoding"
        case .hiddenScalar: "has an invisible, control or space character beyond ASCII"
        case .lookalike: "has a character that some servers fold to an ASCII one"
        }
    }
}
