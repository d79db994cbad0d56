import Domain
package import Terminal

/// What is known of one thing of the policy, beyond what its row says.
package struct ItemDetail: Sendable {
    let item: PolicyItem
    /// The version that it was looked at in.
    let version: Int
    private let snapshot: PolicySnapshot
    private var credentials = Contents<[Credential]>.loading
    private var tokens = Contents<[TokenRecord]>.loading
    private var traffic: TrafficGlimpse?
    private var quotaUse = Contents<[QuotaUse]>.loading
    private var changes = Contents<[PolicyVersion]>.loading
    private var callable = Contents<[Callable]>.loading
    private var callers = Contents<[CallerSummary]>.loading

    init(_ item: PolicyItem, state: PolicyState) {
        self.item = item
        version = state.version.number
        snapshot = state.snapshot
        traffic = Self.trafficFilter(of: item).map { TrafficGlimpse($0) }
    }

    /// The credentials that can be ended, as lines of a menu; none while they are read.
    func credentialChoices(now: Timestamp) -> [RevokeChoice] {
        (credentials.value ?? []).filter { $0.state(at: now) != .revoked }.map { credential in
            RevokeChoice(
                .credential(credential.id),
                help: "\(credential.prefix)…  \(credential.kind.rawValue), \(credential.state(at: now).rawValue)")
        }
    }

    private static func trafficFilter(of item: PolicyItem) -> Filter? {
        switch item {
        case .client(let client): .exactly(client.name.text, in: .client)
        case .route(let route): .exactly(route.pattern.text, in: .route)
        case .settings, .scope, .role, .tier, .quota, .operator: nil
        }
    }

    /// What it takes to show all of it.
    func questions(now: Timestamp) -> [Question] {
        var questions: [Question] = [.policy(.changes(of: item.key, limit: 5))]
        if case .client(let client) = item {
            var selection = TokenSelection()
            selection.client = client.name.text
            selection.state = .active
            selection.limit = 200
            questions += [
                .policy(.credentials(client: client.name.text)), .policy(.tokens(selection)),
                .policy(.callable(client: client.name.text)),
            ]
        }
        if case .route(let route) = item { questions.append(.policy(.callers(route: route.name.text))) }
        return questions + passingQuestions(now: now)
    }

    /// What it takes to show what goes on changing.
    func passingQuestions(now: Timestamp) -> [Question] {
        var questions = traffic.map { [$0.question(now: now)] } ?? []
        if case .client(let client) = item {
            questions.append(.policy(.quotaUse(client: client.name.text, at: now)))
        }
        return questions
    }

    mutating func take(_ answer: Answer, to question: Question) {
        switch (question, answer) {
        case (.policy(.credentials(let client)), .policy(.credentials(let found))) where client == item.key.name:
            credentials = .loaded(found)
        case (.policy(.tokens(let selection)), .policy(.tokens(let found))) where selection.client == item.key.name:
            tokens = .loaded(found)
        case (.policy(.quotaUse(let client, _)), .policy(.quotaUse(let found))) where client == item.key.name:
            quotaUse = .loaded(found)
        case (.policy(.quotaUse(let client, _)), .failed(let text)) where client == item.key.name:
            quotaUse = .failed(text)
        case (.policy(.callable(let client)), .policy(.callable(let found))) where client == item.key.name:
            callable = .loaded(found)
        case (.policy(.callers(let route)), .policy(.callers(let found))) where route == item.key.name:
            callers = .loaded(found)
        case (.policy(.changes(let key, _)), .policy(.versions(let found))) where key == item.key:
            changes = .loaded(found)
        default: traffic?.take(answer, to: question)
        }
    }

    // MARK: - Lines

    /// A line of the detail: a heading, or a label with what stands beside it.
    package enum Line {
        case heading(CleanText)
        case field(CleanText, [Piece])
        case series(CleanText, [Double?], StyleRole, CleanText)
        /// A bar from 0 to 1 before what is said.
        case meter(CleanText, Double, StyleRole, [Piece])
    }

    func lines(_ context: ScreenContext, _ glyphs: Glyphs) -> [Line] {
        var lines: [Line] = []
        for text in item.lines {
            lines.append(.field(.empty, [Piece(CleanText(text))]))
        }
        if item.lines.isEmpty { lines.append(.field(.empty, [Piece("nothing is set", .dim)])) }
        switch item {
        case .client(let client):
            if client.tier == nil { lines.append(tierLine) }
            lines += traffic?.lines(glyphs) ?? []
            lines += QuotaUseLines.lines(of: quotaUse)
            lines += credentialLines(context)
            lines += tokenLines(context)
            lines += callLines()
        case .route:
            lines += traffic?.lines(glyphs) ?? []
            lines += callerLines()
        case .role(let role): lines += inheritedLines(role)
        case .settings, .scope, .tier, .quota, .operator: break
        }
        return lines + changeLines(context)
    }

    /// Of a client that names none.
    private var tierLine: Line {
        guard let tier = snapshot.policy.settings.defaultTier else { return .field(.empty, [Piece("no tier", .dim)]) }
        return .field(
            .empty, [Piece(CleanText("tier: \(tier)")), Piece("  the default: it names none", .dim)])
    }

    private func credentialLines(_ context: ScreenContext) -> [Line] {
        guard let credentials = credentials.value else { return [.heading("credentials"), .loading] }
        let shown = credentials.filter { $0.state(at: context.now) != .revoked }
        let revoked = credentials.count - shown.count
        var lines: [Line] = [.heading(CleanText(revoked > 0 ? "credentials (\(revoked) revoked)" : "credentials"))]
        for credential in shown {
            let state = credential.state(at: context.now)
            let until = credential.expires.map { ", until " + TimeText.dateAndTime($0, zone: context.zone) } ?? ""
            lines.append(
                .field(
                    CleanText(credential.prefix + "…"),
                    [
                        Piece(CleanText(credential.kind.rawValue)),
                        Piece(CleanText("  \(state.rawValue)\(until)"), state == .active ? .good : .caution),
                    ]))
        }
        if shown.isEmpty { lines.append(.field(.empty, [Piece("none", .dim)])) }
        return lines
    }

    private func tokenLines(_ context: ScreenContext) -> [Line] {
        guard let tokens = tokens.value else { return [.heading("live tokens"), .loading] }
        let count = tokens.count == 200 ? "200 or more" : "\(tokens.count)"
        var lines: [Line] = [.heading(CleanText("live tokens: \(count)"))]
        for token in tokens.prefix(5) {
            let whom = token.subject.isEmpty ? "itself" : token.subject
            lines.append(
                .field(
                    CleanText(String(token.id.prefix(8))),
                    [
                        Piece(
                            CleanText("for \(whom), until \(TimeText.dateAndTime(token.expires, zone: context.zone))")),
                        Piece(CleanText("  " + token.scopes.joined(separator: " ")), .dim),
                    ]))
        }
        if tokens.isEmpty { lines.append(.field(.empty, [Piece("none", .dim)])) }
        return lines
    }

    private func callLines() -> [Line] {
        guard let callable = callable.value else { return [.heading("may call"), .loading] }
        var lines: [Line] = [.heading(CleanText("may call: \(callable.count)"))]
        for call in callable.prefix(200) {
            let rules = call.access.ways.map { snapshot.rule($0) }
            let roles = Set(rules.map(\.role.text)).sorted().joined(separator: ", ")
            let isConditional =
                rules.allSatisfy { !$0.permission.conditions.isEmpty } || !call.access.exceptions.isEmpty
            var pieces = [
                Piece(CleanText(snapshot.route(call.route).pattern.text)), Piece(CleanText("  by role " + roles), .dim),
            ]
            if isConditional { pieces.append(Piece("  under conditions", .caution)) }
            if !call.missingScopes.isEmpty {
                let missing = call.missingScopes.map(\.text).joined(separator: " ")
                pieces.append(Piece(CleanText("  scope missing: " + missing), .danger))
            }
            lines.append(.field(CleanText(call.method.name), pieces))
        }
        if callable.count > 200 {
            lines.append(.field(.empty, [Piece(CleanText("and \(callable.count - 200) more"), .dim)]))
        }
        if callable.isEmpty { lines.append(.field(.empty, [Piece("nothing", .dim)])) }
        return lines
    }

    private func callerLines() -> [Line] {
        guard let callers = callers.value else { return [.heading("who may call it"), .loading] }
        var lines: [Line] = []
        for caller in callers {
            lines.append(
                .heading(CleanText("who may \(caller.method.name): ") + Counted.text(caller.clients, "client")))
            if caller.isAnonymous { lines.append(.field(.empty, [Piece("anyone, without credentials", .caution)])) }
            guard !caller.names.isEmpty else { continue }
            let more = caller.clients > caller.names.count ? " …" : ""
            lines.append(.field(.empty, [Piece(CleanText(caller.names.joined(separator: ", ") + more))]))
        }
        return lines
    }

    private func inheritedLines(_ role: Role) -> [Line] {
        var lines: [Line] = []
        var seen: Set<Name<Role>> = [role.name]
        var next = role.parents
        while let name = next.popLast() {
            guard seen.insert(name).inserted, case .role(let parent)? = snapshot.policy[ItemKey(name)] else { continue }
            lines.append(.heading(CleanText("inherited from \(name)")))
            for text in PolicyItem.role(Role(name: name, permissions: parent.permissions)).lines.dropFirst() {
                lines.append(.field(.empty, [Piece(CleanText(text), .dim)]))
            }
            next += parent.parents
        }
        return lines
    }

    private func changeLines(_ context: ScreenContext) -> [Line] {
        guard let changes = changes.value else { return [.heading("last changes"), .loading] }
        var lines: [Line] = [.heading("last changes")]
        for version in changes {
            lines.append(
                .field(
                    CleanText("v\(version.number)"),
                    [
                        Piece(CleanText(TimeText.relative(version.created, now: context.now) + "  "), .dim),
                        Piece(CleanText(version.author.name + "  ")),
                        Piece(CleanText(version.reason), .dim),
                    ]))
        }
        if changes.isEmpty { lines.append(.field(.empty, [Piece("none", .dim)])) }
        return lines
    }
}

extension ItemDetail.Line {
    static let loading = ItemDetail.Line.field(.empty, [Piece("reading…", .dim)])
}
