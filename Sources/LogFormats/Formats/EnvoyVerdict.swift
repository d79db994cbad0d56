import Domain

// What Envoy's response flags and response code details tell
// (https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage).

enum EnvoyVerdict {
    private static let flags: [(flag: StaticString, verdict: Verdict)] = [
        ("UAEX", Verdict(.forbidden, .externalAuthorizerDenied)),
        ("RL", Verdict(.limited, .rateLimited)),
        ("RLSE", Verdict(.limited, .rateLimitServiceError)),
        ("DPE", Verdict(.invalid, .protocolError)),
        ("IH", Verdict(.invalid, .headersInvalid)),
        ("DC", Verdict(.allowed, .clientAborted)),
        ("DT", Verdict(nil, .clientTimeout)),
        ("SI", Verdict(nil, .clientTimeout)),
        ("NR", Verdict(nil, .noRoute)),
        ("NC", Verdict(.failed, .noUpstream)),
        ("UH", Verdict(.failed, .noUpstream)),
        ("LH", Verdict(.failed, .noUpstream)),
        ("NFCF", Verdict(.failed, .gatewayError)),
        ("DF", Verdict(.failed, .dnsFailure)),
        ("UF", Verdict(.failed, .upstreamConnectionFailed)),
        ("UT", Verdict(.failed, .upstreamTimeout)),
        ("UMSDR", Verdict(.failed, .upstreamTimeout)),
        ("UC", Verdict(.failed, .upstreamReset)),
        ("UR", Verdict(.failed, .upstreamReset)),
        ("LR", Verdict(.failed, .upstreamReset)),
        ("URX", Verdict(.failed, .upstreamError)),
        ("UPE", Verdict(.failed, .upstreamProtocolError)),
        ("UO", Verdict(.failed, .overloaded)),
        ("OM", Verdict(.failed, .overloaded)),
        ("DO", Verdict(.failed, .overloaded)),
        ("FI", Verdict(nil, .faultInjected)),
    ]

    /// By the beginning of the details, the first that fits.
    private static let details: [(prefix: StaticString, verdict: Verdict)] = [
        ("rbac_access_denied", Verdict(.forbidden, .rbacDenied)),
        ("ext_authz_denied", Verdict(.forbidden, .externalAuthorizerDenied)),
        ("ext_authz_error", Verdict(.failed, .externalAuthorizerError)),
        ("jwt_authn_access_denied{Jwt_is_missing}", Verdict(.unauthenticated, .tokenMissing)),
        ("jwt_authn_access_denied{Jwt_is_expired}", Verdict(.unauthenticated, .tokenExpired)),
        ("jwt_authn_access_denied{Audiences_in_Jwt", Verdict(.forbidden, .audienceNotAllowed)),
        ("jwt_authn_access_denied", Verdict(.unauthenticated, .tokenInvalid)),
        ("csrf_origin_mismatch", Verdict(.forbidden, .originMismatch)),
        ("local_rate_limited", Verdict(.limited, .rateLimited)),
        ("request_rate_limited", Verdict(.limited, .rateLimited)),
        ("rate_limited", Verdict(.limited, .rateLimited)),
        ("rate_limiter_error", Verdict(.limited, .rateLimitServiceError)),
        ("path_normalization_failed", Verdict(.invalid, .pathInvalid)),
        ("low_version", Verdict(.invalid, .protocolTooOld)),
        ("request_payload_too_large", Verdict(.invalid, .bodyTooLarge)),
        ("request_headers_too_large", Verdict(.invalid, .headersTooLarge)),
        ("missing_host_header", Verdict(.invalid, .headersInvalid)),
        ("http1.", Verdict(.invalid, .protocolError)),
        ("http2.", Verdict(.invalid, .protocolError)),
        ("http3.", Verdict(.invalid, .protocolError)),
        ("route_not_found", Verdict(nil, .noRoute)),
        ("no_healthy_upstream", Verdict(.failed, .noUpstream)),
        ("cluster_not_found", Verdict(.failed, .noUpstream)),
        ("response_timeout", Verdict(.failed, .upstreamTimeout)),
        ("upstream_response_timeout", Verdict(.failed, .upstreamTimeout)),
        ("upstream_reset_before_response_started{connection_failure", Verdict(.failed, .upstreamConnectionFailed)),
        ("upstream_reset", Verdict(.failed, .upstreamReset)),
        ("downstream_remote_disconnect", Verdict(.allowed, .clientAborted)),
        ("overload", Verdict(.failed, .overloaded)),
        ("maintenance_mode", Verdict(.failed, .overloaded)),
    ]

    /// The details say more than the flags, so they are asked first.
    ///
    /// An external authorizer that answered 401 found nobody, rather than somebody who may not.
    static func verdict(
        status: UInt16, flags: Range<Int>, details: Range<Int>, _ bytes: Span<UInt8>
    ) -> Verdict? {
        guard var verdict = detailed(details, bytes) ?? flagged(flags, bytes) else { return nil }
        if verdict.reason == .externalAuthorizerDenied, status == 401 { verdict.outcome = .unauthenticated }
        return verdict
    }

    private static func detailed(_ range: Range<Int>, _ bytes: Span<UInt8>) -> Verdict? {
        guard !bytes.isUnknown(from: range.lowerBound, to: range.upperBound) else { return nil }
        for (prefix, verdict) in details
        where bytes.starts(with: prefix, at: range.lowerBound, to: range.upperBound) {
            return verdict
        }
        return nil
    }

    /// Of several flags, joined by commas, the first that is known.
    private static func flagged(_ range: Range<Int>, _ bytes: Span<UInt8>) -> Verdict? {
        guard !bytes.isUnknown(from: range.lowerBound, to: range.upperBound) else { return nil }
        var start = range.lowerBound
        while start < range.upperBound {
            let end = bytes.place(of: UInt8(ascii: ","), from: start, to: range.upperBound)
            for (flag, verdict) in flags where bytes.equals(flag, from: start, to: end) { return verdict }
            start = end + 1
        }
        return nil
    }
}
