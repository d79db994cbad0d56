import Console
import Domain
import Terminal
import Testing

/// A policy in force with tokens, versions and a trail around it, for screens of records.
enum SampleRecords {
    static let now = SampleTraffic.now
    static let ann = Actor(name: "ann", userID: 1000)
    static let ben = Actor(name: "ben", userID: 1001)

    static func ago(minutes: Int64) -> Timestamp { now.advanced(by: -minutes * 60_000_000) }

    // MARK: - The policy

    static func version(
        _ number: Int, _ origin: PolicyVersion.Origin = .change, state: PolicyVersion.State = .retired,
        author: Actor = ann, reason: String = "tidy up", dangers: Set<Danger> = []
    ) -> PolicyVersion {
        PolicyVersion(
            number: number, parent: number > 1 ? number - 1 : nil, origin: origin, state: state, content: [1],
            edits: [2],
            author: author, approver: nil, reason: reason, created: ago(minutes: Int64(200 - 10 * number)),
            dangers: dangers)
    }

    static func state(
        duties: Set<Duty> = Set(Duty.allCases), actor: Actor = ann, drafts: [PolicyVersion] = [],
        emergencies: [BreakGlass] = []
    ) throws -> PolicyState {
        PolicyState(
            version: version(7, state: .active),
            snapshot: try PolicySnapshot(compiling: SamplePolicy.policy()) { _ in nil },
            actor: actor, duties: duties, drafts: drafts, emergencies: emergencies)
    }

    /// Raises the limit of acme.
    static func edits() throws -> [PolicyEdit] {
        let policy = try SamplePolicy.policy()
        guard let key = ItemKey(text: "quota/acme-hourly"), case .quota(let quota)? = policy[key] else { return [] }
        var raised = quota
        raised.limit = 5000
        return [PolicyEdit(key: key, before: .quota(quota), after: .quota(raised))]
    }

    // MARK: - Tokens

    static func token(
        _ number: Int, client: String = "acme", subject: String = "maria", revoked: Int64? = nil,
        minutesLeft: Int64 = 30
    ) -> TokenRecord {
        let digits = String(number)
        return TokenRecord(
            id: "t" + String(repeating: "0", count: 6 - digits.count) + digits + "wxyz8888", form: .jwt, kind: .access,
            issuer: "https://id.example.com", client: client, subject: subject, scopes: ["orders:read"], family: 12,
            credential: 3, issued: ago(minutes: 5), expires: now.advanced(by: minutesLeft * 60_000_000),
            issuedFrom: IPAddress("203.0.113.7"), digest: "token:00000000000\(number % 10)", revoked: revoked)
    }

    static let tokens = [
        token(1), token(2, subject: ""), token(3, client: "mobile-app", subject: "eve"),
        token(4, client: "mobile-app", subject: "joe"),
    ]

    /// What the store would say.
    static func answer(to question: Question) -> Answer? {
        guard case .policy(let asked) = question else { return SampleTraffic.answer(to: question) }
        switch asked {
        case .tokens(let selection):
            return .policy(
                .tokens(
                    tokens.filter { token in
                        (selection.client ?? token.client) == token.client
                            && (selection.subject ?? token.subject) == token.subject
                            && token.id.hasPrefix(selection.idPrefix ?? "")
                    }))
        case .token(let name): return .policy(.tokens(tokens.filter { $0.digest == name }))
        case .revocable(_, let name):
            return .policy(
                .revocable(
                    RevocationCandidates(
                        tokens: name.count < 4 ? [] : tokens.filter { $0.id.hasPrefix(name) },
                        isSubject: tokens.contains { $0.subject == name })))
        default: return nil
        }
    }
}

extension ConsoleTester {
    /// A console with the sample's policy.
    static func onRecords(
        _ screen: ScreenName, _ state: PolicyState? = nil, _ width: Int = 120, _ height: Int = 36,
        glyphs: Glyphs = .unicode,
        answers: @escaping @Sendable (Question) -> Answer? = { SampleRecords.answer(to: $0) },
        configure: (inout ConsoleSettings) -> Void = { _ in }
    ) throws -> ConsoleTester {
        var tester = ConsoleTester(width, height, screen: screen, glyphs: glyphs, configure: configure)
        tester.answers = answers
        tester.receive(.policy(.ready(try state ?? SampleRecords.state())))
        return tester
    }

    /// What is about to be revoked.
    var revoked: [RevocationTarget]? {
        for case .policy(.preview(let targets)) in questions.reversed() { return targets }
        return nil
    }

    /// The last thing that was asked of the store to do.
    var action: PolicyAction? {
        for case .act(let action) in effects.reversed() { return action }
        return nil
    }
}
