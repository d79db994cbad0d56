package import Domain

/// What screens ask of the policy store.
package enum PolicyQuestion: Hashable, Sendable {
    /// What a change would have decided differently about recorded requests.
    case replay(ReplayQuestion)
    /// Whether what a change makes holds together, and what has to be looked at twice.
    case check(ReplayQuestion)
    case tokens(TokenSelection)
    /// The token that a text names, such as what stands for it in traffic.
    case token(named: String)
    /// What there is by a name that somebody wants to revoke; the kind where they said which.
    case revocable(RevokedKind?, String)
    case revocation(epoch: Int64)
    case credentials(client: String)
    /// What a client has used of its quotas, as recorded traffic tells.
    case quotaUse(client: String, at: Timestamp)
    /// What a client can call.
    case callable(client: String)
    /// Who can call a route.
    case callers(route: String)
    /// The newest versions.
    case versions(limit: Int)
    /// The versions that changed an item, newest first.
    case changes(of: ItemKey, limit: Int)
    /// What a version changed.
    case edits(version: Int)
    /// What leads from one version to another.
    case difference(from: Int, to: Int)
    /// Audit records, newest first.
    case audit(limit: Int)
    /// Checks the trail, the versions and the traffic.
    case verification
    /// What a revocation would end.
    case preview([RevocationTarget])
    /// Which permissions and scopes recorded requests made use of.
    case usage(since: Timestamp)
    /// Paths in the traffic that no route declares.
    case discovery(since: Timestamp)

    package struct ReplayQuestion: Hashable, Sendable {
        package var edits: [PolicyEdit]
        /// The version that the edits are merged onto.
        package var version: Int
        /// The version that they were made on: what was renamed since is followed.
        package var basedOn: Int
        package var since: Timestamp

        package init(edits: [PolicyEdit], version: Int, basedOn: Int, since: Timestamp) {
            self.edits = edits
            self.version = version
            self.basedOn = basedOn
            self.since = since
        }
    }
}

/// What came of it.
package enum PolicyAnswer: Equatable, Sendable {
    /// May come several times, the last of them complete.
    case replay(ReplayReport)
    case check(PolicyCheck)
    case tokens([TokenRecord])
    case revocable(RevocationCandidates)
    case revocation(Revocation?)
    case credentials([Credential])
    /// The client's own quotas and those of its tier, the nearest first.
    case quotaUse([QuotaUse])
    case callable([Callable])
    case callers([CallerSummary])
    case versions([PolicyVersion])
    case edits([PolicyEdit])
    case audit([AuditRecord])
    /// How far the traffic is checked, in events.
    case verifying(done: Int, total: Int)
    case verification(AuditReport)
    case preview(RevocationEffect)
    /// May come several times, the last of them complete.
    case usage(UsageReport)
    case discovery([DiscoveredRoute])
}

/// What a change makes, looked at before it is made.
package struct PolicyCheck: Equatable, Sendable {
    /// What is wrong with what comes out.
    package var problems: [PolicyProblem]
    /// What the change does that is dangerous.
    package var findings: [DangerFinding]
    /// The dangers for which it would wait for a second operator.
    package var waitsFor: Set<Danger>
    /// What others changed in another way since.
    package var conflicts: [PolicyConflict]
    /// What it comes to on the policy in force; nil where it is what was asked about.
    package var edits: [PolicyEdit]?
    /// What it means beyond the policy, and what of it can't be undone, in words.
    package var warnings: [String]

    package init(
        problems: [PolicyProblem] = [], findings: [DangerFinding] = [], waitsFor: Set<Danger> = [],
        conflicts: [PolicyConflict] = [], edits: [PolicyEdit]? = nil, warnings: [String] = []
    ) {
        self.problems = problems
        self.findings = findings
        self.waitsFor = waitsFor
        self.conflicts = conflicts
        self.edits = edits
        self.warnings = warnings
    }
}

/// Who can call a route with one of its methods.
package struct CallerSummary: Hashable, Sendable {
    package var method: Method
    package var clients: Int
    /// The first of them by name.
    package var names: [String]
    package var isAnonymous: Bool

    package init(method: Method, clients: Int, names: [String], isAnonymous: Bool) {
        self.method = method
        self.clients = clients
        self.names = names
        self.isAnonymous = isAnonymous
    }
}

/// What a replay has found, so far or in the end.
package struct ReplayReport: Equatable, Sendable {
    package struct Row: Hashable, Sendable {
        package enum Kind: CaseIterable, Sendable {
            case newlyRefused, newlyAllowed, otherReason
        }

        package let change: ReplayTally.Change
        package let sample: ReplayTally.Sample

        package var kind: Kind {
            change.before == .allowed ? .newlyRefused : change.after == .allowed ? .newlyAllowed : .otherReason
        }

        package init(change: ReplayTally.Change, sample: ReplayTally.Sample) {
            self.change = change
            self.sample = sample
        }
    }

    package var requests: Int
    /// How many there are to replay.
    package var total: Int
    package var newlyAllowed: Int
    package var newlyDenied: Int
    package var otherReason: Int
    /// Newly refused first, then newly allowed; of each, those that concern the most requests first.
    package var rows: [Row]
    /// Clients that are newly refused, and on how many routes.
    package var refusedClients: Int
    package var refusedRoutes: Int
    /// Whether limits were counted, from nothing at the beginning.
    package var countsLimits: Bool
    package var isComplete: Bool

    package init(_ tally: ReplayTally, total: Int, isComplete: Bool) {
        requests = tally.requests
        self.total = total
        newlyAllowed = tally.newlyAllowed
        newlyDenied = tally.newlyDenied
        otherReason = tally.otherReason
        let ranking = tally.ranking.map { Row(change: $0.change, sample: $0.sample) }
        rows = Array(Row.Kind.allCases.flatMap { kind in ranking.filter { $0.kind == kind } }.prefix(1000))
        let refused = ranking.map(\.change).filter { $0.before == .allowed }
        refusedClients = Set(refused.map(\.client)).count
        refusedRoutes = Set(refused.map(\.route)).count
        countsLimits = tally.countsLimits
        self.isComplete = isComplete
    }
}

/// What revoking would end, and the traffic that would stop.
package struct RevocationEffect: Equatable, Sendable {
    package var previews: [RevocationPreview]
    /// Requests of the last five minutes that it would have refused, by route; nil while there is no traffic store.
    package var routes: [Overview.Ranked]?
    package var requests: Int
    package var seconds: Int
    /// Whether it is about a subject that never had a token and that no request ever named.
    package var isUnheardOf: Bool

    package init(
        previews: [RevocationPreview], routes: [Overview.Ranked]?, requests: Int, seconds: Int,
        isUnheardOf: Bool = false
    ) {
        self.previews = previews
        self.routes = routes
        self.requests = requests
        self.seconds = seconds
        self.isUnheardOf = isUnheardOf
    }

    package var tokens: Int { previews.reduce(0) { $0 + $1.tokens } }
    package var credentials: Int { previews.reduce(0) { $0 + $1.credentials } }

    var counts: RevokedCounts { RevokedCounts(tokens: tokens, credentials: credentials) }
}

/// How much a revocation ends.
package struct RevokedCounts: Hashable, Sendable {
    package var tokens: Int
    package var credentials: Int

    package init(tokens: Int, credentials: Int) {
        self.tokens = tokens
        self.credentials = credentials
    }

    var isNothing: Bool { tokens == 0 && credentials == 0 }
}

/// A path in the traffic that no route declares.
package struct DiscoveredRoute: Equatable, Sendable {
    package var method: String
    /// A path template.
    package var route: String
    package var counts: OutcomeCounts

    package init(method: String, route: String, counts: OutcomeCounts) {
        self.method = method
        self.route = route
        self.counts = counts
    }
}

/// How often each permission and scope was made use of.
package struct UsageReport: Equatable, Sendable {
    package struct Row: Hashable, Sendable {
        package enum Thing: Hashable, Sendable {
            case permission(role: String, index: Int, text: String)
            case scope(client: String, scope: String)
        }

        package var thing: Thing
        package var count: Int
        package var last: Timestamp?

        package init(thing: Thing, count: Int, last: Timestamp?) {
            self.thing = thing
            self.count = count
            self.last = last
        }
    }

    package let requests: Int
    /// How many there are to look at.
    package let total: Int
    package let isComplete: Bool
    /// Nothing before all were looked at; what was never used stands first.
    let table: RecordTable<Row>
    let holdings: UsageHoldings

    package init(requests: Int, total: Int, rows: [Row] = [], isComplete: Bool) {
        self.requests = requests
        self.total = total
        self.isComplete = isComplete
        let rows = Row.inOrder(rows)
        table = RecordTable(preparing: rows) { $1.values(of: $0) }
        holdings = UsageHoldings(rows)
    }

    package var rows: [Row] { table.records }

    package static func == (left: UsageReport, right: UsageReport) -> Bool {
        left.requests == right.requests && left.total == right.total && left.rows == right.rows
            && left.isComplete == right.isComplete
    }
}
