import Domain

extension LogFormat.Description {
    static let vhostCombined = LogFormat.Description(
        summary: "nginx and Apache, combined with virtual host",
        layout: "`host:port`, then combined",
        samples: [
            LogFormat.Sample(
                #"""
                api.example.test:80 127.0.6.2 - - [21/Nov/2026:19:27:02 +0000] "GET /admin HTTP/1.1" 403 419 "-" "\#
                Mozilla/5.0"
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1795289222000000), outcome: .forbidden, status: 403, bytes: 419,
                    texts: [
                        .address: "127.0.6.2",
                        .method: "GET",
                        .host: "api.example.test",
                        .path: "/admin",
                        .agent: "Mozilla/5.0",
                    ])),
            LogFormat.Sample(
                #"""
                mydomain.com 1.2.3.4 - - [07/Apr/2022:14:45:44 +0200] "GET /path/foo/?class.module.classLoader.URL\#
                s%5B0%5D=0 HTTP/1.1" 404 162 "-" "curl/7.58.0" "-"
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1649335544000000), outcome: .allowed, status: 404, bytes: 162,
                    texts: [
                        .address: "1.2.3.4",
                        .method: "GET",
                        .host: "mydomain.com",
                        .path: "/path/foo/",
                        .query: "class.module.classLoader.URLs%5B0%5D=0",
                        .agent: "curl/7.58.0",
                    ])),
        ])

    static let combined = LogFormat.Description(
        summary: "nginx and Apache, combined",
        layout: #"`address - user [time] "request" status bytes "referrer" "agent"`"#,
        samples: [
            LogFormat.Sample(
                #"""
                127.0.6.2 - - [21/Nov/2026:19:16:48 +0000] "GET /admin HTTP/1.1" 403 153 "-" "Mozilla/5.0"
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1795288608000000), outcome: .forbidden, status: 403, bytes: 153,
                    texts: [
                        .address: "127.0.6.2",
                        .method: "GET",
                        .path: "/admin",
                        .agent: "Mozilla/5.0",
                    ])),
            LogFormat.Sample(
                #"""
                127.0.5.2 - - [21/Nov/2026:19:16:48 +0000] "GET /x/\x1B[2J\x1B[H HTTP/1.1" 400 157 "-" "-"
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1795288608000000), outcome: .invalid, status: 400, bytes: 157,
                    texts: [
                        .address: "127.0.5.2",
                        .method: "GET",
                        .path: "/x/\u{1B}[2J\u{1B}[H",
                    ])),
            LogFormat.Sample(
                #"""
                172.17.0.1 - - [06/Jan/2017:16:16:37 +0000] "GET /datadoghq/company?test=var1%20Pl HTTP/1.1" 404 6\#
                12 "http://www.perdu.com/" "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)\#
                 Chrome/55.0.2883.87 Safari/537.36" "-"
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1483719397000000), outcome: .allowed, status: 404, bytes: 612,
                    texts: [
                        .address: "172.17.0.1",
                        .method: "GET",
                        .path: "/datadoghq/company",
                        .query: "test=var1%20Pl",
                        .agent:
                            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
                            + " Chrome/55.0.2883.87 Safari/537.36",
                        .referrer: "http://www.perdu.com/",
                    ])),
        ])

    static let common = LogFormat.Description(
        summary: "NCSA common log format",
        layout: #"`address - user [time] "request" status bytes`"#,
        samples: [
            LogFormat.Sample(
                #"""
                127.0.5.1 - - [21/Nov/2026:19:27:02 +0000] "GET /search?q=undefined HTTP/1.1" 200 742
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1795289222000000), outcome: .allowed, status: 200, bytes: 742,
                    texts: [
                        .address: "127.0.5.1",
                        .method: "GET",
                        .path: "/search",
                        .query: "q=undefined",
                    ]))
        ])
}
