import Domain
import Foundation
import LogFormats
import Testing

/// CrowdSec's parsers have their own tests; where they and we read the same line, we read the same from it.
@Suite struct CrowdSecTests {
    struct Expected: Decodable {
        var raw: String?
        var meta: [String: String]
        var time_utc: String?
    }

    private static func accessLines() throws -> [Expected] {
        try fixture("crowdsec/expected_parse.jsonl").split(separator: UInt8(ascii: "\n"))
            .map { try JSONDecoder().decode(Expected.self, from: Data($0)) }
            .filter { $0.meta["log_type"] == "http_access-log" && $0.raw != nil }
    }

    @Test func `every access line of CrowdSec's tests is read as CrowdSec reads it`() throws {
        let lines = try Self.accessLines()
        #expect(lines.count == 89)
        for line in lines {
            let raw = line.raw ?? ""
            let event = try #require(events(raw).first, "\(raw)")
            #expect(event[.address] == line.meta["source_ip"], "\(raw)")
            #expect(event[.method] == line.meta["http_verb"], "\(raw)")
            #expect(event.status.map(String.init) ?? "-" == line.meta["http_status"], "\(raw)")
            #expect(Self.target(event) == Self.unescaped(line.meta["http_path"]), "\(raw)")
            #expect(event[.agent] ?? "-" == line.meta["http_user_agent"] ?? event[.agent] ?? "-", "\(raw)")
            if let host = line.meta["target_fqdn"], host != "_" { #expect(event[.host] == host, "\(raw)") }
            if let time = line.time_utc {
                let expected = try #require(TimeText.parse(time, now: event.time, zone: .utc), "\(time)")
                // CrowdSec keeps whole seconds of Traefik's time.
                #expect(event.time.second == expected.second, "\(raw)")
            }
        }
    }

    private static func target(_ event: AccessEvent) -> String? {
        guard let path = event[.path] else { return nil }
        return event[.query].map { path + "?" + $0 } ?? path
    }

    /// The path without nginx's escapes, which CrowdSec leaves in.
    private static func unescaped(_ path: String?) -> String? {
        guard let path else { return nil }
        var bytes: [UInt8] = []
        var rest = Array(path.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\"), rest.first == UInt8(ascii: "x"), rest.count >= 3,
                let value = UInt8(String(decoding: rest.dropFirst().prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        // Of two spaces before the version, CrowdSec's pattern leaves one in the path.
        while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
