import Domain

/// Why a request ended as it did, as far as a gateway's log tells; the raw values are the events' `reason`.
enum Reason: String, CaseIterable {
    // Refused
    case apiKeyInvalid = "api_key_invalid"
    case audienceNotAllowed = "audience_not_allowed"
    case authorizerError = "authorizer_error"
    case authorizerRejected = "authorizer_rejected"
    case certificateInvalid = "certificate_invalid"
    case certificateMissing = "certificate_missing"
    case droppedByGateway = "dropped_by_gateway"
    case externalAuthorizerDenied = "external_authorizer_denied"
    case externalAuthorizerError = "external_authorizer_error"
    case originMismatch = "origin_mismatch"
    case quotaExceeded = "quota_exceeded"
    case rateLimitServiceError = "rate_limit_service_error"
    case rateLimited = "rate_limited"
    case rbacDenied = "rbac_denied"
    case refusedByGateway = "refused_by_gateway"
    case signatureInvalid = "signature_invalid"
    case tarpitted
    case tokenExpired = "token_expired"
    case tokenInvalid = "token_invalid"
    case tokenMissing = "token_missing"
    case wafBlocked = "waf_blocked"
    // Malformed
    case bodyInvalid = "body_invalid"
    case bodyTooLarge = "body_too_large"
    case headersInvalid = "headers_invalid"
    case headersTooLarge = "headers_too_large"
    case mediaTypeUnsupported = "media_type_unsupported"
    case parametersInvalid = "parameters_invalid"
    case pathInvalid = "path_invalid"
    case plaintextOnTLSPort = "plaintext_on_tls_port"
    case protocolError = "protocol_error"
    case protocolTooOld = "protocol_too_old"
    // Failed or given up
    case clientAborted = "client_aborted"
    case clientTimeout = "client_timeout"
    case dnsFailure = "dns_failure"
    case faultInjected = "fault_injected"
    case gatewayError = "gateway_error"
    case noRoute = "no_route"
    case noUpstream = "no_upstream"
    case overloaded
    case responseBlocked = "response_blocked"
    case upstreamConnectionFailed = "upstream_connection_failed"
    case upstreamError = "upstream_error"
    case upstreamProtocolError = "upstream_protocol_error"
    case upstreamReset = "upstream_reset"
    case upstreamTimeout = "upstream_timeout"

    /// All codes one after another, and where each one is: a batch holds them once, not once for each line.
    static let texts: (bytes: [UInt8], places: [Reason: Range<Int>]) = {
        var bytes: [UInt8] = []
        var places: [Reason: Range<Int>] = [:]
        for reason in allCases {
            let start = bytes.count
            bytes += Array(reason.rawValue.utf8)
            places[reason] = start..<bytes.count
        }
        return (bytes, places)
    }()
}

/// What a log tells beyond the status: an outcome, where it isn't the status's own, and a reason.
struct Verdict {
    var outcome: Outcome?
    var reason: Reason?

    init(_ outcome: Outcome?, _ reason: Reason?) {
        self.outcome = outcome
        self.reason = reason
    }

    /// What a status tells that its outcome doesn't: nginx's own (ngx_http_request.h), timeouts, and a client that
    /// went away.
    ///
    /// A request whose client gave up (499, or AWS's 460) was let through, so it counts as allowed.
    /// 444 is how nginx is told to drop a request without an answer, so it counts as forbidden.
    static func ofStatus(_ status: UInt16) -> Verdict? {
        switch status {
        case 408: Verdict(nil, .clientTimeout)
        case 444: Verdict(.forbidden, .droppedByGateway)
        case 460, 499: Verdict(.allowed, .clientAborted)
        case 494: Verdict(.invalid, .headersTooLarge)
        case 495: Verdict(.unauthenticated, .certificateInvalid)
        case 496: Verdict(.unauthenticated, .certificateMissing)
        case 497: Verdict(.invalid, .plaintextOnTLSPort)
        default: nil
        }
    }

    /// What follows when the gateway answered by itself, without asking an upstream.
    static func withoutUpstream(status: UInt16) -> Verdict? {
        switch status {
        case 429: Verdict(nil, .rateLimited)
        case 401, 403, 407, 451: Verdict(nil, .refusedByGateway)
        case 404: Verdict(nil, .noRoute)
        case 502, 503: Verdict(nil, .noUpstream)
        case 504: Verdict(nil, .upstreamTimeout)
        case 500...: Verdict(nil, .gatewayError)
        default: ofStatus(status)
        }
    }
}
