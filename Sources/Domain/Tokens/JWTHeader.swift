/// What stands before a token's claims, once it has been looked through (RFC 7515, section 4; RFC 9068, section 2.1).
package struct JWTHeader: Hashable, Sendable {
    package var algorithm: SigningAlgorithm
    package var keyID: String?
    /// In lower case, without `application/`.
    package var type: String?

    package init(algorithm: SigningAlgorithm, keyID: String?, type: String?) {
        self.algorithm = algorithm
        self.keyID = keyID
        self.type = type
    }

    /// Members that name or bring a key, and ones that change what the signature or the payload means.
    private static let refused = ["jwk", "jku", "x5u", "x5c", "crit", "b64", "zip"]

    init(_ json: JSONValue) throws(JWTProblem) {
        for name in Self.refused where json[name] != nil { throw .headerMember(name) }
        guard let name = json["alg"]?.string, let algorithm = SigningAlgorithm(name: name) else { throw .algorithm }
        self.algorithm = algorithm
        if let member = json["kid"] {
            guard let id = member.string, Self.isKeyID(id) else { throw .headerMember("kid") }
            keyID = id
        }
        if let member = json["typ"] {
            guard let type = member.string?.lowercased(), type.utf8.count <= 64 else { throw .headerMember("typ") }
            self.type = type.hasPrefix("application/") ? String(type.dropFirst("application/".count)) : type
        }
    }

    var json: String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("alg", algorithm.name)
            if let type { writer.member("typ", type) }
            if let keyID { writer.member("kid", keyID) }
        }
        return writer.text
    }

    /// Printable ASCII, up to 128 bytes: more than any id of a key needs, and nothing that could be anything else.
    static func isKeyID(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
    }
}
