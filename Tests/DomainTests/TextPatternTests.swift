import Domain
import TestSupport
import Testing

/// Matching by definition: a star is tried with every length.
private func matchesNaively(_ glob: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    guard let first = glob.first else { return text.isEmpty }
    if first == UInt8(ascii: "*") {
        return text.indices.contains { matchesNaively(glob.dropFirst(), text[$0...]) }
            || matchesNaively(glob.dropFirst(), [])
    }
    guard let byte = text.first, byte == first else { return false }
    return matchesNaively(glob.dropFirst(), text.dropFirst())
}

struct TextPatternTests {
    @Test func `a glob matches what its definition says`() {
        var random = SeededGenerator(seed: 71)
        var matched = 0
        for _ in 0..<5000 {
            let glob = (0..<Int.random(in: 0...6, using: &random)).map { _ in random.pick(Array("ab*".utf8)) }
            let text = (0..<Int.random(in: 0...8, using: &random)).map { _ in random.pick(Array("ab".utf8)) }
            let expected = matchesNaively(glob[...], text[...])
            let pattern = TextPattern(glob: String(decoding: glob, as: UTF8.self))
            #expect(
                pattern.matches(text) == expected,
                "\(String(decoding: glob, as: UTF8.self)) on \(String(decoding: text, as: UTF8.self))")
            if expected { matched += 1 }
        }
        #expect(matched > 250)
    }

    @Test func `an escaped star is a star, and case counts unless it is told not to`() {
        #expect(TextPattern(glob: #"a\*b"#).matches("a*b"))
        #expect(!TextPattern(glob: #"a\*b"#).matches("axb"))
        #expect(TextPattern(glob: #"a\\*"#).matches(#"a\x"#))
        #expect(TextPattern(glob: #"\x22"#).matches(#"\x22"#))
        #expect(!TextPattern(glob: "abc").matches("ABC"))
        #expect(TextPattern(glob: "aBc*", ignoresCase: true).matches("AbCd"))
        #expect(TextPattern(containing: "User").matches("/v1/USERS/42"))
        #expect(TextPattern(exactly: "a*").matches("a*"))
        #expect(!TextPattern(exactly: "a*").matches("ab"))
    }

    @Test func `a hostile glob takes no exponential time`() {
        let pattern = TextPattern(glob: String(repeating: "a*", count: 200) + "b")
        let text = Array(repeating: UInt8(ascii: "a"), count: 4000)
        let time = processorTime { _ = pattern.matches(text) }
        #expect(time < .seconds(10))
    }
}
