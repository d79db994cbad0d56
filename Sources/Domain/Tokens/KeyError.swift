/// Why something is no key that Gatehouse uses.
package enum KeyError: Error, Hashable, Sendable, CustomStringConvertible {
    case notOnCurve
    case modulusLength
    case exponent
    case weakPrimes
    case secret
    /// A member of a JWK, by name.
    case member(String)
    case duplicateKeyID(String)
    case signing

    package var description: String {
        switch self {
        case .notOnCurve: "the key is no point of its curve"
        case .modulusLength: "an RSA key has 2048 to 4096 bits"
        case .exponent: "an RSA key's exponent is 65537"
        case .weakPrimes: "the RSA key comes from a generator whose keys can be broken (CVE-2017-15361)"
        case .secret: "these bytes are no private key"
        case .member(let name): "the key's member “\(name)” is missing, or not one that is accepted"
        case .duplicateKeyID(let id): "two keys are called “\(id)”"
        case .signing: "the key could not sign"
        }
    }
}
