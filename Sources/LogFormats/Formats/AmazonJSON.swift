import Domain

// Amazon API Gateway's access log in JSON: free names over `$context`
// (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html), here
// those of AWS's own examples, flat and nested. Its common log format is read in CommonLog.swift.
//
// The client is whose API key or authorizer principal it is; the subject is the token's `sub`.

extension JSONTable {
    static let aws = JSONTable([
        Entry("requestTimeEpoch", .time, .epoch(power: 3), rank: 2),
        Entry("requestTime", .time, rank: 1),
        Entry("ip", .address),
        Entry("sourceIp", .address),
        Entry("identity.sourceIp", .address),
        Entry("httpMethod", .method),
        Entry("http.method", .method),
        Entry("path", .target, rank: 1),
        Entry("rawPath", .target, rank: 1),
        Entry("http.path", .target, rank: 1),
        Entry("resourcePath", .route, rank: 1),
        Entry("status", .status),
        Entry("responseLength", .bytes),
        Entry("responseLatency", .latency, .scaled(power: 3)),
        Entry("domainName", .host),
        Entry("userAgent", .agent),
        Entry("identity.userAgent", .agent),
        Entry("requestId", .requestID),
        Entry("apiKeyId", .client, rank: 5),
        Entry("identity.apiKeyId", .client, rank: 5),
        Entry("apiKey", .client, .secret, rank: 4),
        Entry("identity.apiKey", .client, .secret, rank: 4),
        Entry("authorizerPrincipalId", .client, rank: 3),
        Entry("principalId", .client, rank: 3),
        Entry("authorizer.principalId", .client, rank: 3),
        Entry("caller", .client, rank: 1),
        Entry("identity.caller", .client, rank: 1),
        Entry("claimsSub", .subject, rank: 1),
        Entry("authorizer.claims.sub", .subject, rank: 1),
        Entry("authorizer.jwt.claims.sub", .subject, rank: 1),
        Entry("user", .subject),
        Entry("identity.user", .subject),
        Entry("errorResponseType", .errorType),
        Entry("error.responseType", .errorType),
        Entry("errorMessage", .errorText),
        Entry("error.message", .errorText),
        Entry("authorizerError", .authorizerError),
        Entry("authorizer.error", .authorizerError),
        Entry("authorizeError", .authorizerError),
        Entry("wafResponseCode", .wafResponse),
    ])
}

extension LineReader {
    /// https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
    ///
    /// A missing or expired token or key is a matter of authentication, though API Gateway answers 403.
    private static let amazonErrors: [(type: StaticString, verdict: Verdict)] = [
        ("ACCESS_DENIED", Verdict(.forbidden, .externalAuthorizerDenied)),
        ("API_CONFIGURATION_ERROR", Verdict(.failed, .gatewayError)),
        ("AUTHORIZER_CONFIGURATION_ERROR", Verdict(.failed, .authorizerError)),
        ("AUTHORIZER_FAILURE", Verdict(.failed, .authorizerError)),
        ("BAD_REQUEST_PARAMETERS", Verdict(.invalid, .parametersInvalid)),
        ("BAD_REQUEST_BODY", Verdict(.invalid, .bodyInvalid)),
        ("EXPIRED_TOKEN", Verdict(.unauthenticated, .tokenExpired)),
        ("INTEGRATION_FAILURE", Verdict(.failed, .upstreamError)),
        ("INTEGRATION_TIMEOUT", Verdict(.failed, .upstreamTimeout)),
        ("INVALID_API_KEY", Verdict(.unauthenticated, .apiKeyInvalid)),
        ("INVALID_SIGNATURE", Verdict(.unauthenticated, .signatureInvalid)),
        ("MISSING_AUTHENTICATION_TOKEN", Verdict(.unauthenticated, .tokenMissing)),
        ("QUOTA_EXCEEDED", Verdict(.limited, .quotaExceeded)),
        ("REQUEST_TOO_LARGE", Verdict(.invalid, .bodyTooLarge)),
        ("RESOURCE_NOT_FOUND", Verdict(nil, .noRoute)),
        ("THROTTLED", Verdict(.limited, .rateLimited)),
        ("UNAUTHORIZED", Verdict(.unauthenticated, .authorizerRejected)),
        ("UNSUPPORTED_MEDIA_TYPE", Verdict(.invalid, .mediaTypeUnsupported)),
        ("WAF_FILTERED", Verdict(.forbidden, .wafBlocked)),
    ]

    func amazonVerdict(_ bytes: Span<UInt8>) -> Verdict? {
        if let waf = json[.wafResponse], bytes.equals("WAF_BLOCK", from: waf.start, to: waf.end) {
            return Verdict(.forbidden, .wafBlocked)
        }
        if let type = json[.errorType] {
            for (name, verdict) in Self.amazonErrors where bytes.equals(name, from: type.start, to: type.end) {
                return verdict
            }
        }
        return json[.authorizerError] == nil ? nil : Verdict(nil, .authorizerRejected)
    }
}
