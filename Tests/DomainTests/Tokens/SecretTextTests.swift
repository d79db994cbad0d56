import Domain
import Testing

struct SecretTextTests {
    @Test func `a secret has its kind, its prefix and a check sum`() throws {
        var generator = SeededGenerator(seed: 1)
        for kind in SecretText.Kind.allCases {
            let secret = SecretText(kind, using: &generator)
            #expect(secret.plaintext.hasPrefix("gh_\(kind.word)_\(secret.prefix)_"))
            #expect(secret.plaintext.utf8.count == 3 + kind.word.utf8.count + 1 + 8 + 1 + 43 + 6)
            #expect(SecretText(secret.plaintext.utf8) == secret)
            #expect(!"\(secret)\(String(reflecting: secret))".contains(secret.plaintext.suffix(49)))
        }
    }

    @Test func `a mistyped, cut or longer one is none`() {
        var generator = SeededGenerator(seed: 2)
        let text = Array(SecretText(.apiKey, using: &generator).plaintext.utf8)
        for index in text.indices {
            for letter in Array("aZ0_ -".utf8) where letter != text[index] {
                var changed = text
                changed[index] = letter
                #expect(SecretText(changed) == nil)
            }
            #expect(SecretText(text.prefix(index)) == nil)
        }
        #expect(SecretText(text + [UInt8(ascii: "a")]) == nil)
    }

    @Test func `keyed hashes depend on secret, purpose and pepper`() {
        let pepper = [UInt8](repeating: 7, count: 32)
        let hash = SecretBytes.keyedHash(of: "secret".utf8, purpose: "api key", pepper: pepper)
        // Computed with Python: hmac.new(bytes([7])*32, b"gatehouse api key\nsecret", "sha256").
        #expect(Base64URL.text(hash) == "7uDDZEOSg_I1CHCcvZBrSr6Cm3hIa8ncTchmH6uUcXo")
        #expect(hash != SecretBytes.keyedHash(of: "secret".utf8, purpose: "client secret", pepper: pepper))
        #expect(hash != SecretBytes.keyedHash(of: "secres".utf8, purpose: "api key", pepper: pepper))
        #expect(
            hash
                != SecretBytes.keyedHash(
                    of: "secret".utf8, purpose: "api key", pepper: [UInt8](repeating: 8, count: 32)))
    }

    @Test func `equal bytes are equal, and one bit makes a difference`() {
        let bytes = [UInt8](0..<32)
        #expect(SecretBytes.areEqual(bytes, bytes))
        for index in bytes.indices {
            var other = bytes
            other[index] ^= 1
            #expect(!SecretBytes.areEqual(bytes, other))
        }
        #expect(!SecretBytes.areEqual(bytes, Array(bytes.dropLast())))
    }

    @Test func `a token's digest in traffic is the beginning of its hash`() {
        let hash = SecretBytes.hash(ofToken: "gh_access_x".utf8)
        let digits = hash.prefix(6).map { [Hex.lowercaseDigits[Int($0 >> 4)], Hex.lowercaseDigits[Int($0 & 15)]] }
        #expect(
            SecretDigest.pseudonym(of: "gh_access_x".utf8, label: "token")
                == "token:" + String(decoding: digits.joined(), as: UTF8.self))
    }

    @Test func `base64url has one text for the same bytes`() {
        var generator = SeededGenerator(seed: 3)
        for length in 0..<100 {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            #expect(Base64URL.bytes(Base64URL.text(bytes).utf8) == bytes)
        }
        #expect(Base64URL.text("\u{fb}\u{ff}".unicodeScalars.map { UInt8($0.value) }) == "-_8")
        for text in ["A", "AB", "AAB", "AA=", "AA==", " AA", "A+", "A/", "AAAAA"] {
            #expect(Base64URL.bytes(text.utf8) == nil, "\(text)")
        }
    }
}
