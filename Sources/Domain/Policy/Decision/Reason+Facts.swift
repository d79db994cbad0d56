// What each reason is called, and what follows from it, in one table.

/// The steps of a decision, in their order: the first that fails gives the reason.
package enum DecisionStep: UInt8, CaseIterable, Comparable, Sendable, BitwiseCopyable {
    case path
    case route
    case authentication
    case revocation
    case scope
    case permission
    case quota

    package var name: String {
        switch self {
        case .path: "path"
        case .route: "route"
        case .authentication: "authentication"
        case .revocation: "revocation"
        case .scope: "scope"
        case .permission: "permission"
        case .quota: "quota"
        }
    }

    package static func < (left: DecisionStep, right: DecisionStep) -> Bool { left.rawValue < right.rawValue }
}

extension Reason {
    struct Facts {
        let code: String
        let step: DecisionStep
        let outcome: Outcome
        let status: UInt16

        init(_ code: String, _ step: DecisionStep, _ outcome: Outcome, _ status: UInt16) {
            self.code = code
            self.step = step
            self.outcome = outcome
            self.status = status
        }
    }

    var facts: Facts {
        switch self {
        case .allowed: Facts("allowed", .quota, .allowed, 200)

        case .targetUnsupported: Facts("target_unsupported", .path, .invalid, 400)
        case .pathTooLong: Facts("path_too_long", .path, .invalid, 414)
        case .pathAmbiguous: Facts("path_ambiguous", .path, .invalid, 400)
        case .methodUnknown: Facts("method_unknown", .path, .invalid, 400)

        case .routeUnknown: Facts("route_unknown", .route, .forbidden, 404)
        case .methodNotAllowed: Facts("method_not_allowed", .route, .invalid, 405)

        case .credentialsMissing: Facts("credentials_missing", .authentication, .unauthenticated, 401)
        case .credentialsInvalid: Facts("credentials_invalid", .authentication, .unauthenticated, 401)
        case .credentialExpired: Facts("credential_expired", .authentication, .unauthenticated, 401)
        case .clientUnknown: Facts("client_unknown", .authentication, .unauthenticated, 401)
        case .clientSuspended: Facts("client_suspended", .authentication, .forbidden, 403)
        case .clientExpired: Facts("client_expired", .authentication, .unauthenticated, 401)
        case .tokenInvalid: Facts("token_invalid", .authentication, .unauthenticated, 401)
        case .tokenNotYetValid: Facts("token_not_yet_valid", .authentication, .unauthenticated, 401)
        case .tokenExpired: Facts("token_expired", .authentication, .unauthenticated, 401)

        case .tokenRevoked: Facts("token_revoked", .revocation, .unauthenticated, 401)
        case .familyRevoked: Facts("family_revoked", .revocation, .unauthenticated, 401)
        case .credentialRevoked: Facts("credential_revoked", .revocation, .unauthenticated, 401)
        case .clientRevoked: Facts("client_revoked", .revocation, .unauthenticated, 401)
        case .subjectRevoked: Facts("subject_revoked", .revocation, .unauthenticated, 401)
        case .issuerRevoked: Facts("issuer_revoked", .revocation, .unauthenticated, 401)
        case .addressRevoked: Facts("address_revoked", .revocation, .unauthenticated, 401)
        case .everythingRevoked: Facts("everything_revoked", .revocation, .unauthenticated, 401)

        case .scopeMissing: Facts("scope_missing", .scope, .forbidden, 403)

        case .permissionDenied: Facts("permission_denied", .permission, .forbidden, 403)
        case .noPermission: Facts("no_permission", .permission, .forbidden, 403)
        case .addressCondition: Facts("condition_failed:ip", .permission, .forbidden, 403)
        case .timeCondition: Facts("condition_failed:time", .permission, .forbidden, 403)
        case .ownerCondition: Facts("condition_failed:owner", .permission, .forbidden, 403)
        case .classificationCondition: Facts("condition_failed:classification", .permission, .forbidden, 403)
        case .mutualTLSCondition: Facts("condition_failed:mtls", .permission, .forbidden, 403)
        case .authenticationLevelCondition: Facts("condition_failed:acr", .permission, .forbidden, 403)
        case .tokenAgeCondition: Facts("condition_failed:token_age", .permission, .forbidden, 403)
        case .headerCondition: Facts("condition_failed:header", .permission, .forbidden, 403)

        case .clientQuota: Facts("quota_exceeded:client", .quota, .limited, 429)
        case .tierQuota: Facts("quota_exceeded:tier", .quota, .limited, 429)
        case .anonymousQuota: Facts("quota_exceeded:anonymous", .quota, .limited, 429)
        case .counterFailed: Facts("counter_failed", .quota, .failed, 503)
        }
    }
}
