import Domain
import LogFormats
import Testing

/// Exact numbers for every real log: the format that is found, the events, and the lines that aren't requests.
@Suite struct FixtureCountTests {
    struct Log: CustomTestStringConvertible {
        var path: String
        var format: LogFormat?
        var events: Int
        var unread: Int

        init(_ path: String, _ format: LogFormat?, _ events: Int, unread: Int = 0) {
            self.path = path
            self.format = format
            self.events = events
            self.unread = unread
        }

        var testDescription: String { path }
    }

    private static let logs = [
        Log("apache-combined/access.log", .combined, 200),
        Log("aws-api-gateway/synthetic_rest_clf.log", .awsCLF, 200),
        Log("aws-api-gateway/synthetic_rest_full.jsonl", .awsJSON, 200),
        Log("crowdsec/CVE-2022-40684/CVE-2022-40684.log", .combined, 1),
        Log("crowdsec/cve_2022_37042/cve_2022_37042.log", .combined, 2),
        Log("crowdsec/haproxy-logs/haproxy-logs.log", .haproxy, 2, unread: 3),
        Log("crowdsec/haproxy-nextcloud-whitelist/haproxy-logs.log", .haproxy, 1),
        Log("crowdsec/modsecurity-logs-nginx/modsecurity-logs-nginx.log", nil, 0, unread: 8),
        Log("crowdsec/nextcloud-whitelist/nextcloud-whitelist.log", .combined, 18),
        Log("crowdsec/nginx-http-malformed/nginx_http-logs.log", .combined, 12),
        Log("crowdsec/nginx-mail-logs/nginx-mail-logs.log", .combined, 2, unread: 15),
        Log("crowdsec/nginx-proxy-manager-logs/nginx-proxy-manager-logs.log", .nginxProxyManager, 12, unread: 2),
        Log("crowdsec/nginx-proxy-manager-malformed/nginx_http-logs.log", .combined, 12),
        Log("crowdsec/nginx_http-catch-npm/nginx_http-catch-npm.log", .nginxProxyManager, 6),
        Log("crowdsec/nginx_http-logs/nginx_http-logs.log", .combined, 8, unread: 1),
        Log("crowdsec/nginx_req_limit_exceeded/nginx_req_limit_exceeded.log", nil, 0, unread: 9),
        Log("crowdsec/pfsense-rfc5424-nginx/pfsense-rfc5424-nginx.log", nil, 0, unread: 1),
        Log("crowdsec/spring4shell_cve-2022-22965/spring4shell_cve-2022-22965.log", .vhostCombined, 2),
        Log("crowdsec/tcpudp-flood-traefik/tcpudp-flood-traefik.log", nil, 0, unread: 1226),
        Log("crowdsec/traefik_clf/traefik_clf.log", .traefikCLF, 7),
        Log("crowdsec/traefik_json/traefik_json.log", .traefikJSON, 6, unread: 1),
        Log("envoy/datadog-envoy.log", .envoy, 4, unread: 1),
        Log("kong/datadog-kong.log", .combined, 3, unread: 2),
        Log("kong/synthetic_filelog.jsonl", .kong, 200),
        Log("lnav/logfile_access_log.0", .combined, 3),
        Log("lnav/logfile_access_log.1", .combined, 1),
        Log("lnav/logfile_bad_access_log.0", .combined, 2, unread: 1),
        Log("lnav/logfile_caddy_log.0", .caddy, 4, unread: 35),
        Log("lnav/logfile_caddy_log.1", .caddy, 4),
        Log("lnav/logfile_crlf.0", nil, 0, unread: 2),
        Log("lnav/logfile_empty.0", nil, 0),
        Log("lnav/logfile_haproxy.0", .haproxy, 13, unread: 4),
        Log("lnav/logfile_invalid_utf8.0", nil, 0, unread: 6),
        Log("lnav/logfile_json3.json", .kong, 3),
        Log("lnav/logfile_muxed_syslog.0", nil, 0, unread: 14),
        Log("lnav/logfile_nextcloud.0", nil, 0, unread: 5),
        Log("lnav/logfile_openam.0", nil, 0, unread: 2),
        Log("lnav/logfile_regexp_access_log.0", .vhostCombined, 2),
        Log("real-proxies/apache-2.4.71/access_combined.log", .combined, 300),
        Log("real-proxies/apache-2.4.71/access_common.log", .common, 300),
        Log("real-proxies/apache-2.4.71/access_json.log", .apacheJSON, 300),
        Log("real-proxies/apache-2.4.71/access_vhost_combined.log", .vhostCombined, 300),
        Log("real-proxies/caddy-2.11.7/access_json.log", .caddy, 300),
        Log("real-proxies/envoy-1.40.0/access_default.log", .envoy, 300),
        Log("real-proxies/envoy-1.40.0/access_json.log", .envoyJSON, 300),
        Log("real-proxies/haproxy-2.8.25/access_httplog.log", .haproxy, 300),
        Log("real-proxies/nginx-1.31.3/access_combined.log", .combined, 300),
        Log("real-proxies/nginx-1.31.3/access_ingress.log", .nginxIngress, 300),
        Log("real-proxies/nginx-1.31.3/access_json.log", .nginxJSON, 300),
        Log("real-proxies/traefik-3.7.15/access_common.log", .traefikCLF, 300),
        Log("real-proxies/traefik-3.7.15/access_json.log", .traefikJSON, 300),
        Log("zuul/synthetic_access.log", .zuul, 200),
    ]

    @Test(arguments: logs)
    func `each line of a real log is an event or counted as unread`(log: Log) throws {
        var parser = parser()
        let parsed = parser.parse(try fixture(log.path), offset: 0)
        #expect(parser.format == log.format)
        #expect(parsed.batch.rows.count == log.events)
        #expect(parsed.unreadCount == log.unread)
        #expect(parsed.lineCount == log.events + log.unread)
        #expect(parsed.unread.count == min(log.unread, LogParser.mostUnread))
    }
}
