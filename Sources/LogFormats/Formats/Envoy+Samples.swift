import Domain

extension LogFormat.Description {
    static let envoy = LogFormat.Description(
        summary: "Envoy and Istio, text",
        layout: #"`[time] "request" status flags … bytes_in bytes_out ms … "hops" "agent" "id" "host" "upstream"`"#,
        samples: [
            LogFormat.Sample(
                #"""
                [2019-03-06T09:31:27.354Z] "GET /status/418 HTTP/1.1" 418 - "-" 0 135 11 10 "-" "curl/7.60.0" "d20\#
                9e46f-9ed5-9b61-bbdd-43e22662702a" "httpbin:8000" "172.30.146.73:80" outbound|8000||httpbin.defaul\#
                t.svc.cluster.local - 172.21.13.94:8000 172.30.146.82:60290 -
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1551864687354000), outcome: .allowed, status: 418, latency: 11000,
                    bytes: 135,
                    texts: [
                        .address: "172.30.146.82",
                        .method: "GET",
                        .host: "httpbin:8000",
                        .path: "/status/418",
                        .agent: "curl/7.60.0",
                        .requestID: "d209e46f-9ed5-9b61-bbdd-43e22662702a",
                    ])),
            LogFormat.Sample(
                #"""
                [2018-07-13T15:56:58.312Z] "GET /v1/gifs/search?q=totalmete+s&api_key=FyzFCUcvrJXvG&limit=20&offse\#
                t=0&rating=pg&lang=en&country_code=US HTTP/1.1" 200 - 0 11187 107 107 "173.252.99.154, 23.235.39.4\#
                4, 23.235.46.35" "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)" "820b\#
                432a-32c1-98d5-b5e2-310f824f940f" "api.giphy.com" "127.0.0.1:8000"
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1531497418312000), outcome: .allowed, status: 200, latency: 107000,
                    bytes: 11187,
                    texts: [
                        .address: "23.235.46.35",
                        .method: "GET",
                        .host: "api.giphy.com",
                        .path: "/v1/gifs/search",
                        .query:
                            "q=totalmete+s&api_key=FyzFCUcvrJXvG&limit=20&offset=0&rating=pg&lang=en&country_"
                            + "code=US",
                        .agent: "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
                        .requestID: "820b432a-32c1-98d5-b5e2-310f824f940f",
                    ])),
            LogFormat.Sample(
                #"""
                [2026-11-21T19:16:50.859Z] "GET /v1/users/42 HTTP/2" 403 UAEX 0 19 3 - "198.51.100.7, 203.0.113.9"\#
                 "curl/8.5.0" "98f9f306-051a-46fc-bf6c-9c6b1a6c481e" "api.example.test" "-"
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1795288610859000), outcome: .forbidden, status: 403, latency: 3000,
                    bytes: 19,
                    texts: [
                        .address: "203.0.113.9",
                        .method: "GET",
                        .host: "api.example.test",
                        .path: "/v1/users/42",
                        .reason: "external_authorizer_denied",
                        .agent: "curl/8.5.0",
                        .requestID: "98f9f306-051a-46fc-bf6c-9c6b1a6c481e",
                    ])),
        ])
}
