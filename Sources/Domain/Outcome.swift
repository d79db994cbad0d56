/// How a request ended, as far as access is concerned.
///
/// The raw values are stored; they never change.
package enum Outcome: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case allowed = 0
    case unauthenticated = 1
    case forbidden = 2
    case limited = 3
    case invalid = 4
    case failed = 5

    /// The outcome that an HTTP status tells by itself (RFC 9110, 6585).
    ///
    /// A 404 passed the gateway's policy, so it counts as allowed; 0 stands for a request without an answer.
    package init(status: UInt16) {
        switch status {
        case 401, 407: self = .unauthenticated
        case 403, 451: self = .forbidden
        case 429: self = .limited
        case 400, 405, 406, 411, 413, 414, 415, 417, 421, 422, 431: self = .invalid
        case 0, 500...: self = .failed
        default: self = .allowed
        }
    }

    package var name: String {
        switch self {
        case .allowed: "allowed"
        case .unauthenticated: "unauthenticated"
        case .forbidden: "forbidden"
        case .limited: "limited"
        case .invalid: "invalid"
        case .failed: "failed"
        }
    }

    package init?(name: some StringProtocol) {
        guard let outcome = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = outcome
    }

    package var isDenied: Bool {
        switch self {
        case .allowed, .failed: false
        case .unauthenticated, .forbidden, .limited, .invalid: true
        }
    }
}
