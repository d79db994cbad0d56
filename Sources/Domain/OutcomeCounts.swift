/// A count of requests for each outcome.
package struct OutcomeCounts: Equatable, Sendable, BitwiseCopyable {
    package var allowed = 0
    package var unauthenticated = 0
    package var forbidden = 0
    package var limited = 0
    package var invalid = 0
    package var failed = 0

    package init() {}

    package init(
        allowed: Int = 0, unauthenticated: Int = 0, forbidden: Int = 0, limited: Int = 0, invalid: Int = 0,
        failed: Int = 0
    ) {
        self.allowed = allowed
        self.unauthenticated = unauthenticated
        self.forbidden = forbidden
        self.limited = limited
        self.invalid = invalid
        self.failed = failed
    }

    package var requests: Int { allowed + unauthenticated + forbidden + limited + invalid + failed }

    package subscript(outcome: Outcome) -> Int {
        get {
            switch outcome {
            case .allowed: allowed
            case .unauthenticated: unauthenticated
            case .forbidden: forbidden
            case .limited: limited
            case .invalid: invalid
            case .failed: failed
            }
        }
        set {
            switch outcome {
            case .allowed: allowed = newValue
            case .unauthenticated: unauthenticated = newValue
            case .forbidden: forbidden = newValue
            case .limited: limited = newValue
            case .invalid: invalid = newValue
            case .failed: failed = newValue
            }
        }
    }

    package static func += (left: inout OutcomeCounts, right: OutcomeCounts) {
        left.allowed += right.allowed
        left.unauthenticated += right.unauthenticated
        left.forbidden += right.forbidden
        left.limited += right.limited
        left.invalid += right.invalid
        left.failed += right.failed
    }

    package static func -= (left: inout OutcomeCounts, right: OutcomeCounts) {
        for outcome in Outcome.allCases { left[outcome] -= right[outcome] }
    }
}
