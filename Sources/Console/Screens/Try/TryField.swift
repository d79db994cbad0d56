import Domain
import Terminal

/// A field of a made-up request.
enum TryField: Int, CaseIterable, Sendable {
    case client, method, path, subject, scopes, address, time, roles, level, claims, headers, certificate

    var label: CleanText {
        switch self {
        case .client: "client"
        case .method: "method"
        case .path: "path"
        case .subject: "subject"
        case .scopes: "scopes"
        case .address: "address"
        case .time: "at"
        case .roles: "roles"
        case .level: "acr"
        case .claims: "claims"
        case .headers: "headers"
        case .certificate: "certificate"
        }
    }

    /// What an empty field stands for, or what to write.
    var placeholder: CleanText {
        switch self {
        case .client: "none: without credentials"
        case .method: "GET"
        case .path: "/ as it is sent"
        case .subject: "whom the token speaks for"
        case .scopes: "all that the client may have"
        case .address: "unknown"
        case .time: "now; or 03:00, 2h ago, 2026-11-20T08:00Z"
        case .roles: "of the subject, where the token says"
        case .level: "the token's level of authentication"
        case .claims: "tenant=acme, team=7"
        case .headers: "x-region=eu, x-beta=1"
        case .certificate: "no; or yes: one that was verified"
        }
    }

    func choices(_ policy: Policy) -> DraftField.Choices {
        switch self {
        case .client: .reference(.client, many: false)
        case .method: .words(Domain.Method.allCases.map(\.name), many: false)
        case .path: .pattern
        case .scopes: .reference(.scope, many: true)
        case .roles: .reference(.role, many: true)
        case .level: .words(policy.settings.authenticationLevels, many: false)
        case .certificate: .words(["yes", "no"], many: false)
        case .subject, .address, .time, .claims, .headers: .none
        }
    }
}
