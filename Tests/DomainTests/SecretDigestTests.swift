import Domain
import Testing

struct SecretDigestTests {
    @Test func `a pseudonym is the label and the first twelve hex digits of the SHA-256`() {
        // RFC 6234 test vector: SHA-256("abc") begins with ba7816bf8f01.
        #expect(SecretDigest.pseudonym(of: "abc".utf8, label: "key") == "key:ba7816bf8f01")
        #expect(SecretDigest.pseudonym(of: [], label: "token") == "token:e3b0c44298fc")
    }

    @Test func `different secrets have different pseudonyms`() {
        let pseudonyms = (0..<1000).map { SecretDigest.pseudonym(of: "secret-\($0)".utf8, label: "key") }
        #expect(Set(pseudonyms).count == 1000)
    }
}
