import Domain
import Foundation
import Testing

@testable import Store

@Suite struct SecrecyTests {
    private let noon = Timestamp(seconds: 1_763_640_000)
    private static let webToken = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJTRUtSSVQifQ.U0VLUklU"

    /// Texts as logs have them, and what is stored of them.
    private static let texts: [(field: TextField, given: String, stored: String)] = [
        (.agent, "curl/8 Bearer SEKRIT", "curl/8 Bearer [redacted]"),
        (.agent, "x token=SEKRIT", "x token=[redacted]"),
        (.agent, "Mozilla/5.0 (X11; Linux x86_64; rv:109.0)", "Mozilla/5.0 (X11; Linux x86_64; rv:109.0)"),
        (.client, webToken, "[redacted]"),
        (.client, "key:2c26b46b68ff", "key:2c26b46b68ff"),
        (.subject, webToken, "[redacted]"),
        (.token, "token:2c26b46b68ff", "token:2c26b46b68ff"),
        (.requestID, webToken, "[redacted]"),
        (.requestID, "4bf92f35-77b3-4da6-a3ce-929d0e0e4736", "4bf92f35-77b3-4da6-a3ce-929d0e0e4736"),
        (.reason, "bad header Authorization: SEKRIT", "bad header Authorization: [redacted]"),
        (.route, "/a?token=SEKRIT", "/a?token=[redacted]"),
        (.method, "token=SEKRIT", "token=[redacted]"),
        (.address, "token=SEKRIT", "token=[redacted]"),
        (.host, "u:SEKRIT@api.example.com:8443", "[redacted]@api.example.com:8443"),
        (.host, "api.example.com:8443", "api.example.com:8443"),
        (.path, "u:SEKRIT@host:443", "[redacted]@host:443"),
        (.path, "//u:SEKRIT@host/a", "[redacted]@host/a"),
        (.path, "http://u:SEKRIT@host/@joe", "http://[redacted]@host/@joe"),
        (.path, "/@joe/a@b", "/@joe/a@b"),
        (.path, "FOO a?access_token=ab/SEKRIT", "FOO a?access_token=[redacted]"),
        (.path, "FOO access_token=ab/SEKRIT", "FOO access_token=[redacted]"),
        (.path, "/a?pin=ab/SEKRIT&b=1", "/a?pin=[redacted]&b=1"),
        (.path, "/a;token=SEKRIT", "/a;token=[redacted]"),
    ]

    @Test func `no field's secret reaches a file of the store`() throws {
        let store = try TemporaryStore()
        let writer = try store.writer()
        var source = try TestSource(writer)
        let events = Self.texts.map { text in
            var event = AccessEvent(time: noon, outcome: .allowed, status: 200)
            event[text.field] = text.given
            return event
        }
        _ = try writer.commit([source.progress(events)])
        let found = try store.reader().page(TrafficQuery(start: .oldest, limit: 100, now: noon)).events
        for (event, text) in zip(found, Self.texts) { #expect(event[text.field] == text.stored) }
        #expect(found.count == Self.texts.count)
        // While the writer is at work, so that its logs are searched too.
        for name in try FileManager.default.contentsOfDirectory(atPath: store.folder.path) {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: store.folder.path + "/" + name))
            for secret in ["SEKRIT", "eyJhbGci", "U0VLUklU"] {
                #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(secret) is in \(name)")
            }
        }
        try writer.close()
    }
}
