import Domain

extension LogFormat.Description {
    static let awsJSON = LogFormat.Description(
        summary: "Amazon API Gateway, JSON",
        layout: "JSON over `$context`, flat or nested",
        samples: [
            LogFormat.Sample(
                #"""
                {"requestId": "9dd3f5a7-32ac-00c2-928a-2030b0777c0c", "extendedRequestId": "9dd3f5a732ac00c=", "ac\#
                countId": "123456789012", "apiId": "a1b2c3d4e5", "stage": "prod", "domainName": "a1b2c3d4e5.execut\#
                e-api.eu-west-1.amazonaws.com", "ip": "127.0.5.2", "caller": "-", "user": "-", "userAgent": "\u001\#
                b[2J\u001b[H", "requestTime": "21/Nov/2026:19:16:48 +0000", "requestTimeEpoch": "1795288608370", "\#
                httpMethod": "GET", "resourcePath": "/identity/api/v2/user/dashboard", "path": "/prod/identity/api\#
                /v2/user/dashboard", "status": "401", "protocol": "HTTP/1.1", "responseLength": "286", "responseLa\#
                tency": "3", "integrationLatency": "-", "integrationStatus": "-", "errorMessage": "Unauthorized", \#
                "errorResponseType": "UNAUTHORIZED", "authorizerPrincipalId": "-", "claimsSub": "-", "wafResponseC\#
                ode": "-"}
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1795288608370000), outcome: .unauthenticated, status: 401,
                    latency: 3000, bytes: 286,
                    texts: [
                        .address: "127.0.5.2",
                        .method: "GET",
                        .host: "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com",
                        .path: "/prod/identity/api/v2/user/dashboard",
                        .route: "/identity/api/v2/user/dashboard",
                        .reason: "authorizer_rejected",
                        .agent: "\u{1B}[2J\u{1B}[H",
                        .requestID: "9dd3f5a7-32ac-00c2-928a-2030b0777c0c",
                    ])),
            LogFormat.Sample(
                #"""
                {"requestId": "f642e76f-c6cc-c450-df7f-6c161e6977ea", "extendedRequestId": "f642e76fc6ccc45=", "ac\#
                countId": "123456789012", "apiId": "a1b2c3d4e5", "stage": "prod", "domainName": "a1b2c3d4e5.execut\#
                e-api.eu-west-1.amazonaws.com", "ip": "127.0.1.17", "caller": "-", "user": "-", "userAgent": "Mozi\#
                lla/5.0 (Windows NT 6.1; WOW64; rv:31.0) Gecko/20100101 Firefox/31.0", "requestTime": "21/Nov/2026\#
                :19:16:48 +0000", "requestTimeEpoch": "1795288608371", "httpMethod": "GET", "resourcePath": "/2.0/\#
                metadata_taxonomies/{namespace}/{taxonomy_key}/nodes", "path": "/prod/2.0/metadata_taxonomies/5011\#
                /19551/nodes", "status": "200", "protocol": "HTTP/1.1", "responseLength": "656", "responseLatency"\#
                : "3", "integrationLatency": "1", "integrationStatus": "200", "errorMessage": "-", "errorResponseT\#
                ype": "-", "authorizerPrincipalId": "client-0117", "claimsSub": "client-0117", "wafResponseCode": \#
                "-"}
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1795288608371000), outcome: .allowed, status: 200, latency: 3000,
                    bytes: 656,
                    texts: [
                        .client: "client-0117",
                        .subject: "client-0117",
                        .address: "127.0.1.17",
                        .method: "GET",
                        .host: "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com",
                        .path: "/prod/2.0/metadata_taxonomies/5011/19551/nodes",
                        .route: "/2.0/metadata_taxonomies/{namespace}/{taxonomy_key}/nodes",
                        .agent: "Mozilla/5.0 (Windows NT 6.1; WOW64; rv:31.0) Gecko/20100101 Firefox/31.0",
                        .requestID: "f642e76f-c6cc-c450-df7f-6c161e6977ea",
                    ])),
        ])
}
