import Domain

extension LogFormat.Description {
    static let caddy = LogFormat.Description(
        summary: "Caddy",
        layout: "zap's JSON, with the request in `request`",
        samples: [
            LogFormat.Sample(
                #"""
                {"level":"info","ts":1795289218.5638964,"logger":"http.log.access.log0","msg":"handled request","r\#
                equest":{"remote_ip":"127.0.6.2","remote_port":"34687","client_ip":"127.0.6.2","proto":"HTTP/1.1",\#
                "method":"GET","host":"api.example.test","uri":"/admin","headers":{"Connection":["close"],"User-Ag\#
                ent":["Mozilla/5.0"],"Cf-Connecting-Ip":["127.0.0.1"]}},"bytes_read":0,"user_id":"","duration":0.0\#
                00198936,"size":6,"status":403,"resp_headers":{"Server":["Caddy"],"Content-Type":["text/plain; cha\#
                rset=utf-8"]}}
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1795289218563896), outcome: .forbidden, status: 403, latency: 198,
                    bytes: 6,
                    texts: [
                        .address: "127.0.6.2",
                        .method: "GET",
                        .host: "api.example.test",
                        .path: "/admin",
                        .agent: "Mozilla/5.0",
                    ]))
        ])
}
