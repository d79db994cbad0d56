/// Why a token is refused. Whoever shows it hears only that it was; this is for the audit.
package enum JWTProblem: Error, Hashable, Sendable, CustomStringConvertible {
    case tooLong
    /// Not three parts of base64url, none of them empty.
    case form
    case json(JSONError.Problem)
    case headerMember(String)
    case algorithm
    case type
    case unknownKey
    case signature
    case claim(String)
    case issuer
    case audience
    case expired
    case notYet

    package var description: String {
        switch self {
        case .tooLong: "the token is longer than \(SignedToken.longest) bytes"
        case .form: "the token is not three parts of base64url"
        case .json(let problem): JSONError(offset: 0, problem: problem).description
        case .headerMember(let name): "the token's header member “\(name)” is not accepted"
        case .algorithm: "the token's algorithm is not the one of its key"
        case .type: "the token is no access token (typ)"
        case .unknownKey: "the token's key is unknown"
        case .signature: "the token's signature is wrong"
        case .claim(let name): "the token's claim “\(name)” is missing or wrong"
        case .issuer: "the token is from another issuer"
        case .audience: "the token is for another audience"
        case .expired: "the token has expired"
        case .notYet: "the token is not valid yet"
        }
    }
}
