internal import Crypto

/// Stands in for a secret that identifies its holder, so that requests with the same key can be told together.
package enum SecretDigest {
    /// A label and the first 48 bits of the secret's SHA-256 in hex, as in `key:2c26b46b68ff`.
    ///
    /// It hides secrets that can't be guessed (keys, tokens); a short password can be found from it.
    package static func pseudonym(of secret: some Sequence<UInt8>, label: String) -> String {
        var hash = SHA256()
        hash.update(data: Array(secret))
        let digits = Array("0123456789abcdef".utf8)
        var text = Array(label.utf8)
        text.append(UInt8(ascii: ":"))
        for byte in hash.finalize().prefix(6) {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
