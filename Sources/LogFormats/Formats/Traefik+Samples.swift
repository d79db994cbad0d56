import Domain

extension LogFormat.Description {
    static let traefikJSON = LogFormat.Description(
        summary: "Traefik, JSON",
        layout: "flat JSON with `RequestMethod`, `DownstreamStatus`, …",
        samples: [
            LogFormat.Sample(
                #"""
                {"ClientAddr":"127.0.6.2:59185","ClientHost":"127.0.6.2","ClientPort":"59185","ClientUsername":"-"\#
                ,"DownstreamContentSize":9,"DownstreamStatus":403,"Duration":442998,"GzipRatio":0,"OriginContentSi\#
                ze":0,"OriginDuration":0,"OriginStatus":0,"Overhead":442998,"RequestAddr":"api.example.test","Requ\#
                estContentSize":0,"RequestCount":2,"RequestHost":"api.example.test","RequestMethod":"GET","Request\#
                Path":"/admin","RequestPort":"-","RequestProtocol":"HTTP/1.1","RequestScheme":"http","RetryAttempt\#
                s":0,"RouterName":"admin@file","StartLocal":"2026-11-21T19:26:48.540705798Z","StartUTC":"2026-11-2\#
                1T19:26:48.540705798Z","entryPointName":"web","level":"info","msg":"","request_User-Agent":"Mozill\#
                a/5.0","time":"2026-11-21T19:26:48Z"}
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1795289208540705), outcome: .forbidden, status: 403, latency: 442,
                    bytes: 9,
                    texts: [
                        .address: "127.0.6.2",
                        .method: "GET",
                        .host: "api.example.test",
                        .path: "/admin",
                        .reason: "refused_by_gateway",
                        .agent: "Mozilla/5.0",
                    ])),
            LogFormat.Sample(
                #"""
                {"ClientAddr":"127.0.8.33:52709","ClientHost":"127.0.8.33","ClientPort":"52709","ClientUsername":"\#
                -","DownstreamContentSize":223,"DownstreamStatus":200,"Duration":1466912,"OriginContentSize":223,"\#
                OriginDuration":1433632,"OriginStatus":200,"Overhead":33280,"RequestAddr":"localhost","RequestCont\#
                entSize":204,"RequestCount":3,"RequestHost":"localhost","RequestMethod":"POST","RequestPath":"/pos\#
                t","RequestPort":"-","RequestProtocol":"HTTP/1.1","RequestScheme":"http","RetryAttempts":0,"Router\#
                Name":"all@file","ServiceAddr":"127.0.0.1:18080","ServiceName":"up@file","ServiceURL":"http://127.\#
                0.0.1:18080","StartLocal":"2026-11-21T19:26:48.542104317Z","StartUTC":"2026-11-21T19:26:48.5421043\#
                17Z","entryPointName":"web","level":"info","msg":"","request_User-Agent":"OWASP CRS test agent","t\#
                ime":"2026-11-21T19:26:48Z"}
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1795289208542104), outcome: .allowed, status: 200, latency: 1466,
                    bytes: 223,
                    texts: [
                        .address: "127.0.8.33",
                        .method: "POST",
                        .host: "localhost",
                        .path: "/post",
                        .agent: "OWASP CRS test agent",
                    ])),
        ])
}
