// Public keys as JSON Web Keys (RFC 7517, RFC 7518 section 6, RFC 8037).

internal import Crypto

extension VerifyingKey {
    /// The members that make the key, in the order that a thumbprint takes them in.
    private var essentialMembers: [(name: String, value: String)] {
        switch numbers {
        case .p256(let x, let y):
            [("crv", "P-256"), ("kty", "EC"), ("x", Base64URL.text(x)), ("y", Base64URL.text(y))]
        case .ed25519(let x):
            [("crv", "Ed25519"), ("kty", "OKP"), ("x", Base64URL.text(x))]
        case .rsa(let modulus, let exponent):
            [("e", Base64URL.text(exponent)), ("kty", "RSA"), ("n", Base64URL.text(modulus))]
        }
    }

    /// What the key is called: its thumbprint (RFC 7638), 43 characters.
    package var thumbprint: String {
        var writer = JSONWriter()
        writer.object { writer in
            for member in essentialMembers { writer.member(member.name, member.value) }
        }
        return Base64URL.text(SHA256.hash(data: writer.bytes))
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            for member in essentialMembers { writer.member(member.name, member.value) }
            writer.member("kid", thumbprint)
            writer.member("use", "sig")
            writer.member("alg", algorithm.name)
        }
    }

    package var json: String {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.text
    }

    /// Reads a public key for signatures; what says that it is for something else, or for another algorithm, is
    /// refused.
    package init(jwk: JSONValue) throws(KeyError) {
        if let use = jwk["use"], use != .string("sig") { throw .member("use") }
        if let operations = jwk["key_ops"], operations.strings?.contains("verify") != true { throw .member("key_ops") }
        switch (jwk["kty"]?.string, jwk["crv"]?.string) {
        case ("EC", "P-256"): try self.init(.p256(x: Self.bytes("x", of: jwk), y: Self.bytes("y", of: jwk)))
        case ("OKP", "Ed25519"): try self.init(.ed25519(x: Self.bytes("x", of: jwk)))
        case ("RSA", _): try self.init(.rsa(modulus: Self.bytes("n", of: jwk), exponent: Self.bytes("e", of: jwk)))
        case ("EC", _), ("OKP", _): throw .member("crv")
        default: throw .member("kty")
        }
        // A key that doesn't say is for the one algorithm that we have for its type.
        if let algorithm = jwk["alg"], algorithm != .string(self.algorithm.name) { throw .member("alg") }
    }

    private static func bytes(_ name: String, of jwk: JSONValue) throws(KeyError) -> [UInt8] {
        guard let text = jwk[name]?.string, let bytes = Base64URL.bytes(text.utf8) else { throw .member(name) }
        return bytes
    }
}

/// Public keys by their id, as a set is published (RFC 7517, section 5).
package struct VerifyingKeys: Equatable, Sendable {
    /// Ids of others are opaque: they are looked up here, and never used as a path or a query.
    package private(set) var keys: [String: VerifyingKey] = [:]

    /// Keys of ours, which are called by their thumbprints.
    package init(_ keys: some Sequence<VerifyingKey> = []) {
        for key in keys { self.keys[key.thumbprint] = key }
    }

    /// Reads a set. A set with a key that can't be used is refused as a whole, so that nobody thinks that it were.
    package init(jwks: JSONValue) throws(KeyError) {
        guard let list = jwks["keys"]?.elements, list.count <= 100 else { throw .member("keys") }
        for jwk in list {
            guard let id = jwk["kid"]?.string, JWTHeader.isKeyID(id) else { throw .member("kid") }
            guard keys[id] == nil else { throw .duplicateKeyID(id) }
            keys[id] = try VerifyingKey(jwk: jwk)
        }
    }

    package subscript(id id: String) -> VerifyingKey? { keys[id] }

    /// The set as JSON, in the order of ids.
    package var json: String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.name("keys")
            writer.array { writer in
                for (_, key) in keys.sorted(by: { $0.key < $1.key }) { key.write(to: &writer) }
            }
        }
        return writer.text
    }
}
