import Domain

extension LogFormat.Description {
    static let haproxy = LogFormat.Description(
        summary: "HAProxy, option httplog",
        layout: #"`address:port [time] frontend backend/server timers status bytes … "request"`"#,
        samples: [
            LogFormat.Sample(
                #"""
                127.0.6.2:57007 [21/Nov/2026:19:27:23.677] fe_api fe_api/<NOSRV> 0/-1/-1/-1/0 403 192 - - PR-- 1/1\#
                /0/0/0 0/0 {Mozilla/5.0|} "GET /admin HTTP/1.1"
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1795289243677000), outcome: .forbidden, status: 403, latency: 0,
                    bytes: 192,
                    texts: [
                        .address: "127.0.6.2",
                        .method: "GET",
                        .path: "/admin",
                        .reason: "refused_by_gateway",
                        .agent: "Mozilla/5.0",
                    ])),
            LogFormat.Sample(
                #"""
                Apr  4 14:30:19 hap-1 haproxy[3946303]: 192.168.1.1:55032 [04/Apr/2024:14:30:18.885] front_https~ \#
                back_nextcloud/web.domain.sh 0/0/0/169/169 404 1541 - - ---- 5715/616/96/15/0 0/0 "PROPFIND /remot\#
                e.php/webdav/User/Name/Backup/Free%20Studio/domain.com/05-07-2023/Wordpress/analytics-matomo/plugi\#
                ns/Events/lang/hu.json HTTP/1.1"
                """#,
                AccessEvent(
                    time: Timestamp(microseconds: 1712241018885000), outcome: .allowed, status: 404, latency: 169000,
                    bytes: 1541,
                    texts: [
                        .address: "192.168.1.1",
                        .method: "PROPFIND",
                        .path:
                            "/remote.php/webdav/User/Name/Backup/Free%20Studio/domain.com/05-07-2023/Wordpres"
                            + "s/analytics-matomo/plugins/Events/lang/hu.json",
                    ])),
        ])
}
