import Domain
import Testing

/// 2026-11-20T11:04:31.2Z
let testNow = Timestamp(microseconds: 1_795_172_671_200_000)

func parsed(_ text: String) throws(FilterError) -> Filter {
    try Filter(parsing: text, now: testNow, zone: TimeZoneTable(offset: 3600, abbreviation: "CET"))
}

private func text(_ field: TextField, _ globs: String...) -> Filter {
    .test(.text(field, globs.map { TextPattern(glob: $0, ignoresCase: field == .host) }))
}

private func status(_ ranges: ClosedRange<Int64>...) -> Filter { .test(.number(.status, ranges)) }

struct FilterParsingTests {
    @Test func `terms are joined by and, or, not and parentheses`() throws {
        let limited = Filter.test(.outcome([.limited]))
        let acme = text(.client, "acme")
        let get = text(.method, "GET")
        #expect(try parsed("") == .everything)
        #expect(try parsed("   ") == .everything)
        #expect(try parsed("outcome:limited") == limited)
        #expect(try parsed("outcome:limited client:acme") == .all([limited, acme]))
        #expect(try parsed("outcome:limited and client:acme") == .all([limited, acme]))
        #expect(try parsed("outcome:limited or client:acme method:get") == .any([limited, .all([acme, get])]))
        #expect(try parsed("(outcome:limited OR client:acme) method:get") == .all([.any([limited, acme]), get]))
        #expect(try parsed("-method:GET") == .not(get))
        #expect(try parsed("not method:GET") == .not(get))
        #expect(try parsed("--method:GET") == get)
        #expect(try parsed("-(client:acme method:GET)") == .not(.all([acme, get])))
        #expect(try parsed("((client:acme))(method:GET)") == .all([acme, get]))
        #expect(try parsed("*") == .everything)
    }

    @Test func `texts are exact, globs, lists, quoted, or none`() throws {
        #expect(try parsed("route:/v1/*") == text(.route, "/v1/*"))
        #expect(try parsed("client:a,b, c") == text(.client, "a", "b", "c"))
        #expect(try parsed(#"agent:"Mozilla/5.0 (X11)"*"#) == text(.agent, "Mozilla/5.0 (X11)*"))
        #expect(try parsed(#"client:"a*b""#) == text(.client, #"a\*b"#))
        #expect(try parsed(#"client:a\*b\,c"#) == text(.client, #"a\*b,c"#))
        #expect(try parsed(#"client:"say \"hi\" \\ ok""#) == text(.client, #"say "hi" \\ ok"#))
        #expect(try parsed("host:API.Example") == text(.host, "api.example"))
        #expect(try parsed("method:get,Post") == text(.method, "GET", "POST"))
        #expect(
            try parsed("ua:curl* referer:none sub:u1")
                == .all([text(.agent, "curl*"), .test(.unknownText(.referrer)), text(.subject, "u1")]))
        #expect(try parsed("client:none") == .test(.unknownText(.client)))
        #expect(try parsed(#"client:"none""#) == text(.client, "none"))
        #expect(try parsed("client:none,acme") == .any([.test(.unknownText(.client)), text(.client, "acme")]))
        #expect(try parsed("client!=acme") == .not(text(.client, "acme")))
        #expect(try parsed("client=acme") == text(.client, "acme"))
    }

    @Test func `addresses are networks, or globs over their text`() throws {
        let ten = try #require(Network("10.0.0.0/8"))
        let documentation = try #require(Network("2001:db8::/32"))
        #expect(try parsed("ip:10.0.0.0/8,2001:db8::/32") == .test(.address([ten, documentation])))
        #expect(try parsed("address:10.*") == text(.address, "10.*"))
        #expect(try parsed("ip:none,10.0.0.0/8") == .any([.test(.unknownText(.address)), .test(.address([ten]))]))
    }

    @Test func `numbers are exact, classes, ranges and comparisons`() throws {
        #expect(try parsed("status:401,403") == status(401...401, 403...403))
        #expect(try parsed("status:4xx,5XX") == status(400...499, 500...599))
        #expect(try parsed("status:400..499") == status(400...499))
        #expect(try parsed("status:500..") == status(500...Int64.max))
        #expect(try parsed("status>=500") == status(500...Int64.max))
        #expect(try parsed("status >= 500 client:a") == .all([status(500...Int64.max), text(.client, "a")]))
        #expect(try parsed("status>4xx") == status(500...Int64.max))
        #expect(try parsed("status<4xx") == status(Int64.min...399))
        #expect(try parsed("status!=200") == .not(status(200...200)))
        #expect(try parsed("status:*") == status(Int64.min...Int64.max))
        #expect(try parsed("status:none") == .test(.unknownNumber(.status)))
        #expect(try parsed("latency>200ms") == .test(.number(.latency, [200_001...Int64.max])))
        #expect(try parsed("latency:100ms..1.5s") == .test(.number(.latency, [100_000...1_500_000])))
        #expect(try parsed("bytes<=1MB") == .test(.number(.bytes, [Int64.min...1_000_000])))
        #expect(
            try parsed("outcome:denied")
                == .test(.outcome([.unauthenticated, .forbidden, .limited, .invalid])))
    }

    @Test func `times are ago, local, or with an offset`() throws {
        #expect(try parsed("since:10m") == .test(.since(.ago(microseconds: 600_000_000))))
        #expect(try parsed("until:12:00") == .test(.until(.at(Timestamp(seconds: 1_795_172_400)))))
        #expect(try parsed("since:2026-11-20T08:00Z") == .test(.since(.at(Timestamp(seconds: 1_795_161_600)))))
        #expect(try parsed(#"since:"2026-11-20 09:00""#) == .test(.since(.at(Timestamp(seconds: 1_795_161_600)))))
        #expect(try parsed("since:2026-11-20") == .test(.since(.at(Timestamp(seconds: 1_795_129_200)))))
    }

    @Test func `words are looked for anywhere, without regard to case`() throws {
        #expect(try parsed("Admin") == .test(.words(TextPattern(containing: "admin"))))
        #expect(try parsed(#""bad client secret""#) == .test(.words(TextPattern(containing: "bad client secret"))))
        #expect(try parsed("/v1/users") == .test(.words(TextPattern(containing: "/v1/users"))))
        #expect(try parsed("12:30") == .test(.words(TextPattern(containing: "12:30"))))
        #expect(try parsed(#""or""#) == .test(.words(TextPattern(containing: "or"))))
        #expect(try parsed("order") == .test(.words(TextPattern(containing: "order"))))
        #expect(try parsed("a*b") == parsed("*a*b*"))
    }

    @Test(
        arguments: [
            ("statsu:4xx", 0..<6, "There is no field statsu", "status"),
            ("client:a clinet:b", 9..<15, "There is no field clinet", "client"),
            ("http://x", 0..<4, "There is no field http, and text with a : must stand in quotes", nil),
            ("client:", 6..<7, "A value for client is missing", nil),
            ("client:a,", 8..<9, "A value for client is missing", nil),
            ("client:\"\"", 7..<9, "An unknown client is found by", "client:none"),
            ("client>a", 0..<8, "client can't be compared with >", "client:"),
            ("outcome:limitde", 8..<15, "There is no outcome limitde", "limited"),
            ("status:abc", 7..<10, "abc is no status such as 404, 4xx or 400..499", nil),
            ("status:500..400", 7..<15, "The range runs backwards", "400..500"),
            ("latency>200", 8..<11, "A duration needs a unit", "200ms"),
            ("since:10", 6..<8, "A duration needs a unit", "10m"),
            ("since:later", 6..<11, "later is no time such as 10m, 12:30 or 2026-11-20T08:00Z", nil),
            ("ip:10.0.0.5/8", 3..<13, "10.0.0.5 has bits beyond the prefix /8", "10.0.0.0/8"),
            ("ip:10.0.0", 3..<9, "10.0.0 is no address and no network such as 10.0.0.0/8", nil),
            ("(client:a", 0..<1, "There is no ) for this", nil),
            ("client:a)", 8..<9, "There is no ( for this", nil),
            ("()", 1..<2, "Something is missing here", nil),
            ("or client:a", 0..<1, "Something to choose from is missing before or", nil),
            ("client:a or", 9..<11, "Something to choose from is missing after or", nil),
            ("client:a and", 9..<12, "Something is missing after and", nil),
            ("-", 0..<1, "Something to leave out is missing here", nil),
            ("client:\"abc", 7..<11, "The quote is never closed", nil),
            ("\"\"", 0..<2, "There is nothing to look for", nil),
        ] as [(String, Range<Int>, String, String?)])
    func `an error names its place and what was meant`(
        given: String, range: Range<Int>, message: String, suggestion: String?
    ) {
        #expect(throws: FilterError(message, at: range, suggestion: suggestion)) { try parsed(given) }
    }

    @Test func `an error is drawn with a caret under what is wrong`() {
        let text = "é outcome:limitde x"
        #expect {
            try parsed(text)
        } throws: { error in
            guard let error = error as? FilterError else { return false }
            let lines = """
                é outcome:limitde x
                          ^^^^^^^ There is no outcome limitde; did you mean limited?
                """
            return error.rendered(in: text) == lines && error.utf8Range(in: text) == 11..<18
        }
    }

    @Test func `length and depth are bounded`() {
        let deep = String(repeating: "(", count: 65) + "a" + String(repeating: ")", count: 65)
        #expect(throws: FilterError("Parentheses stand at most 64 deep", at: 64..<65)) { try parsed(deep) }
        let long = String(repeating: "a", count: 4097)
        #expect(throws: FilterError("A filter has at most 4096 characters", at: 4096..<4097)) { try parsed(long) }
        #expect(throws: Never.self) { try parsed(String(repeating: "-", count: 4000) + "a") }
        #expect(throws: Never.self) { try parsed(String(repeating: "not ", count: 1000) + "a") }
    }

    @Test func `random text is a filter or an error with its place inside the text`() {
        var random = SeededGenerator(seed: 21)
        let pieces = [
            "client", "status", "latency", "ip", "since", "until", "outcome", ":", "=", "!=", ">", "<", ">=", ",", "..",
            "(", ")", "-", "\"", "\\", "*", " ", "or", "and", "not", "none", "4xx", "10m", "200ms", "1MB", "10.0.0.0/8",
            "::1", "é", "👩‍👩‍👧", "\u{301}", "\u{202e}", "\0", "\n", "x", "limited", "12:30", "/v1/*",
            "999999999999999999999",
        ]
        for _ in 0..<8000 {
            let text = (0..<Int.random(in: 0...12, using: &random)).map { _ in random.pick(pieces) }.joined()
            do throws(FilterError) {
                let filter = try parsed(text)
                #expect(try parsed(filter.description) == filter, "\(text) → \(filter.description)")
            } catch {
                let count = text.unicodeScalars.count
                #expect(error.range.lowerBound >= 0 && error.range.upperBound <= count, "\(text): \(error)")
                #expect(error.utf8Range(in: text).upperBound <= text.utf8.count)
                #expect(error.rendered(in: text).split(separator: "\n").count == 2)
            }
        }
    }
}
