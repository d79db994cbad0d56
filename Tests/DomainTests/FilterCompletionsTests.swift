import Domain
import Testing

/// What completion offers at `|`, and the text after its first candidate was taken.
private func completed(_ marked: String) -> (texts: [String], accepted: String?) {
    let scalars = Array(marked.unicodeScalars)
    let cursor = scalars.firstIndex(of: "|") ?? scalars.count
    let text = String(String.UnicodeScalarView(scalars.filter { $0 != "|" }))
    let completions = Filter.completions(for: text, cursor: cursor) { field, _ in
        field == .client ? ["acme", "acme, inc", "mobile-app"] : field == .method ? ["PURGE"] : []
    }
    let utf8 = Array(text.utf8)
    let range = completions.utf8Range(in: text)
    let accepted = completions.candidates.first.map { candidate in
        String(decoding: utf8[..<range.lowerBound], as: UTF8.self) + candidate.text
            + String(decoding: utf8[range.upperBound...], as: UTF8.self)
    }
    return (completions.candidates.map(\.text), accepted)
}

struct FilterCompletionsTests {
    @Test func `a word becomes a field, and a field gets its operators`() {
        #expect(completed("out|").texts == ["outcome:"])
        #expect(completed("re|").texts == ["reason:", "referrer:", "request_id:"])
        #expect(completed("status|").texts == ["status:", "status>=", "status>", "status<", "status<=", "status!="])
        #expect(completed("ip|").texts == ["ip:", "ip!="])
        #expect(completed("no|").texts == ["node:", "not "])
        #expect(completed("|").texts.first == "outcome:")
        #expect(completed("|").texts.count == 21)
    }

    @Test func `values come from what is known`() {
        #expect(completed("outcome:l|").texts == ["limited"])
        #expect(completed("outcome:limited,f|").texts == ["forbidden", "failed"])
        #expect(completed("status:4|").texts.first == "4xx")
        #expect(completed("status>=5|").texts.contains("500"))
        #expect(completed("client:a|").texts == ["acme", #""acme, inc""#])
        #expect(completed("client:\"ac|").texts == ["acme", #""acme, inc""#])
        #expect(completed("client:|").texts == ["acme", #""acme, inc""#, "mobile-app", "none"])
        #expect(completed("method:p|").texts == ["PURGE", "POST", "PUT", "PATCH"])
        #expect(completed("since:1|").texts == ["1m", "15m", "1h"])
        #expect(completed("unknown:x|").texts.isEmpty)
    }

    @Test func `completion works within words, lists, groups and after a minus`() {
        #expect(completed("cli|x:acme").accepted == "client:acme")
        #expect(completed("outcome:li|mi status:4xx").accepted == "outcome:limited status:4xx")
        #expect(completed("(outcome:l| or a)").accepted == "(outcome:limited or a)")
        #expect(completed("outcome:l|,failed").accepted == "outcome:limited,failed")
        #expect(completed("-meth|").accepted == "-method:")
        #expect(completed("é client:mo| x").accepted == "é client:mobile-app x")
        #expect(completed("status >= 50|").accepted == "status >= 500")
        #expect(completed("client:a |").texts.first == "outcome:")
    }

    @Test func `any text and cursor give a range within the text`() {
        var random = SeededGenerator(seed: 51)
        let pieces = [
            "client", ":", "\"", "\\", ",", "(", ")", "-", " ", "acme", "é", "status", ">=", "4", "\u{301}", "or",
        ]
        for _ in 0..<5000 {
            let text = (0..<Int.random(in: 0...8, using: &random)).map { _ in random.pick(pieces) }.joined()
            let count = text.unicodeScalars.count
            let cursor = Int.random(in: -1...count + 1, using: &random)
            let completions = Filter.completions(for: text, cursor: cursor) { _, _ in ["a", "b c"] }
            #expect(completions.range.lowerBound >= 0 && completions.range.upperBound <= count)
            #expect(completions.range.lowerBound <= min(max(cursor, 0), count))
        }
    }
}
