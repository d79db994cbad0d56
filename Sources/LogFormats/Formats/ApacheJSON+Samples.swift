import Domain

extension LogFormat.Description {
    static let apacheJSON = LogFormat.Description(
        summary: "Apache and others, JSON",
        layout: "JSON under the usual names",
        samples: [
            LogFormat.Sample(
                #"""
                {"time":"2026-11-21T19:27:02.899+0000","remoteIP":"127.0.5.1","remotePort":"42111","host":"api.exa\#
                mple.test","request":"/search","query":"?q=undefined","method":"GET","status":"200","userAgent":"M\#
                ozilla/5.0","referer":"-","bytes":"742","durationUs":"350","id":"awHwhrO67ZCnHh_q9-v1kgAAAII"}
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1795289222899000), outcome: .allowed, status: 200, latency: 350,
                    bytes: 742,
                    texts: [
                        .address: "127.0.5.1",
                        .method: "GET",
                        .host: "api.example.test",
                        .path: "/search",
                        .query: "q=undefined",
                        .agent: "Mozilla/5.0",
                        .requestID: "awHwhrO67ZCnHh_q9-v1kgAAAII",
                    ])),
            LogFormat.Sample(
                #"""
                {"time":"2026-11-21T19:27:02.951+0000","remoteIP":"127.0.5.2","remotePort":"46813","host":"api.exa\#
                mple.test","request":"/x/\x1b[2J\x1b[H","query":"","method":"GET","status":"400","userAgent":"-","\#
                referer":"-","bytes":"266","durationUs":"38","id":"-"}
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1795289222951000), outcome: .invalid, status: 400, latency: 38,
                    bytes: 266,
                    texts: [
                        .address: "127.0.5.2",
                        .method: "GET",
                        .host: "api.example.test",
                        .path: "/x/\u{1B}[2J\u{1B}[H",
                    ])),
        ])
}
