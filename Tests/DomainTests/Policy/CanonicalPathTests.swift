import Domain
import Foundation
import Testing

struct CanonicalPathTests {
    private static func problem(_ target: String) -> PathProblem? { problem(Array(target.utf8)) }

    private static func problem(_ target: [UInt8]) -> PathProblem? {
        do throws(PathProblem) {
            _ = try CanonicalPath(target)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        ("/", []), ("/a", ["a"]), ("/a/b?x=/../%00", ["a", "b"]), ("/%C3%A9", ["é"]), ("/a%20b", ["a b"]),
        ("/a%2Cb,c", ["a,b,c"]), ("/~x/.well-known/a.b", ["~x", ".well-known", "a.b"]), ("/a:b@c", ["a:b@c"]),
        ("/%E6%97%A5%E6%9C%AC", ["日本"]), ("/*", ["*"]), ("/stra%C3%9Fe", ["straße"]), ("/...a", ["...a"]),
    ])
    func `a plain path is cut into its decoded segments`(target: String, segments: [String]) throws {
        #expect(try CanonicalPath(target).segments == segments)
    }

    @Test(arguments: [
        ("", PathProblem.notAPath), ("*", .notAPath), ("http://h/a", .notAPath), ("a", .notAPath), ("h:443", .notAPath),
        ("//a", .emptySegment), ("/a//b", .emptySegment), ("/a/", .trailingSlash), ("/a/?q", .trailingSlash),
        ("/.", .trailingDot), ("/a/../b", .trailingDot), ("/a./b", .trailingDot), ("/a.", .trailingDot),
        ("/..a/b..", .trailingDot), ("/%2e%2e/a", .escapedUnreserved), ("/.%2e/a", .escapedUnreserved),
        ("/%61dmin", .escapedUnreserved), ("/a%7e", .escapedUnreserved), ("/a%2fb", .escapedSeparator),
        ("/a%2Fb", .escapedSeparator), ("/a%5cb", .escapedSeparator), ("/a%3bb", .escapedSeparator),
        ("/a%3fb", .escapedSeparator), ("/a%23b", .escapedSeparator), ("/a%252e", .escapedPercent),
        ("/a%00", .escapedControl), ("/a%0d%0a", .escapedControl), ("/a%7f", .escapedControl), ("/a\\b", .backslash),
        ("/a;b", .semicolon), ("/a#b", .fragment), ("/a b", .forbiddenByte), ("/a\tb", .forbiddenByte),
        ("/é", .forbiddenByte), ("/a{b}", .forbiddenByte), ("/a\"", .forbiddenByte), ("/a|b", .forbiddenByte),
        ("/a?b\r\nX: y", .forbiddenByte), ("/?b\r\nX: y", .forbiddenByte), ("/? b", .forbiddenByte),
        ("/a/?\u{0}", .trailingSlash), ("/%", .badTriplet), ("/%4", .badTriplet), ("/%zz", .badTriplet),
        ("/%u002e", .badTriplet), ("/%c0%ae", .invalidUTF8), ("/%e0%80%af", .invalidUTF8), ("/%ff", .invalidUTF8),
        ("/%C3", .invalidUTF8), ("/%C3a", .invalidUTF8), ("/%ed%a0%80", .invalidUTF8), ("/%f4%90%80%80", .invalidUTF8),
        ("/%80", .invalidUTF8), ("/%C2%85", .hiddenScalar), ("/%E2%80%AE", .hiddenScalar), ("/%C2%A0a", .hiddenScalar),
        ("/%E2%80%8B", .hiddenScalar), ("/%E2%80%A8", .hiddenScalar), ("/%EF%BC%8Fa", .lookalike),
        ("/%EF%BC%8E", .lookalike), ("/%E2%80%A4", .lookalike), ("/%E2%80%A6", .lookalike), ("/%EF%BC%85", .lookalike),
        ("/%EF%BC%9B", .lookalike), ("/%EF%BC%BC", .lookalike), ("/%E2%88%95", .lookalike),
        ("/%EF%BD%81dmin", .lookalike),
        ("/%E2%84%AA", .lookalike), ("/%C4%B0", .lookalike), ("/a%20/b", .edgeSpace), ("/%20a", .edgeSpace),
    ])
    func `what servers read differently is refused`(target: String, problem: PathProblem) {
        #expect(Self.problem(target) == problem)
        #expect(problem.reason.outcome == .invalid)
    }

    @Test func `lengths are bounded`() {
        func path(_ segments: Int, of count: Int) -> String {
            String(repeating: "/" + String(repeating: "a", count: count), count: segments)
        }
        #expect(Self.problem(path(64, of: 1)) == nil)
        #expect(Self.problem(path(65, of: 1)) == .tooManySegments)
        #expect(Self.problem(path(1, of: 8191)) == nil)
        #expect(Self.problem(path(1, of: 8192)) == .tooLong)
        #expect(Self.problem("/a?" + String(repeating: "q", count: 20_000)) == nil)
        #expect(PathProblem.tooLong.reason.status == 414)
    }

    @Test func `what is accepted is what every server reads, on random bytes`() throws {
        var random = SeededGenerator(seed: 811)
        let pieces = [
            "/", "/", "/", "a", "admin", ".", "..", "%2e", "%2f", "%20", "%C3%A9", "%25", ";", "\\", "?", "#", "%00",
            "%5c", "%", "2e", "A", "~", "%E2%80%A4", ",", "%2C", "\u{e9}", " ", "%c0%ae", "%EF%BC%8F", "%3B", "%252e",
        ].map { Array($0.utf8) }
        var accepted = 0
        for _ in 0..<50_000 {
            var target = Array("/".utf8)
            for _ in 0..<Int.random(in: 0...7, using: &random) { target += random.pick(pieces) }
            if random.chance(10) { target.append(UInt8.random(in: 0...255, using: &random)) }
            guard let path = try? CanonicalPath(target) else { continue }
            accepted += 1
            try Self.expectOneReading(path)
        }
        #expect(accepted > 2500)
    }

    /// All readings of the bytes that are forwarded are the one that was decided about; and reading again is the same.
    static func expectOneReading(_ path: CanonicalPath) throws {
        #expect(try CanonicalPath(path.bytes) == path)
        let meant = Array("/".utf8) + Array(path.segments.joined(separator: "/").utf8)
        for reading in UpstreamReadings.all(of: path.bytes, foldingCase: false) {
            #expect(
                reading == meant || reading == path.bytes,
                "\(path) is also read as \(String(decoding: reading, as: UTF8.self))")
        }
    }

    // MARK: - Lists of others

    static func fixture(_ name: String) throws -> Data {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Fixtures")
        return try Data(contentsOf: folder.appending(path: name))
    }

    static func lines(_ name: String) throws -> [String] {
        String(decoding: try fixture(name), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test func `of the URLs that browsers are tested with, what is accepted has one reading`() throws {
        let tests = try #require(
            try JSONSerialization.jsonObject(with: Self.fixture("paths/urltestdata.json")) as? [Any])
        var count = 0
        for test in tests.compactMap({ $0 as? [String: Any] }) {
            let input = test["input"] as? String ?? ""
            let afterHost = input.range(of: "://").map { input[$0.upperBound...].drop { $0 != "/" } } ?? ""
            for target in [input, "/" + input, String(afterHost), test["pathname"] as? String ?? ""] {
                count += 1
                guard let path = try? CanonicalPath(target) else { continue }
                try Self.expectOneReading(path)
            }
        }
        #expect(count > 3000)
        let encodings = try #require(
            try JSONSerialization.jsonObject(with: Self.fixture("paths/percent-encoding.json")) as? [Any])
        for test in encodings.compactMap({ ($0 as? [String: Any])?["output"] as? [String: String] }) {
            for output in test.values {
                guard let path = try? CanonicalPath("/" + output) else { continue }
                try Self.expectOneReading(path)
            }
        }
    }

    @Test func `no payload that gets past other gateways gets past a deny or a missing allow`() throws {
        let snapshot = try Policy.of(
            roles: [
                Role(
                    "most",
                    [
                        Permission(.allow, [.get], "*"), Permission(.deny, [.get], "/admin"),
                        Permission(.deny, [.get], "/admin/*"),
                    ]), Role("public", [Permission(.allow, [.get], "/public/*")]),
            ],
            routes: [
                Route("any", "*"), Route("public", "/public/*"), Route("admin", "/admin"), Route("below", "/admin/*"),
            ],
            clients: [Client("most", roles: ["most"]), Client("public", roles: ["public"])]
        ).compiled()
        let protected = Array("/admin".utf8)
        func allows(_ target: [UInt8], _ client: String, headers: [AccessRequest.Header] = []) throws -> Bool {
            let caller = Caller.client(try #require(snapshot.client(named: client)), CredentialFacts())
            let request = AccessRequest(
                method: .get, target: target, address: nil, time: Timestamp(seconds: 0), caller: caller,
                headers: headers)
            return snapshot.decision(for: request, revocations: .none).isAllowed
        }
        var (allowed, refused) = (0, 0)
        let payloads = try Self.lines("paths/nomore403/midpaths") + Self.lines("paths/nomore403/endpaths")
        for payload in payloads {
            let targets = [
                "/\(payload)/admin", "/\(payload)admin", "/admin/\(payload)", "/admin\(payload)",
                "/public/\(payload)/admin",
                "/public/\(payload)admin", "/public\(payload)admin", "/public\(payload)/admin", "/x/\(payload)/admin/y",
                "/public/x/\(payload)/\(payload)/admin",
            ]
            for target in targets.map({ Array($0.utf8) }) {
                // Whether servers fold case is known to whoever writes the policy; an allow of some paths is safe there
                // too, and a deny of some paths is not.
                for (client, foldingCase) in [("most", false), ("public", true)] {
                    guard try allows(target, client) else {
                        refused += 1
                        continue
                    }
                    allowed += 1
                    let readings = UpstreamReadings.all(of: target, foldingCase: foldingCase)
                    let lands = readings.contains {
                        $0 == protected || $0.starts(with: protected + [UInt8(ascii: "/")])
                    }
                    #expect(!lands, "\(client) \(String(decoding: target, as: UTF8.self))")
                }
            }
        }
        #expect(refused > 3000)
        #expect(allowed > 20)

        let headers = try Self.lines("paths/nomore403/headers") + Self.lines("paths/nomore403/simpleheaders")
        let values = try Self.lines("paths/nomore403/ips") + ["/public/x"]
        for header in headers {
            let name = header.split(separator: " ").first.map { $0.lowercased() } ?? header
            for value in values {
                #expect(try !allows(protected, "most", headers: [.init(name: name, value: value)]))
            }
        }
        for method in try Self.lines("paths/nomore403/httpmethods") {
            let route = try Policy.of(
                roles: [Role("all", [Permission(.allow, [.get], "*")])], routes: [Route("any", "*")],
                clients: [Client("a", roles: ["all"])]
            ).compiled()
            let request = AccessRequest(
                method: Domain.Method(name: method), target: protected, address: nil, time: Timestamp(seconds: 0),
                caller: .client(ClientIndex(0), CredentialFacts()))
            #expect(route.decision(for: request, revocations: .none).isAllowed == (method == "GET"))
        }
    }
}
