import ArgumentParser
import Domain
import Store
import Terminal

struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Access tokens: issue, list, show and revoke.",
        discussion: """
              gatehouse token issue --client acme --scopes users:read --reason "support case 7"
              gatehouse token revoke --client acme --dry-run
              gatehouse token revoke --address 203.0.113.0/24 --yes --reason "credential stuffing"
            """,
        subcommands: [
            TokenIssueCommand.self, TokenListCommand.self, TokenShowCommand.self, TokenRevokeCommand.self,
        ])
}

struct TokenIssueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue", abstract: "Issue an access token; it is shown this once.",
        discussion: "A JWT (RFC 9068) unless --opaque. The store keeps a hash of it.")

    @Option(help: ArgumentHelp("The client.", valueName: "name")) var client: String
    @Option(help: ArgumentHelp("Whom it speaks for; the client itself if left out.", valueName: "name"))
    var subject: String?

    @Option(help: ArgumentHelp("Its scopes, as in a,b; all that the client may have if left out.", valueName: "list"))
    var scopes: String?

    @Option(help: ArgumentHelp("The subject's roles, as in a,b.", valueName: "list")) var roles: String?
    @Option(help: ArgumentHelp("The level of authentication: acr.", valueName: "level")) var acr: String?
    @Option(help: ArgumentHelp("ES256, EdDSA or RS256.", valueName: "name")) var algorithm: String?
    @Option(help: ArgumentHelp("How long it lives; as the settings say if left out.", valueName: "duration"))
    var lifetime: String?

    @Flag(help: "A text that says nothing, in the place of a JWT.") var opaque = false
    @OptionGroup var change: ChangeOptions

    func validate() throws {
        if let algorithm, SigningAlgorithm(name: algorithm) == nil {
            throw ValidationError(
                "--algorithm: there is no \(SafeText.quoted(algorithm))"
                    + NearestName.hint(for: algorithm, among: SigningAlgorithm.allCases.map(\.name)))
        }
        if opaque, algorithm != nil { throw ValidationError("an opaque token isn't signed; leave out --algorithm") }
    }

    func run() throws {
        var order = TokenOrder(client: try ClientName.parse(client), subject: subject ?? "")
        order.scopes = try scopes.map { text in
            try text.split(separator: ",").map { scope in
                do {
                    return try Name<Scope>(String(scope))
                } catch {
                    throw ValidationError("--scopes: \(error)")
                }
            }
        }
        order.form = opaque ? .opaque : .jwt
        order.algorithm = algorithm.flatMap { SigningAlgorithm(name: $0) }
        order.lifetime = try lifetime.map { try SecretMoment.seconds($0, option: "--lifetime") }
        order.roles = roles.map { $0.split(separator: ",").map(String.init) }
        order.authenticationLevel = acr
        let access = try PolicyAccess.writing(change.policy.store)
        let issued = try access.store.issueToken(
            order, by: access.actor, reason: try change.reason.text(), source: .ofProcess(change.policy.store))
        var printer = PolicyPrinter(json: change.policy.json)
        let record = issued.record
        let warnings = try warnings(on: record.roles ?? [], in: access.store)
        if printer.isJSON {
            var members: [PolicyTree.Member] = []
            if case .map(let fields) = record.tree(SystemClock.now()).content { members = fields }
            members += [.init("token", .text(issued.text)), .init("warnings", .words(warnings))]
            try printer.output.writeLine(PolicyTree.map(members).json)
            try printer.finish()
        } else {
            try printer.output.writeLine(issued.text)
            try printer.finish()
            StandardError.write(
                "token \(record.id) of client \(record.client), until \(printer.time(record.expires)); "
                    + "it is shown this once\n"
            )
            for warning in warnings { StandardError.write("look twice: \(warning)\n") }
        }
        try access.store.close()
    }

    /// A role may be made later, so that one that there isn't yet is no mistake for sure.
    private func warnings(on roles: [String], in store: PolicyStore) throws -> [String] {
        guard !roles.isEmpty else { return [] }
        let names = try store.active().policy.roles.map(\.name.text)
        return roles.filter { !names.contains($0) }.map { role in
            "there is no role \(SafeText.quoted(role)), so it gives nothing"
                + NearestName.nearestHint(for: role, among: names)
        }
    }
}

struct TokenListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List tokens that were issued here, the newest first.")

    @Option(help: ArgumentHelp("Only this client's.", valueName: "name")) var client: String?
    @Option(help: ArgumentHelp("Only those that speak for this subject.", valueName: "name")) var subject: String?
    @Option(help: ArgumentHelp("Only active, expired or revoked ones.", valueName: "state")) var state: String?
    @Option(help: ArgumentHelp("At most so many.", valueName: "n")) var limit = 50
    @OptionGroup var options: PolicyOptions

    func validate() throws {
        let states = TokenRecord.State.allCases.map(\.rawValue)
        if let state, !states.contains(state) {
            throw ValidationError(
                "--state: there is no \(SafeText.quoted(state))" + NearestName.hint(for: state, among: states))
        }
        guard limit > 0 else { throw ValidationError("--limit must be positive") }
    }

    func run() throws {
        let store = try PolicyAccess.reading(options.store).store
        var selection = TokenSelection()
        selection.client = client
        selection.subject = subject
        selection.state = state.flatMap(TokenRecord.State.init(rawValue:))
        selection.limit = limit
        let now = SystemClock.now()
        var printer = PolicyPrinter(json: options.json)
        var table = TextTable([
            .init("jti", role: .accent), .init("client"), .init("subject"), .init("state"), .init("expires"),
            .init("scopes"),
        ])
        for token in try store.tokens(selection) {
            if options.json {
                try printer.output.writeLine(token.tree(now).json)
            } else {
                table.add([
                    token.id, token.client, token.subject.isEmpty ? "-" : token.subject, token.state(at: now).rawValue,
                    printer.time(token.expires), token.scopes.joined(separator: " "),
                ])
            }
        }
        if !options.json {
            if table.isEmpty { try printer.line("no tokens", .dim) } else { try printer.table(table) }
        }
        try printer.finish()
    }
}

struct TokenRevokeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Revoke tokens: one, or all of a client, subject, issuer, address or network.",
        discussion: """
            One row in the store, whatever the number of tokens, and it is on the disk when the command returns. \
            Without --before it is about all that was issued until now. An address or a network is about tokens that \
            were issued to it, from wherever they come, and about whatever else was issued and comes from it.
            """)

    @Option(help: ArgumentHelp("A client's credentials and tokens.", valueName: "name")) var client: String?
    @Option(help: ArgumentHelp("Tokens that speak for a subject.", valueName: "name")) var subject: String?
    @Option(help: ArgumentHelp("What was issued to an address or a network, or comes from it.", valueName: "address"))
    var address: String?
    @Option(help: ArgumentHelp("One token.", valueName: "id")) var jti: String?
    @Option(help: ArgumentHelp("All tokens of an issuer; with --jti, whose token it is.", valueName: "url"))
    var issuer: String?

    @Option(help: ArgumentHelp("A family of refresh tokens and what came of it.", valueName: "number")) var family:
        Int64?
    @Flag(help: "Everything.") var all = false

    @Option(help: ArgumentHelp("Only what was issued before: a duration before now, or a time.", valueName: "t"))
    var before: String?

    @Flag(help: "Also what will be issued later, for good.") var forGood = false
    @OptionGroup var revoking: RevokingOptions

    func validate() throws {
        let targets = [client, subject, address, jti, jti == nil ? issuer : nil, family.map(String.init)].compactMap(
            \.self)
        guard targets.count + (all ? 1 : 0) == 1 else {
            throw ValidationError("give one of --client, --subject, --address, --jti, --issuer, --family and --all")
        }
        if let address, Network(address) == nil {
            throw ValidationError(
                "--address: \(SafeText.quoted(address)) is neither an address nor a network; write it like "
                    + "203.0.113.7 or 203.0.113.0/24, without bits beyond the prefix")
        }
        if before != nil, forGood { throw ValidationError("--before and --for-good exclude each other") }
        if jti != nil || family != nil, before != nil || forGood {
            throw ValidationError("a single token or family is revoked for good; leave out --before and --for-good")
        }
    }

    func run() throws {
        let now = SystemClock.now()
        let moment = try before.map {
            try WindowOptions.moment($0, option: "--before", now: now, zone: LocalTimeZone.table())
        }
        try revoking.revoke("token.revoke", of: "tokens", before: forGood ? .distantFuture : moment) { try target($0) }
    }

    private func target(_ store: PolicyStore) throws -> RevocationTarget {
        if let jti {
            if let issuer { return .token(issuer: issuer, id: jti) }
            let record = try store.token(named: jti)
            return .token(issuer: record.issuer, id: record.id)
        }
        if let client { return .client(try ClientName.parse(client).text) }
        if let subject { return .subject(subject) }
        if let network = address.flatMap({ Network($0) }) { return .network(network) }
        if let issuer { return .issuer(issuer) }
        if let family { return .family(family) }
        return .everything
    }
}
