import Testing

@testable import Domain

struct ByteWordTests {
    @Test func `usual bytes are counted up to the first that isn't, wherever it stands`() {
        let usual = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._".utf8)
        for byte in UInt8.min...UInt8.max {
            for place in 0..<8 {
                for neighbour in [UInt8(ascii: "a"), UInt8(ascii: "_"), 0xff, 0x80, 0] {
                    var bytes = [UInt8](repeating: neighbour, count: 8)
                    for index in 0...place { bytes[index] = UInt8(ascii: "z") }
                    bytes[place] = byte
                    let expected = bytes.firstIndex { !usual.contains($0) } ?? 8
                    let word = ByteWord(bytes.span, at: 0, end: 8)
                    #expect(word.usualCount == expected, "\(bytes)")
                }
            }
        }
    }

    @Test func `a word ends where its text does`() {
        let bytes = Array("0123456789".utf8)
        for end in 0...bytes.count {
            for index in 0..<max(1, end) {
                let word = ByteWord(bytes.span, at: index, end: end)
                for place in 0..<8 {
                    #expect(word[place] == (index + place < end ? bytes[index + place] : 0))
                }
            }
        }
    }

    @Test(arguments: 0...40)
    func `a key is the same however its bytes come`(_ length: Int) {
        let text = String(decoding: (0..<length).map { UInt8(97 + $0 % 26) }, as: UTF8.self)
        let bytes = Array(text.utf8)
        var single = SegmentKey()
        for byte in bytes { single.add(byte) }
        #expect(SegmentKey(text) == single)
        for first in 0...length {
            var mixed = SegmentKey()
            for byte in bytes[..<first] { mixed.add(byte) }
            var index = first
            while index < length {
                let more = min(8, length - index)
                mixed.add(ByteWord(bytes.span, at: index, end: length), more)
                index += more
            }
            #expect(mixed == single)
        }
    }
}
