/// How a secret that we issue looks: `gh_key_Xk83qLp0_` and 49 letters and digits.
///
/// The beginning makes it findable where it shouldn't be; the eight characters are what it is called by; 43 characters
/// carry 256 random bits, and six a check sum, so that a mistyped or cut one is told from an unknown one without asking
/// any store.
package struct SecretText: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// What the secret is for.
    package enum Kind: UInt8, CaseIterable, Sendable, BitwiseCopyable {
        case clientSecret
        case apiKey
        case accessToken
        case refreshToken

        /// What stands between `gh_` and the next `_`.
        package var word: String {
            switch self {
            case .clientSecret: "secret"
            case .apiKey: "key"
            case .accessToken: "access"
            case .refreshToken: "refresh"
            }
        }
    }

    package static let prefixLength = 8
    private static let bodyLength = 43
    private static let checkLength = 6
    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    package let kind: Kind
    /// What it is called by, in lists and in the audit trail.
    package let prefix: String
    /// The whole. It is shown once, to whom it is issued to.
    package let plaintext: String

    /// A new one of random numbers.
    package init(_ kind: Kind, using generator: inout some RandomNumberGenerator) {
        prefix = Self.letters(Self.prefixLength, using: &generator)
        let start = Array("gh_\(kind.word)_\(prefix)_\(Self.letters(Self.bodyLength, using: &generator))".utf8)
        self.kind = kind
        plaintext = String(decoding: start + Self.check(of: start), as: UTF8.self)
    }

    /// Reads one; nil when it is none of ours, mistyped or cut.
    package init?(_ text: some Collection<UInt8>) {
        guard text.count <= 80 else { return nil }
        let bytes = Array(text)
        let parts = bytes.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0].elementsEqual("gh".utf8),
            let kind = Kind.allCases.first(where: { parts[1].elementsEqual($0.word.utf8) }),
            parts[2].count == Self.prefixLength, parts[3].count == Self.bodyLength + Self.checkLength,
            (parts[2] + parts[3]).allSatisfy(Self.isLetter)
        else { return nil }
        let start = Array(bytes.dropLast(Self.checkLength))
        guard Self.check(of: start).elementsEqual(bytes.suffix(Self.checkLength)) else { return nil }
        self.kind = kind
        prefix = String(decoding: parts[2], as: UTF8.self)
        plaintext = String(decoding: bytes, as: UTF8.self)
    }

    /// Never the secret: this is what ends up in logs.
    package var description: String { "gh_\(kind.word)_\(prefix)_…" }
    package var debugDescription: String { description }

    /// Random letters and digits, 5.95 bits in each.
    package static func letters(_ count: Int, using generator: inout some RandomNumberGenerator) -> String {
        let letters = (0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }
        return String(decoding: letters, as: UTF8.self)
    }

    static func isLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }

    /// CRC-32 (ISO 3309) in base 62, the most significant digit first.
    private static func check(of bytes: [UInt8]) -> [UInt8] {
        var remainder: UInt32 = .max
        for byte in bytes {
            remainder ^= UInt32(byte)
            for _ in 0..<8 { remainder = remainder >> 1 ^ (remainder & 1 == 1 ? 0xedb8_8320 : 0) }
        }
        var rest = ~remainder
        var digits: [UInt8] = []
        for _ in 0..<checkLength {
            digits.append(alphabet[Int(rest % 62)])
            rest /= 62
        }
        return digits.reversed()
    }
}
