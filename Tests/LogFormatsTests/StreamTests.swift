import Domain
import LogFormats
import Testing

/// A small generator of numbers that are the same in every run (SplitMix64).
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// What holds for any bytes whatever.
@Suite struct StreamTests {
    private static let paths = [
        "real-proxies/nginx-1.31.3/access_combined.log", "real-proxies/nginx-1.31.3/access_ingress.log",
        "real-proxies/traefik-3.7.15/access_common.log", "real-proxies/apache-2.4.71/access_vhost_combined.log",
        "real-proxies/apache-2.4.71/access_json.log", "real-proxies/envoy-1.40.0/access_default.log",
        "real-proxies/haproxy-2.8.25/access_httplog.log", "real-proxies/caddy-2.11.7/access_json.log",
        "aws-api-gateway/synthetic_rest_clf.log", "aws-api-gateway/synthetic_rest_full.jsonl",
        "kong/synthetic_filelog.jsonl", "zuul/synthetic_access.log", "lnav/logfile_haproxy.0",
        "lnav/logfile_caddy_log.0", "crowdsec/nginx-proxy-manager-logs/nginx-proxy-manager-logs.log",
        "crowdsec/nginx_http-catch-npm/nginx_http-catch-npm.log", "crowdsec/traefik_json/traefik_json.log",
    ]

    /// Some lines of every log, one log after another, as if the format changed all the time.
    private static func mixture(lines: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        for path in paths {
            for line in try fixture(path).split(separator: UInt8(ascii: "\n")).prefix(lines) {
                bytes += line
                bytes.append(UInt8(ascii: "\n"))
            }
        }
        return bytes
    }

    private struct Reading: Equatable {
        var events: [AccessEvent] = []
        var offsets: [Int64] = []
        var unread: [UnreadLine] = []
        var format: LogFormat?
    }

    /// Reads a text in chunks of whole lines, whose ends a generator chooses.
    private static func read(_ bytes: [UInt8], cut: (inout Seeded) -> Bool, seed: UInt64 = 1) -> Reading {
        var parser = parser()
        var random = Seeded(state: seed)
        var reading = Reading()
        var start = 0
        for index in bytes.indices {
            let isLast = index == bytes.count - 1
            guard isLast || (bytes[index] == UInt8(ascii: "\n") && cut(&random)) else { continue }
            let parsed = parser.parse(Array(bytes[start...index]), offset: Int64(start))
            #expect(parsed.lineCount == parsed.batch.rows.count + parsed.unreadCount)
            reading.events += parsed.events
            reading.offsets += parsed.batch.rows.map(\.offset)
            reading.unread += parsed.unread
            start = index + 1
        }
        reading.format = parser.format
        return reading
    }

    @Test func `however a log is cut into chunks, its events are the same`() throws {
        let bytes = try Self.mixture(lines: 12)
        let whole = Self.read(bytes, cut: { _ in false })
        #expect(whole.events.count > 150)
        #expect(Self.read(bytes, cut: { _ in true }) == whole)
        for seed in 1...6 {
            #expect(Self.read(bytes, cut: { $0.next() % 5 == 0 }, seed: UInt64(seed)) == whole)
        }
    }

    @Test func `an offset is where the event's line starts`() throws {
        let bytes = try Self.mixture(lines: 4)
        let reading = Self.read(bytes, cut: { $0.next() % 7 == 0 })
        for offset in reading.offsets + reading.unread.map(\.offset) where offset > 0 {
            #expect(bytes[Int(offset) - 1] == UInt8(ascii: "\n"))
        }
        #expect(Set(reading.offsets).count == reading.offsets.count)
    }

    @Test(arguments: 1...24)
    func `changed bytes never break the count of lines`(seed: Int) throws {
        var random = Seeded(state: UInt64(seed))
        var bytes = try Self.mixture(lines: 4)
        let marks = Array("\"\\[]{}:, -\t\n\r/?x0u.#|<>".utf8) + [0, 0x80, 0xff]
        for _ in 0..<bytes.count / 40 {
            let index = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: index)
            default: bytes[index] = marks.randomElement(using: &random) ?? 0
            }
        }
        Self.expectSound(bytes)
    }

    @Test(arguments: paths)
    func `a line that ends anywhere is an event or unread`(path: String) throws {
        let lines = try fixture(path).split(separator: UInt8(ascii: "\n"))
        let line = Array(lines[min(2, lines.count - 1)].prefix(1200))
        for end in line.indices { Self.expectSound(Array(line[..<end])) }
    }

    @Test func `random bytes are counted`() {
        var random = Seeded(state: 99)
        for size in [0, 1, 2, 3, 7, 8, 9, 40, 1000, 50_000] {
            Self.expectSound((0..<size).map { _ in UInt8.random(in: 0...255, using: &random) })
        }
    }

    /// Counts agree, every slice lies in its buffer, and explaining doesn't trap either.
    private static func expectSound(_ bytes: [UInt8]) {
        var parser = parser()
        let parsed = parser.parse(bytes, offset: 0)
        #expect(parsed.lineCount == parsed.batch.rows.count + parsed.unreadCount)
        for row in parsed.batch.rows {
            for field in TextField.allCases {
                let slice = row[field]
                let size = slice.isScratch ? parsed.batch.scratch.count : parsed.batch.lines.count
                #expect(slice.range.upperBound <= size)
            }
            #expect(row.latency >= -1 && row.bytes >= -1)
        }
        for line in bytes.split(separator: UInt8(ascii: "\n")).prefix(3) { _ = parser.explain(line: Array(line)) }
    }

    @Test func `blank lines don't count, and carriage returns aren't part of a line`() {
        var parser = parser()
        let line = #"192.0.2.1 - - [21/Nov/2026:19:16:48 +0000] "GET / HTTP/1.1" 200 5 "-" "curl/8""#
        let parsed = parser.parse(Array("\r\n\(line)\r\n \t\r\n\n\(line)".utf8), offset: 100)
        #expect(parsed.lineCount == 2)
        #expect(parsed.batch.rows.map(\.offset) == [102, 102 + Int64(line.utf8.count) + 2 + 4 + 1])
        #expect(parsed.events.map { $0[.agent] } == ["curl/8", "curl/8"])
    }

    @Test func `lines of ten megabytes and of NULs are refused at a bounded cost`() {
        var parser = parser()
        var bytes = [UInt8](repeating: UInt8(ascii: "\""), count: 10_000_000) + [UInt8(ascii: "\n")]
        bytes += [UInt8](repeating: 0, count: 5000) + [UInt8(ascii: "\n")]
        let parsed = parser.parse(bytes, offset: 0)
        #expect(parsed.unread.map(\.reason) == ["too_long", "binary"])
        #expect(parsed.unread.map(\.bytes.count) == [LogParser.longestUnread, LogParser.longestUnread])
    }

    @Test func `nested brackets beyond reason are refused`() {
        let deep = #"{"a":"# + String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000) + "}"
        #expect(reasons(deep) == ["too_deep"])
    }

    @Test func `a log that starts with garbage is found, and a change of format is followed`() throws {
        let combined = try fixture("real-proxies/nginx-1.31.3/access_combined.log")
        let json = try fixture("real-proxies/caddy-2.11.7/access_json.log")
        var parser = parser()
        let garbage = (0..<100).map { "starting worker \($0)\n" }.joined()
        let parsed = parser.parse(Array(garbage.utf8) + combined, offset: 0)
        #expect(parsed.unreadCount == 100)
        #expect(parsed.batch.rows.count == 300)
        #expect(parser.format == .combined)
        #expect(parser.parse(json + json, offset: 0).batch.rows.count == 600)
        #expect(parser.format == .caddy)
    }

    @Test func `unread lines are kept up to a bound, and counted beyond`() {
        var parser = parser()
        let parsed = parser.parse(Array(String(repeating: "not a log\n", count: 3000).utf8), offset: 0)
        #expect(parsed.unreadCount == 3000)
        #expect(parsed.unreadReasons == [.noFormat: 3000])
        #expect(parsed.unread.count == LogParser.mostUnread)
    }
}
