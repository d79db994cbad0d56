/// An HTTP request method that a policy can name (RFC 9110, section 9.3; PATCH: RFC 5789).
///
/// Methods are case-sensitive; one that isn't listed is refused before any route is looked at. The raw values are bits
/// of `MethodSet`.
package enum Method: UInt16, CaseIterable, Sendable, BitwiseCopyable {
    case get = 1
    case head = 2
    case post = 4
    case put = 8
    case patch = 16
    case delete = 32
    case options = 64
    case trace = 128
    case connect = 256

    package var name: String {
        switch self {
        case .get: "GET"
        case .head: "HEAD"
        case .post: "POST"
        case .put: "PUT"
        case .patch: "PATCH"
        case .delete: "DELETE"
        case .options: "OPTIONS"
        case .trace: "TRACE"
        case .connect: "CONNECT"
        }
    }

    package init?(name: some StringProtocol) {
        switch String(name) {
        case "GET": self = .get
        case "HEAD": self = .head
        case "POST": self = .post
        case "PUT": self = .put
        case "PATCH": self = .patch
        case "DELETE": self = .delete
        case "OPTIONS": self = .options
        case "TRACE": self = .trace
        case "CONNECT": self = .connect
        default: return nil
        }
    }
}

/// A set of methods.
package struct MethodSet: OptionSet, Hashable, Sendable, BitwiseCopyable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    package init(_ methods: some Sequence<Method>) {
        rawValue = methods.reduce(0) { $0 | $1.rawValue }
    }

    package static let all = MethodSet(Method.allCases)

    package func contains(_ method: Method) -> Bool { rawValue & method.rawValue != 0 }

    /// In the order of `Method`.
    package var methods: [Method] { Method.allCases.filter(contains) }
}
