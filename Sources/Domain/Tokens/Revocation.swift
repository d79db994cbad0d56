/// What is revoked by one row, whatever the number of tokens.
package enum RevocationTarget: Hashable, Sendable, CustomStringConvertible {
    /// One token, by `iss` and `jti`.
    case token(issuer: String, id: String)
    case family(Int64)
    /// It, and the tokens that were got with it.
    case credential(Int64)
    /// A client's credentials and tokens.
    case client(String)
    case subject(String)
    case issuer(String)
    /// What was issued to these addresses, wherever it comes from, and what else was issued and comes from them.
    case network(Network)
    case everything

    /// The word of commands, of tables and of the audit trail.
    package var kind: String {
        switch self {
        case .token: "token"
        case .family: "family"
        case .credential: "credential"
        case .client: "client"
        case .subject: "subject"
        case .issuer: "issuer"
        case .network: "network"
        case .everything: "all"
        }
    }

    /// Which one of its kind; empty for everything.
    package var name: String {
        switch self {
        case .token(_, let id): id
        case .family(let number), .credential(let number): String(number)
        case .client(let name), .subject(let name), .issuer(let name): name
        case .network(let network): network.description
        case .everything: ""
        }
    }

    /// Whether it is about what was issued before a moment, and not about one thing for good.
    package var hasMoment: Bool {
        switch self {
        case .token, .family, .credential: false
        case .client, .subject, .issuer, .network, .everything: true
        }
    }

    /// As the audit trail has it: `client/partner-acme`.
    package var description: String { name.isEmpty ? kind : "\(kind)/\(name)" }
}

/// One row of what is revoked. Rows are numbered without gaps: the number is the epoch that a node has reached with it.
package struct Revocation: Hashable, Sendable {
    package let epoch: Int64
    package let time: Timestamp
    package let target: RevocationTarget
    /// What was issued before this; nil for what is revoked for good.
    package let before: Timestamp?
    package let actor: Actor
    package let reason: String

    package init(
        epoch: Int64, time: Timestamp, target: RevocationTarget, before: Timestamp?, actor: Actor, reason: String
    ) {
        self.epoch = epoch
        self.time = time
        self.target = target
        self.before = before
        self.actor = actor
        self.reason = reason
    }
}

/// What a revocation would end that is alive now.
package struct RevocationPreview: Hashable, Sendable {
    package struct Share: Hashable, Sendable {
        package let client: String
        package let tokens: Int
        package let credentials: Int

        package init(client: String, tokens: Int, credentials: Int) {
            self.client = client
            self.tokens = tokens
            self.credentials = credentials
        }
    }

    package let target: RevocationTarget
    /// What ends wherever it comes from; of a network what was issued to it. By client, the one with most tokens first.
    package let shares: [Share]

    package init(target: RevocationTarget, shares: [Share]) {
        self.target = target
        self.shares = shares
    }

    package var tokens: Int { shares.reduce(0) { $0 + $1.tokens } }
    package var credentials: Int { shares.reduce(0) { $0 + $1.credentials } }

    /// What it ends beside that, which can't be counted; nil for nothing.
    package var rest: String? {
        guard case .network(let network) = target else { return nil }
        return "and every other token and credential issued until then, where it comes from \(network)"
    }
}

extension RevocationSnapshot {
    /// All rows together, as decisions read them.
    package init(_ revocations: some Sequence<Revocation>) {
        var epoch: Int64 = 0
        var tokens: Set<TokenHash> = []
        var families: Set<Int64> = []
        var credentials: Set<Int64> = []
        var watermarks: [Watermark] = []
        for revocation in revocations {
            epoch = max(epoch, revocation.epoch)
            let before = revocation.before ?? .distantFuture
            switch revocation.target {
            case .token(let issuer, let id): tokens.insert(TokenHash(issuer: issuer, id: id))
            case .family(let number): families.insert(number)
            case .credential(let number): credentials.insert(number)
            case .client(let name): watermarks.append(Watermark(.client(name), before: before))
            case .subject(let name): watermarks.append(Watermark(.subject(name), before: before))
            case .issuer(let name): watermarks.append(Watermark(.issuer(name), before: before))
            case .network(let network): watermarks.append(Watermark(.network(network), before: before))
            case .everything: watermarks.append(Watermark(.everything, before: before))
            }
        }
        self.init(
            epoch: epoch, tokens: tokens, families: families, credentials: credentials, watermarks: watermarks)
    }
}

extension Network {
    /// The highest address in it.
    package var last: IPAddress {
        IPAddress(bits: prefixLength == 128 ? base.bits : base.bits | (UInt128.max >> UInt128(prefixLength)))
    }
}
