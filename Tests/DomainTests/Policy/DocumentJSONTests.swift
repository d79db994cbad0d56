import Domain
import Testing

struct DocumentJSONTests {
    @Test(arguments: [
        #"{"a":[1,-2,"x"],"b":{},"c":[],"d":true,"e":null}"#, #""\"\\\n\r\t\b\f\u0000\u001f""#, "9223372036854775807",
        #""\u00e9\ud83d\ude00\u202e""#, "\"\u{7f} ~/\"",
    ])
    func `canonical JSON reads and writes itself`(text: String) throws {
        #expect(try PolicyTree(parsingJSON: text.utf8).json == text)
    }

    @Test func `other spellings come out canonical`() throws {
        let text = " {\"a\" :\r\n\t[ 1 , \"\\/\\u0041é😀\" ] } "
        #expect(try PolicyTree(parsingJSON: text.utf8).json == #"{"a":[1,"/A\u00e9\ud83d\ude00"]}"#)
    }

    @Test(arguments: [
        ("", 0), ("{", 1), (#"{"a":1,"a":2}"#, 7), (#"{"a":1,}"#, 7), ("[1,]", 3), ("[1 2]", 3), ("01", 0), ("-0", 0),
        ("1.5", 0), ("1e3", 0), ("9223372036854775808", 0), ("-", 0), ("tru", 0), (#""a"#, 2), ("\"a\nb\"", 2),
        (#""\x""#, 1), (#""\u12g4""#, 1), (#""\u+123""#, 1), (#""\ud83d""#, 1), (#""\ud83dx""#, 1), (#""\ude00""#, 1),
        ("1 1", 2), (#"{a:1}"#, 1), (#"{"a" 1}"#, 5), ("NaN", 0), ("// x\n1", 0),
    ])
    func `what readers of JSON disagree about is refused where it stands`(text: String, offset: Int) {
        let error = #expect(throws: JSONError.self) { try PolicyTree(parsingJSON: text.utf8) }
        #expect(error?.offset == offset, "\(text): \(String(describing: error))")
    }

    @Test func `invalid UTF-8 and deep nesting are refused`() {
        #expect(throws: JSONError.self) { try PolicyTree(parsingJSON: [0x22, 0xff, 0x22]) }
        #expect(throws: JSONError.self) { try PolicyTree(parsingJSON: [0x22, 0xc0, 0xaf, 0x22]) }
        let deep = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
        let error = #expect(throws: JSONError.self) { try PolicyTree(parsingJSON: deep) }
        #expect(error == JSONError(offset: 32, problem: .tooDeep))
    }

    @Test func `random bytes never trap, and what is read is written and read again`() {
        var random = SeededGenerator(seed: 7)
        let alphabet = Array(#"{}[]",:\u0019aetrufls-.e \n"#.utf8) + [0xc3, 0xa9, 0xff]
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 1...24, using: &random)).map { _ in random.pick(alphabet) }
            guard let tree = try? PolicyTree(parsingJSON: bytes) else { continue }
            #expect((try? PolicyTree(parsingJSON: tree.json.utf8)) == tree)
        }
    }
}
