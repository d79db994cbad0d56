import Domain
import Terminal

/// All that is known of a token, which is never the token itself.
struct TokenDetail: Sendable {
    let token: TokenRecord
    private var revocation: Contents<Revocation?>
    private var traffic: TrafficGlimpse

    init(_ token: TokenRecord) {
        self.token = token
        revocation = token.revoked == nil ? .loaded(nil) : .loading
        traffic = TrafficGlimpse(.exactly(token.digest, in: .token))
    }

    func questions(now: Timestamp) -> [Question] {
        var questions = [traffic.question(now: now)]
        if let epoch = token.revoked { questions.append(.policy(.revocation(epoch: epoch))) }
        return questions
    }

    mutating func take(_ answer: Answer, to question: Question) {
        traffic.take(answer, to: question)
        guard let epoch = token.revoked, question == .policy(.revocation(epoch: epoch)) else { return }
        switch answer {
        case .policy(.revocation(let found)): revocation = .loaded(found)
        case .failed(let text): revocation = .failed(text)
        case .policy, .overview, .page, .count, .values, .unread: break
        }
    }

    func lines(_ context: ScreenContext, _ glyphs: Glyphs) -> [ItemDetail.Line] {
        let state = token.state(at: context.now)
        var lines: [ItemDetail.Line] = [
            .field("id", [Piece(CleanText(token.id))]),
            .field("state", [Piece(CleanText(state.rawValue), state.role)]),
        ]
        lines += revocationLines(context)
        lines += [
            .field("client", [Piece(CleanText(token.client), .accent)]),
            .field("subject", [Piece(CleanText(token.subject.isEmpty ? "the client itself" : token.subject))]),
            .field("kind", [Piece(CleanText("\(token.kind.rawValue), \(token.form.rawValue)"))]),
            .field("scopes", [Piece(CleanText(token.scopes.isEmpty ? "none" : token.scopes.joined(separator: " ")))]),
        ]
        if let roles = token.roles {
            lines.append(.field("roles", [Piece(CleanText(roles.isEmpty ? "none" : roles.joined(separator: " ")))]))
        }
        if let level = token.authenticationLevel { lines.append(.field("acr", [Piece(CleanText(level))])) }
        lines += [
            time("issued", token.issued, context), time("expires", token.expires, context),
            .field("issued from", [Piece(token.issuedFrom.map { CleanText("\($0)") } ?? glyphs.absent)]),
            .field("issuer", [Piece(CleanText(token.issuer))]),
            .field(
                "family",
                [Piece(CleanText("\(token.family)")), Piece(CleanText("   / family:\(token.family)"), .faint)]
            ),
        ]
        if let credential = token.credential {
            lines.append(.field("credential", [Piece(CleanText("\(credential)"))]))
        }
        if let key = token.keyID { lines.append(.field("signed by", [Piece(CleanText(key))])) }
        if let thumbprint = token.thumbprint {
            lines.append(.field("certificate", [Piece(CleanText(Hex.text(thumbprint.prefix(8))), .dim)]))
        }
        lines.append(.field("in traffic", [Piece(CleanText(token.digest), .dim)]))
        return lines + traffic.lines(glyphs)
    }

    private func time(_ label: CleanText, _ time: Timestamp, _ context: ScreenContext) -> ItemDetail.Line {
        .field(
            label,
            [
                Piece(CleanText(TimeText.dateAndTime(time, zone: context.zone))),
                Piece(CleanText("  " + TimeText.relative(time, now: context.now)), .dim),
            ])
    }

    private func revocationLines(_ context: ScreenContext) -> [ItemDetail.Line] {
        if token.revoked == nil, let time = token.keyEnded {
            return [
                .field("revoked", [Piece(CleanText(TimeText.dateAndTime(time, zone: context.zone)), .danger)]),
                .field(" ", [Piece("the key that signed it was compromised")]),
            ]
        }
        guard let epoch = token.revoked else { return [] }
        switch revocation {
        case .loading: return [.field("revoked", [Piece("reading…", .dim)])]
        case .failed(let text): return [.field("revoked", [Piece(CleanText(text), .caution)])]
        case .loaded(let found):
            guard let found else { return [.field("revoked", [Piece(CleanText("epoch \(epoch)"))])] }
            return [
                .field(
                    "revoked",
                    [
                        Piece(CleanText(TimeText.dateAndTime(found.time, zone: context.zone)), .danger),
                        Piece(CleanText("  by \(found.actor.name), with \(found.target), epoch \(epoch)"), .dim),
                    ]),
                .field(" ", [Piece(CleanText(found.reason))]),
            ]
        }
    }
}
