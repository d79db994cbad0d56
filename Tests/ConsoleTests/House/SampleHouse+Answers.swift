import Console
import Domain
import Terminal

extension SampleHouse {
    /// What the store says to a question; the same in every run.
    func answer(to question: Question) -> Answer? {
        switch question {
        case .page(let query):
            guard case .page(var page)? = SampleTraffic.answer(to: .page(query)) else { return nil }
            page.events = page.events.map(written)
            return .page(page)
        case .overview(let query):
            guard case .overview(var overview)? = SampleTraffic.answer(to: .overview(query)) else { return nil }
            for path in [\Overview.clients, \Overview.routes, \Overview.addresses] {
                overview[keyPath: path] = overview[keyPath: path].map { row in
                    var row = row
                    row.name = text(row.name)
                    return row
                }
            }
            return .overview(overview)
        case .values: return .values([text("partner-acme"), text("mobile-app")])
        case .unread(let limit): return unread(limit)
        case .count: return SampleTraffic.answer(to: question)
        case .policy(let asked):
            do {
                return .policy(try answer(asked))
            } catch {
                return .failed("\(error)")
            }
        }
    }

    private func unread(_ limit: Int) -> Answer {
        .unread([
            UnreadLine(
                time: Self.now, source: text("access.log"), offset: 12, reason: text("no status"),
                bytes: Array(text("GET / nothing").utf8))
        ])
    }

    /// A recorded request with all its texts as somebody wrote them.
    func written(_ event: AccessEvent) -> AccessEvent {
        var event = event
        event[.subject] = "4201"
        event[.token] = "token:000000000001"
        for field in TextField.allCases { event[field] = event[field].map(text) }
        return event
    }

    private func answer(_ question: PolicyQuestion) throws -> PolicyAnswer {
        switch question {
        case .replay: .replay(try replay())
        case .check: .check(check())
        case .tokens: .tokens(tokens)
        case .token: .tokens([tokens[0]])
        case .revocable: .revocable(RevocationCandidates(tokens: [tokens[0]], isSubject: true))
        case .revocation(let epoch):
            .revocation(
                Revocation(
                    epoch: epoch, time: Self.ago(minutes: 3), target: .subject(text("eve@shop.example")),
                    before: Self.ago(minutes: 3), actor: ben, reason: text("stolen laptop")))
        case .credentials(let client): .credentials(credentials(of: client))
        case .callable(let client): .callable(try callable(by: client))
        case .callers:
            .callers([
                CallerSummary(
                    method: .get, clients: 3, names: [text("mobile-app"), text("web-spa")], isAnonymous: true)
            ])
        case .versions, .changes: .versions((1...7).reversed().map { version($0) })
        case .edits, .difference: .edits(try edits())
        case .audit: .audit(audit)
        case .verification: .verification(report)
        case .preview(let targets): .preview(effect(of: targets))
        case .usage: .usage(usage)
        case .discovery: .discovery(discovered)
        case .quotaUse(let client, let now): .quotaUse(try quotaUse(of: client, at: now))
        }
    }

    private func quotaUse(of name: String, at now: Timestamp) throws -> [QuotaUse] {
        let snapshot = try PolicySnapshot(compiling: policy()) { _ in .utc }
        guard let client = snapshot.client(named: name) else { return [] }
        var tally = QuotaUseTally(snapshot, of: client, at: now) { _ in .utc }
        for number in 0..<64 {
            let event = written(SampleTraffic.event(number))
            if let fact = TrafficFact(event) { tally.add(fact, outcome: event.outcome) }
        }
        return tally.uses()
    }

    private func replay() throws -> ReplayReport {
        let before = try PolicySnapshot(compiling: policy()) { _ in .utc }
        let after = try PolicySnapshot(compiling: changed()) { _ in .utc }
        var tally = ReplayTally(from: before, to: after) { _ in .utc }
        for number in 0..<64 {
            var event = SampleTraffic.event(number)
            event[.path] = event[.path].map { $0.hasSuffix("77") ? text("/v1/users/77") : $0 }
            if let fact = TrafficFact(event) { tally.add([fact]) }
        }
        return ReplayReport(tally, total: 64, isComplete: true)
    }

    private func check() -> PolicyCheck {
        guard let key = ItemKey(text: "client/web-spa") else { return PolicyCheck() }
        return PolicyCheck(
            findings: [DangerFinding(.quotaRaised, key, text("goes from 15 in 1s to 25 in 1s"))],
            waitsFor: [], warnings: [text("its credentials are revoked, and undoing brings back none of them")])
    }

    private var tokens: [TokenRecord] {
        let owners = [
            ("web-spa", "eve@shop.example"), ("mobile-app", "4201"), ("mobile-app", "4202"), ("svc-billing", ""),
        ]
        return owners.enumerated().map { index, owner in
            TokenRecord(
                id: "t00000\(index)wxyz8888", form: index == 0 ? .jwt : .opaque, kind: .access,
                issuer: text("https://id.shop.example"), client: text(owner.0),
                subject: owner.1.isEmpty ? "" : text(owner.1), scopes: [text("orders"), text("profile")],
                roles: index == 0 ? [text("reader")] : nil, authenticationLevel: text("mfa"),
                family: Int64(12 + index), credential: 3, keyID: text("key-1"), issued: Self.ago(minutes: 5),
                expires: Self.now.advanced(by: Int64(25 - 8 * index) * 60_000_000),
                issuedFrom: IPAddress("203.0.113.7"), digest: text("token:00000000000\(index)"),
                revoked: index == 3 ? 4 : nil)
        }
    }

    private func credentials(of client: String) -> [Credential] {
        [
            Credential(
                id: 41, client: client, kind: .apiKey, prefix: text("k3yPr3f1"), created: Self.ago(minutes: 9000),
                notBefore: Self.ago(minutes: 9000)),
            Credential(
                id: 42, client: client, kind: .secret, prefix: text("s3cr3t99"), created: Self.ago(minutes: 90),
                notBefore: Self.ago(minutes: 90)),
        ]
    }

    private func callable(by client: String) throws -> [Callable] {
        let snapshot = try PolicySnapshot(compiling: policy()) { _ in .utc }
        return snapshot.client(named: client).map { snapshot.callable(by: $0) } ?? []
    }

    private var audit: [AuditRecord] {
        let actions = [
            "policy.apply", "token.revoke", "policy.approve", "client.revoke", "policy.undo", "store.create",
        ]
        return (1...6).reversed().map { number in
            let entry = AuditRecord.Entry(
                time: Self.ago(minutes: Int64(20 - number)), actor: number.isMultiple(of: 2) ? ann : ben,
                action: actions[number - 1], outcome: number == 4 ? .refused : .done,
                target: text("client/partner-acme"), reason: text("they asked for it"),
                before: json("before"), after: json("after"), version: Int64(number))
            return AuditRecord(
                sequence: Int64(number), entry: entry, previous: [UInt8](repeating: 7, count: 32),
                hash: [UInt8](repeating: UInt8(number), count: 32))
        }
    }

    private func json(_ note: String) -> String { "{\"note\":\"" + text(note) + "\"}" }

    private var report: AuditReport {
        var report = AuditReport()
        report.records = 6
        report.versions = 7
        return report
    }

    private func effect(of targets: [RevocationTarget]) -> RevocationEffect {
        RevocationEffect(
            previews: targets.map { target in
                RevocationPreview(
                    target: target,
                    shares: [
                        .init(client: text("web-spa"), tokens: 3, credentials: 1),
                        .init(client: text("mobile-app"), tokens: 2, credentials: 0),
                    ])
            },
            routes: [
                .init(name: text("/v1/orders"), method: text("GET"), counts: OutcomeCounts(allowed: 205)),
                .init(name: text("/v1/users/{id}"), method: "GET", counts: OutcomeCounts(allowed: 41, forbidden: 2)),
            ], requests: 248, seconds: 300)
    }

    private var usage: UsageReport {
        UsageReport(
            requests: 68_120, total: 68_120,
            rows: [
                .init(thing: .permission(role: "reader", index: 1, text: "allow GET /v1/orders"), count: 0, last: nil),
                .init(thing: .scope(client: "web-spa", scope: "profile"), count: 0, last: nil),
                .init(
                    thing: .permission(role: "billing", index: 0, text: "allow POST /v1/invoices"), count: 7,
                    last: Self.ago(minutes: 3)),
                .init(thing: .scope(client: "mobile-app", scope: "orders"), count: 412, last: Self.now),
            ], isComplete: true)
    }

    private var discovered: [DiscoveredRoute] {
        [
            DiscoveredRoute(method: "GET", route: "/v1/carts/{id}", counts: OutcomeCounts(allowed: 310, forbidden: 12)),
            DiscoveredRoute(method: "PUT", route: "/v1/carts/{id}", counts: OutcomeCounts(allowed: 17)),
            DiscoveredRoute(method: "GET", route: "/health", counts: OutcomeCounts(allowed: 90, failed: 2)),
            DiscoveredRoute(method: text("BREW"), route: text("/coffee"), counts: OutcomeCounts(invalid: 3)),
        ]
    }
}

extension ConsoleTester {
    /// A console in the sample house.
    static func atHome(
        _ house: SampleHouse = SampleHouse(), _ width: Int = 120, _ height: Int = 36,
        glyphs: Glyphs = .unicode, duties: Set<Duty> = Set(Duty.allCases), isBusy: Bool = false
    ) throws -> ConsoleTester {
        var tester = ConsoleTester(width, height, glyphs: glyphs, status: nil)
        tester.answers = { house.answer(to: $0) }
        var status = SampleTraffic.status
        status.nodes = status.nodes.map(house.text)
        tester.receive(.status(status, SampleTraffic.snapshot))
        tester.receive(.policy(.ready(try house.state(duties: duties, isBusy: isBusy))))
        return tester
    }
}
