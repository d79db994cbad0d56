import Domain
import Testing

struct FilterDescriptionTests {
    @Test(arguments: [
        ("", ""), ("*", ""), ("-*", "-*"),
        ("outcome:limited   client:acme", "outcome:limited client:acme"),
        ("a OR b", "a or b"), ("(a or b) c", "(a or b) c"), ("a or (b c)", "a or b c"), ("not (a b)", "-(a b)"),
        ("status>=500", "status>=500"), ("status>499", "status>=500"), ("latency>200ms", "latency>200ms"),
        ("latency<=200ms", "latency<=200ms"), ("bytes<1MB", "bytes<1MB"), ("status:400..499", "status:4xx"),
        ("status:..399,500..", "status:..399,500.."), ("since:1h30m", "since:90m"),
        ("since:2026-11-20T09:00:00+01:00", "since:2026-11-20T08:00Z"), ("ip:10.0.0.0/8", "address:10.0.0.0/8"),
        ("ip:2001:DB8:0:0::/32", "address:2001:db8::/32"), ("outcome:failed,allowed", "outcome:allowed,failed"),
        (#"agent:"a b"*"#, #"agent:"a b"*"#), (#"client:"plain""#, "client:plain"),
        (#"client:"none""#, #"client:"none""#),
        ("client:none,a", "client:none or client:a"), ("status:none", "status:none"), ("foo-bar", #""foo-bar""#),
        (#"ip:"10.0.0.1""#, #"address:"10.0.0.1""#), ("MüLLER", "\"müller\""), ("a*b", "a*b"),
    ])
    func `canonical text is short and the same for the same question`(given: String, expected: String) throws {
        let filter = try parsed(given)
        #expect(filter.description == expected)
        #expect(try parsed(filter.description) == filter)
    }

    @Test func `any filter parses back from its text`() throws {
        var random = SeededGenerator(seed: 31)
        for _ in 0..<3000 {
            let filter = randomFilter(depth: 3, using: &random).normalized
            #expect(try parsed(filter.description) == filter, "\(filter.description)")
        }
    }

    @Test func `drill-down adds a term once, quoted as it has to be`() throws {
        let filter = try parsed("status:4xx")
        let acme = Filter.exactly("acme, inc*", in: .client)
        #expect(filter.adding([acme]).description == #"status:4xx client:"acme, inc*""#)
        #expect(filter.adding([acme]).adding([acme]).description == #"status:4xx client:"acme, inc*""#)
        #expect(Filter.everything.adding(.outcome([.limited])).description == "outcome:limited")
        #expect(try parsed("a or b").adding([acme]).description == #"(a or b) client:"acme, inc*""#)
        #expect(Filter.exactly(nil, in: .client).description == "client:none")
        #expect(Filter.exactly("10.0.0.1", in: .address).description == "address:10.0.0.1")
        #expect(Filter.exactly("fe80::1%eth0", in: .address).description == #"address:"fe80::1%eth0""#)
    }

    @Test func `a quoted value means just that value`() throws {
        var random = SeededGenerator(seed: 33)
        let scalars = Array("ab*\\\",() \t\n:=<>-.%none\u{301}\u{202e}é🙂").flatMap(\.unicodeScalars)
        for _ in 0..<2000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 1...8, using: &random) { text.append(random.pick(scalars)) }
            let value = String(text)
            #expect(try parsed("client:" + FilterText.quoted(value)) == .exactly(value, in: .client), "\(value)")
        }
        #expect(FilterText.quoted("acme") == "acme")
        #expect(FilterText.quoted("none") == "\"none\"")
    }
}

func randomFilter(depth: Int, using random: inout SeededGenerator) -> Filter {
    if depth > 0, random.chance(50) {
        let parts = (0..<Int.random(in: 0...3, using: &random)).map { _ in
            randomFilter(depth: depth - 1, using: &random)
        }
        switch Int.random(in: 0...2, using: &random) {
        case 0: return .all(parts)
        case 1: return .any(parts)
        default: return .not(parts.first ?? .everything)
        }
    }
    return .test(randomTest(using: &random))
}

private func randomTest(using random: inout SeededGenerator) -> Filter.Test {
    let texts = [
        "acme", "a b", "*", "x*y", "\\", "none", "é,ü", "\"q\"", "/v1/users", "a-b", "or", "10.0.0.1", "curl", "GET",
    ]
    func pattern(_ field: TextField) -> TextPattern {
        let text = random.pick(texts)
        return random.chance(50)
            ? TextPattern(exactly: text, ignoresCase: field.ignoresCase)
            : TextPattern(glob: text, ignoresCase: field.ignoresCase)
    }
    let field = random.pick(TextField.allCases)
    let number = random.pick(NumberField.allCases)
    switch Int.random(in: 0...8, using: &random) {
    case 0:
        // A method in a filter is upper case unless it is quoted, so only those that are come back the same.
        let field = field == .method ? TextField.agent : field
        return .text(field, (0..<Int.random(in: 1...3, using: &random)).map { _ in pattern(field) })
    case 1:
        let networks = ["10.0.0.0/8", "192.0.2.7", "2001:db8::/32", "::1", "0.0.0.0/0", "::/0"]
        return .address((0..<Int.random(in: 1...2, using: &random)).compactMap { _ in Network(random.pick(networks)) })
    case 2: return .outcome(Set((0..<Int.random(in: 1...3, using: &random)).map { _ in random.pick(Outcome.allCases) }))
    case 3:
        let ranges = (0..<Int.random(in: 1...3, using: &random)).map { _ -> ClosedRange<Int64> in
            let limit: Int64 = number == .status ? 900 : 5_000_000
            let low = random.chance(20) ? Int64.min : Int64.random(in: 0...limit, using: &random)
            let high = random.chance(20) ? Int64.max : max(low, Int64.random(in: 0...limit, using: &random))
            return low...high
        }
        return .number(number, ranges)
    case 4: return .unknownText(field)
    case 5: return .unknownNumber(number)
    case 6: return .since(.ago(microseconds: Int64.random(in: 0...10_000_000_000, using: &random)))
    case 7: return .until(.at(Timestamp(microseconds: Int64.random(in: 0...2_000_000_000_000_000, using: &random))))
    default: return .words(TextPattern(containing: random.pick(texts)))
    }
}
