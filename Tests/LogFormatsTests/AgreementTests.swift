import Domain
import LogFormats
import Testing

/// The same 300 requests went through six proxies, one after another: what they agree on, we read alike.
@Suite struct AgreementTests {
    private func log(_ path: String) throws -> [AccessEvent] {
        var parser = parser()
        return parser.parse(try fixture("real-proxies/\(path)"), offset: 0).events
    }

    private func expectEqual(
        _ left: [AccessEvent], _ right: [AccessEvent], _ fields: [TextField]
    ) {
        #expect(left.count == right.count)
        let different = zip(left, right).filter { pair in
            fields.contains { pair.0[$0] != pair.1[$0] } || pair.0.status != pair.1.status
                || pair.0.outcome != pair.1.outcome
        }
        #expect(different.isEmpty, "\(different.prefix(2))")
    }

    @Test func `nginx tells the same in its three formats`() throws {
        let combined = try log("nginx-1.31.3/access_combined.log")
        let ingress = try log("nginx-1.31.3/access_ingress.log")
        let json = try log("nginx-1.31.3/access_json.log")
        let fields: [TextField] = [.address, .method, .path, .query, .agent, .referrer, .client]
        expectEqual(combined, ingress, fields)
        expectEqual(ingress, json, fields + [.requestID, .reason])
        #expect(ingress.map(\.latency) == json.map(\.latency))
        #expect(combined.map(\.bytes) == json.map(\.bytes))
    }

    @Test func `Apache tells the same in its four formats`() throws {
        let combined = try log("apache-2.4.71/access_combined.log")
        let common = try log("apache-2.4.71/access_common.log")
        let virtual = try log("apache-2.4.71/access_vhost_combined.log")
        expectEqual(combined, common, [.address, .method, .path, .query, .client])
        expectEqual(combined, virtual, [.address, .method, .path, .query, .client, .agent, .referrer])
        let json = try log("apache-2.4.71/access_json.log")
        #expect(zip(common, json).allSatisfy { $0.status == $1.status && $0[.address] == $1[.address] })
    }

    @Test func `Envoy tells the same in text and JSON`() throws {
        let text = try log("envoy-1.40.0/access_default.log")
        let json = try log("envoy-1.40.0/access_json.log")
        expectEqual(text, json, [.method, .host, .path, .query, .agent, .requestID])
        // What Envoy refuses before it looks at hops has no address in the text.
        #expect(text.filter { $0[.address] == nil }.count == 23)
        #expect(zip(text, json).allSatisfy { $0[.address] == nil || $0[.address] == $1[.address] })
        #expect(text.map(\.time) == json.map(\.time))
        #expect(text.map(\.latency) == json.map(\.latency))
        #expect(text.map(\.bytes) == json.map(\.bytes))
    }

    @Test func `Traefik tells the same in common log format and JSON`() throws {
        let text = try log("traefik-3.7.15/access_common.log")
        let json = try log("traefik-3.7.15/access_json.log")
        expectEqual(text, json, [.address, .method, .path, .query, .agent, .referrer])
        #expect(text.map(\.bytes) == json.map(\.bytes))
    }

    @Test func `nginx, Apache and HAProxy logged each request, and agree on addresses and methods`() throws {
        let nginx = try log("nginx-1.31.3/access_combined.log")
        let apache = try log("apache-2.4.71/access_combined.log")
        let haproxy = try log("haproxy-2.8.25/access_httplog.log")
        #expect(nginx.map { $0[.address] } == apache.map { $0[.address] })
        #expect(nginx.map { $0[.address] } == haproxy.map { $0[.address] })
        let readable = zip(nginx, haproxy).filter { $1[.method] != nil }
        #expect(readable.count == 283)
        #expect(
            readable.allSatisfy { $0[.method] == $1[.method] && $0[.path] == $1[.path] && $0[.query] == $1[.query] })
        let agents = zip(nginx, apache).filter { $0.status != 400 && $1.status != 400 }
        #expect(agents.count > 260)
        #expect(agents.allSatisfy { $0[.agent] == $1[.agent] && $0[.path] == $1[.path] })
    }
}
