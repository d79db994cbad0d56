/// What a token would have to say for a permission's conditions to hold.
struct TokenNeeds {
    /// How every remedy begins that is about a token alone.
    static let verb = "call with"

    private var claims: [(name: String, value: String)] = []
    /// `acr`, at least.
    var level: String?
    /// Issued a short while ago.
    var isFresh = false
    /// Those that the route asks for, where there is no token yet.
    var scopes: [String] = []

    var count: Int { claims.count + (level == nil ? 0 : 1) + (isFresh ? 1 : 0) }
    var isEmpty: Bool { count == 0 }

    /// Takes down that a claim has to have a value; says false when no token can say so.
    mutating func add(claim: String, _ value: String) -> Bool {
        // Who the client is, and who issues its tokens, isn't a matter of which token it gets.
        guard claim != "client_id", claim != "iss", !value.isEmpty else { return false }
        guard let known = claims.first(where: { $0.name == claim }) else {
            claims.append((claim, value))
            return true
        }
        return known.value.isExactly(value)
    }

    /// The same without the claims that a token has already.
    func differing(from token: TokenFacts?) -> TokenNeeds {
        guard let token else { return self }
        var rest = self
        rest.claims = claims.filter { claim in
            if claim.name == "sub" { return !token.subject.isExactly(claim.value) }
            return token.claims.filter { $0.name == claim.name }.map(\.value) != [claim.value]
        }
        return rest
    }

    /// The facts of such a token; what it needn't say otherwise stays as it is.
    func facts(_ token: TokenFacts?, scopes needed: [Name<Scope>], at time: Timestamp) -> TokenFacts {
        let subject = claims.first { $0.name == "sub" }?.value
        let others = claims.filter { $0.name != "sub" }
        let kept = (token?.claims ?? []).filter { claim in !others.contains { $0.name == claim.name } }
        return TokenFacts(
            family: token?.family, subject: subject ?? token?.subject ?? "", issuer: token?.issuer ?? "",
            scopes: token?.scopes ?? needed.map(\.text), roles: token?.roles,
            claims: kept + others.map { TokenFacts.Claim(name: $0.name, value: $0.value) },
            authenticationLevel: level ?? token?.authenticationLevel, issued: isFresh ? time : token?.issued,
            expires: token?.expires ?? .distantFuture)
    }

    /// As in `call with a token of subject “42” and scope users:read`.
    var words: String {
        var parts = claims.map { claim in
            claim.name == "sub"
                ? "of subject \(SafeText.quoted(claim.value))"
                : "whose claim \(SafeText.cut(claim.name)) is \(SafeText.quoted(claim.value))"
        }
        if let level { parts.append("of acr \(level)") }
        if !scopes.isEmpty {
            parts.append("with the scope\(scopes.count == 1 ? "" : "s") \(scopes.joined(separator: ", "))")
        }
        let token = isFresh ? "a new token" : "a token"
        return parts.isEmpty ? "\(Self.verb) \(token)" : "\(Self.verb) \(token) \(parts.joined(separator: ", "))"
    }
}
