/// Why a request ended as it did: a stable code under an outcome.
///
/// The codes are stored with events, so they never change.
package enum Reason: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case allowed

    // Canonical path.
    case targetUnsupported
    case pathTooLong
    case pathAmbiguous
    case methodUnknown

    // Route.
    case routeUnknown
    case methodNotAllowed

    // Authentication.
    case credentialsMissing
    case credentialsInvalid
    case credentialExpired
    case clientUnknown
    case clientSuspended
    case clientExpired
    case tokenInvalid
    case tokenNotYetValid
    case tokenExpired

    // Revocation.
    case tokenRevoked
    case familyRevoked
    case credentialRevoked
    case clientRevoked
    case subjectRevoked
    case issuerRevoked
    case addressRevoked
    case everythingRevoked

    // Scope.
    case scopeMissing

    // Permission and conditions.
    case permissionDenied
    case noPermission
    case addressCondition
    case timeCondition
    case ownerCondition
    case classificationCondition
    case mutualTLSCondition
    case authenticationLevelCondition
    case tokenAgeCondition
    case headerCondition

    // Quota.
    case clientQuota
    case tierQuota
    case anonymousQuota
    /// A counter outside the program couldn't be read or written, and its quota says that requests are then refused.
    /// Counters in memory don't fail.
    case counterFailed

    /// The reason for an allow that failed on a condition of this kind.
    package init(failed kind: Condition.Kind) {
        self =
            switch kind {
            case .ip: .addressCondition
            case .time: .timeCondition
            case .owner: .ownerCondition
            case .classification: .classificationCondition
            case .mutualTLS: .mutualTLSCondition
            case .authenticationLevel: .authenticationLevelCondition
            case .tokenAge: .tokenAgeCondition
            case .header: .headerCondition
            }
    }

    package init?(code: some StringProtocol) {
        guard let reason = Self.allCases.first(where: { $0.code == code }) else { return nil }
        self = reason
    }

    package var outcome: Outcome { facts.outcome }

    /// The HTTP status that the caller gets; 200 stands for whatever the upstream answers.
    package var status: UInt16 { facts.status }

    /// As in `token_expired`, or `condition_failed:ip`.
    package var code: String { facts.code }

    /// At which step of a decision it arises.
    package var step: DecisionStep { facts.step }
}
