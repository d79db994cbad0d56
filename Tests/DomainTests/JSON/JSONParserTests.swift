import Domain
import Testing

struct JSONParserTests {
    private func parse(_ text: String) throws(JSONError) -> JSONValue { try JSONValue(json: Array(text.utf8)) }

    @Test func `values are read as they stand`() throws {
        #expect(
            try parse(#" {"a" : [1, -2.5e1, true, false, null, "\u00e9\ud83d\ude00\n\/"], "b":{}} "#)
                == .object([
                    JSONMember(
                        "a",
                        .array([.integer(1), .number(-25), .bool(true), .bool(false), .null, .string("é😀\n/")])),
                    JSONMember("b", .object([])),
                ]))
        #expect(try parse("9223372036854775807") == .integer(.max))
        #expect(try parse("9223372036854775808") == .number(9_223_372_036_854_775_808))
    }

    @Test(arguments: [
        "", " ", "{", "[1,]", "{\"a\":1,}", "{a:1}", "{'a':1}", "[1 2]", "01", "-", "+1", "1.", ".5", "1e", "0x10",
        "NaN", "Infinity", "1e999", "tru", "nulll", "\"a", "\"\\x\"", "\"\\u12\"", "\"\t\"", "\"\u{1}\"", "{} {}",
        "[1]]",
        "\u{feff}{}", "// no\n1", "{\"a\"}", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\ud800\"",
    ])
    func `what isn't JSON is refused`(text: String) {
        #expect(throws: JSONError.self) { try parse(text) }
    }

    @Test func `a name that stands twice is refused, however it is written`() {
        for text in [#"{"a":1,"a":2}"#, #"{"a":1,"\u0061":1}"#, #"[{"x":{"sub":1,"sub":1}}]"#] {
            let error = #expect(throws: JSONError.self) { try parse(text) }
            guard case .duplicate? = error?.problem else {
                Issue.record("\(text): \(String(describing: error))")
                continue
            }
        }
        // Two encodings of é are one text to a person and two to most programs.
        #expect(throws: Never.self) { try parse("{\"\u{e9}\":1,\"e\u{301}\":2}") }
    }

    @Test func `depth and length are bounded`() {
        #expect(throws: Never.self) { try parse(String(repeating: "[", count: 15) + String(repeating: "]", count: 15)) }
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: JSONError(offset: 16, problem: .tooDeep)) {
            try JSONValue(json: Array(deep.utf8), longest: 1 << 20)
        }
        #expect(throws: JSONError(offset: 10, problem: .tooLong)) {
            try JSONValue(json: Array("[1,2,3,4,5]".utf8), longest: 10)
        }
    }

    @Test func `bytes that are no UTF-8 are refused`() {
        for bytes in [[0x22, 0xff, 0x22], [0x22, 0xc0, 0xaf, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22]] as [[UInt8]] {
            #expect(throws: JSONError(offset: 0, problem: .notUTF8)) { try JSONValue(json: bytes) }
        }
    }

    @Test func `random bytes never crash it, and what it writes it reads`() throws {
        var generator = SeededGenerator(seed: 11)
        let letters = Array("{}[]\",:\\u0129aeftrunls-+.E \t".utf8)
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0..<24, using: &generator)).map { _ in generator.pick(letters) }
            guard let value = try? JSONValue(json: bytes) else { continue }
            var writer = JSONWriter()
            writer.value(value)
            // 1e2 is read as a number and written as 100, which is read as an integer and stays so.
            var again = JSONWriter()
            again.value(try JSONValue(json: writer.bytes))
            #expect(again.text == writer.text)
        }
    }
}
