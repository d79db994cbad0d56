/// A JWS in compact form (RFC 7515, section 7.1), read and not yet believed.
package struct SignedToken: Hashable, Sendable {
    /// In bytes; far over what we issue, and under what headers may have.
    package static let longest = 16_384

    package let header: JWTHeader
    package let payload: [UInt8]
    package let signature: [UInt8]
    /// What the signature is over.
    package let signed: [UInt8]

    package init(_ text: some Collection<UInt8>) throws(JWTProblem) {
        guard text.count <= Self.longest else { throw .tooLong }
        let bytes = Array(text)
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }),
            let header = Base64URL.bytes(parts[0]), let payload = Base64URL.bytes(parts[1]),
            let signature = Base64URL.bytes(parts[2])
        else { throw .form }
        self.header = try JWTHeader(Self.json(header))
        self.payload = payload
        self.signature = signature
        signed = Array(bytes[..<parts[1].endIndex])
    }

    /// The text of a token that a key signs.
    package static func text(
        claims: String, type: String, signedBy key: SigningKey
    ) throws(KeyError) -> String {
        let header = JWTHeader(algorithm: key.algorithm, keyID: key.publicKey.thumbprint, type: type)
        let signed = Base64URL.text(header.json.utf8) + "." + Base64URL.text(claims.utf8)
        return signed + "." + Base64URL.text(try key.signature(for: Array(signed.utf8)))
    }

    /// Refuses anything that this very key did not sign with its own algorithm.
    package func verify(with key: VerifyingKey) throws(JWTProblem) {
        // What the header says only has to agree: the key decides (CVE-2016-10555).
        guard header.algorithm == key.algorithm else { throw .algorithm }
        guard key.isValid(signature, for: signed) else { throw .signature }
    }

    static func json(_ bytes: [UInt8]) throws(JWTProblem) -> JSONValue {
        do throws(JSONError) {
            let value = try JSONValue(json: bytes, longest: longest)
            guard case .object = value else { throw JSONError(offset: 0, problem: .missing("an object")) }
            return value
        } catch {
            throw .json(error.problem)
        }
    }
}
