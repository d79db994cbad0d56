import Domain

extension LogFormat.Description {
    static let traefikCLF = LogFormat.Description(
        summary: "Traefik, common log format",
        layout: #"combined, then `count "router" "service" 12ms`"#,
        samples: [
            LogFormat.Sample(
                #"""
                127.0.6.2 - - [21/Nov/2026:19:26:53 +0000] "GET /admin HTTP/1.1" 403 9 "-" "Mozilla/5.0" 2 "admin@\#
                file" "-" 0ms
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1795289213000000), outcome: .forbidden, status: 403, latency: 0,
                    bytes: 9,
                    texts: [
                        .address: "127.0.6.2",
                        .method: "GET",
                        .path: "/admin",
                        .reason: "refused_by_gateway",
                        .agent: "Mozilla/5.0",
                    ])),
            LogFormat.Sample(
                #"""
                127.0.8.33 - - [21/Nov/2026:19:26:53 +0000] "POST /post HTTP/1.1" 200 223 "-" "OWASP CRS test agen\#
                t" 3 "all@file" "http://127.0.0.1:18080" 1ms
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1795289213000000), outcome: .allowed, status: 200, latency: 1000,
                    bytes: 223,
                    texts: [
                        .address: "127.0.8.33",
                        .method: "POST",
                        .path: "/post",
                        .agent: "OWASP CRS test agent",
                    ])),
        ])

    static let awsCLF = LogFormat.Description(
        summary: "Amazon API Gateway, common log format",
        layout: #"`address caller user [time]"METHOD resource protocol" status bytes id`"#,
        samples: [
            LogFormat.Sample(
                #"""
                127.0.5.2 - - [21/Nov/2026:19:16:48 +0000]"GET /identity/api/v2/user/dashboard HTTP/1.1" 401 286 9\#
                dd3f5a7-32ac-00c2-928a-2030b0777c0c
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1795288608000000), outcome: .unauthenticated, status: 401, bytes: 286,
                    texts: [
                        .address: "127.0.5.2",
                        .method: "GET",
                        .path: "/identity/api/v2/user/dashboard",
                        .route: "/identity/api/v2/user/dashboard",
                        .requestID: "9dd3f5a7-32ac-00c2-928a-2030b0777c0c",
                    ])),
            LogFormat.Sample(
                #"""
                127.0.1.17 - - [21/Nov/2026:19:16:48 +0000]"GET /2.0/metadata_taxonomies/{namespace}/{taxonomy_key\#
                }/nodes HTTP/1.1" 200 656 f642e76f-c6cc-c450-df7f-6c161e6977ea
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1795288608000000), outcome: .allowed, status: 200, bytes: 656,
                    texts: [
                        .address: "127.0.1.17",
                        .method: "GET",
                        .path: "/2.0/metadata_taxonomies/{namespace}/{taxonomy_key}/nodes",
                        .route: "/2.0/metadata_taxonomies/{namespace}/{taxonomy_key}/nodes",
                        .requestID: "f642e76f-c6cc-c450-df7f-6c161e6977ea",
                    ])),
        ])

    static let nginxIngress = LogFormat.Description(
        summary: "ingress-nginx",
        layout: "combined, then `request_length seconds [upstream] [] address bytes seconds status id`",
        samples: [
            LogFormat.Sample(
                #"""
                127.0.6.2 - - [21/Nov/2026:19:16:48 +0000] "GET /admin HTTP/1.1" 403 153 "-" "Mozilla/5.0" 120 0.0\#
                00 [default-api-80] [] - - - - b0a4a7ccfeadf6051f4f598dc0370973
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1795288608000000), outcome: .forbidden, status: 403, latency: 0,
                    bytes: 153,
                    texts: [
                        .address: "127.0.6.2",
                        .method: "GET",
                        .path: "/admin",
                        .reason: "refused_by_gateway",
                        .agent: "Mozilla/5.0",
                        .requestID: "b0a4a7ccfeadf6051f4f598dc0370973",
                    ])),
            LogFormat.Sample(
                #"""
                127.0.8.33 - - [21/Nov/2026:19:16:48 +0000] "POST /post HTTP/1.1" 200 223 "-" "OWASP CRS test agen\#
                t" 511 0.001 [default-api-80] [] 127.0.0.1:18080 223 0.001 200 41acbc3f3d892346fdb17a5af8b5a0c0
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1795288608000000), outcome: .allowed, status: 200, latency: 1000,
                    bytes: 223,
                    texts: [
                        .address: "127.0.8.33",
                        .method: "POST",
                        .path: "/post",
                        .agent: "OWASP CRS test agent",
                        .requestID: "41acbc3f3d892346fdb17a5af8b5a0c0",
                    ])),
        ])
}
