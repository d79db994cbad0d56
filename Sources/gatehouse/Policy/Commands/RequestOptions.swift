import ArgumentParser
import Domain

/// A made-up request, for asking what would become of it.
struct RequestOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Who asks; a request without credentials if left out.", valueName: "name"))
    var client: String?

    @Option(
        help: ArgumentHelp(
            "The token's scopes, as in a,b; all that the client is allowed if left out.", valueName: "list"))
    var scopes: String?

    @Option(help: ArgumentHelp("Whom the token speaks for: sub.", valueName: "name")) var subject: String?

    @Option(help: ArgumentHelp("The roles that the token says its subject has, as in a,b.", valueName: "list"))
    var roles: String?

    @Option(
        parsing: .singleValue, help: ArgumentHelp("A claim of the token, as in tenant=acme.", valueName: "name=value"))
    var claim: [String] = []

    @Option(help: ArgumentHelp("The token's level of authentication: acr.", valueName: "level")) var acr: String?

    @Option(help: ArgumentHelp("How long ago the token was issued, as in 10m.", valueName: "duration"))
    var age: String?

    @Flag(help: "The connection has a verified client certificate.") var mtls = false

    @Option(parsing: .singleValue, help: ArgumentHelp("A request header, as in x-region=eu.", valueName: "name=value"))
    var header: [String] = []

    @Option(help: ArgumentHelp("The request's method.", valueName: "method")) var method: String

    @Option(help: ArgumentHelp("The request's path, as it is sent.", valueName: "path")) var path: String

    @Option(help: ArgumentHelp("Where the request comes from.", valueName: "address")) var address: String?

    @Option(help: ArgumentHelp("When it comes: a time, or a duration before now.", valueName: "time")) var at: String?

    /// Whether a token comes with the request, and not a secret alone.
    private var hasToken: Bool {
        scopes != nil || subject != nil || roles != nil || !claim.isEmpty || acr != nil || age != nil
    }

    func validate() throws {
        if hasToken, client == nil {
            throw ValidationError("a token belongs to a client; name it with --client")
        }
        if let address, IPAddress(address) == nil {
            throw ValidationError("--address: \(SafeText.quoted(address)) is no address")
        }
        if let age, DurationText.parse(age) == nil {
            throw ValidationError("--age: \(SafeText.quoted(age)) is no duration like 10m")
        }
        _ = try pairs(claim, "--claim")
        _ = try pairs(header, "--header")
    }

    func request(for snapshot: PolicySnapshot, now: Timestamp, zone: TimeZoneTable) throws -> AccessRequest {
        let time = try at.map { try WindowOptions.moment($0, option: "--at", now: now, zone: zone) } ?? now
        return AccessRequest(
            method: Method(name: method), target: Array(path.utf8), address: address.flatMap { IPAddress($0) },
            time: time, caller: try caller(snapshot, time), hasVerifiedCertificate: mtls,
            headers: try pairs(header, "--header").map { .init(name: $0.lowercased(), value: $1) })
    }

    private func caller(_ snapshot: PolicySnapshot, _ time: Timestamp) throws -> Caller {
        guard let client else { return .anonymous }
        guard let index = snapshot.client(named: client) else { return .refused(.clientUnknown) }
        guard hasToken else { return .client(index, CredentialFacts()) }
        let settings = snapshot.policy.settings
        let given = scopes.map { $0.split(separator: ",").map(String.init) }
        let token = TokenFacts(
            subject: subject ?? "", issuer: settings.issuer,
            scopes: given ?? snapshot.client(index).scopes.map(\.text),
            roles: roles.map { $0.split(separator: ",").map(String.init) },
            claims: try pairs(claim, "--claim").map { .init(name: $0, value: $1) }, authenticationLevel: acr,
            issued: time.advanced(by: -(age.flatMap { DurationText.parse($0) } ?? 0)),
            expires: time.advanced(by: Int64(settings.tokenSeconds) * 1_000_000))
        return .token(index, token)
    }

    private func pairs(_ texts: [String], _ option: String) throws -> [(String, String)] {
        try texts.map { text in
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw ValidationError("\(option): \(SafeText.quoted(text)) needs a name and a value, as in name=value")
            }
            return (parts[0], parts[1])
        }
    }
}
