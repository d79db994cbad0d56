import Domain

// What can be revoked of what is listed, and what can't now.

extension TokensScreen {
    func alive(_ tokens: [TokenRecord], in context: ScreenContext) -> [TokenRecord] {
        tokens.filter { $0.state(at: context.now) == .active }
    }

    func target(of command: TokenCommand) -> RevocationTarget? {
        guard let token = records.selected else { return nil }
        switch command {
        case .revokeFamily: return .family(token.family)
        case .revokeClient: return .client(token.client)
        case .revokeSubject: return token.subject.isEmpty ? nil : .subject(token.subject)
        case .revokeAddress: return token.issuedFrom.flatMap { Network("\($0)") }.map { .network($0) }
        case .open, .revoke, .revokeMatching, .undo, .mark, .clearMarks, .narrow, .sort, .reverse, .columns, .requests,
            .owner,
            .copy, .up, .down, .pageUp, .pageDown, .first, .last:
            return nil
        }
    }

    package func disabledReason(for command: TokenCommand, in context: ScreenContext) -> String? {
        switch command {
        case .revoke:
            if let reason = context.reasonAgainst(.revoke) { return reason }
            let targets = records.targets
            if targets.isEmpty { return "nothing is selected" }
            return reasonAgainst(alive(targets, in: context), among: targets)
        case .revokeMatching:
            if let reason = context.reasonAgainst(.revoke) { return reason }
            if records.filter == .everything { return "without a filter it would be everybody's: / filters first" }
            if records.all.count >= Self.readAtOnce {
                return "more match than were read: revoke the client or the subject instead"
            }
            let tokens = Array(records.rows)
            return reasonAgainst(alive(tokens, in: context), among: tokens)
        case .revokeFamily, .revokeClient, .revokeSubject, .revokeAddress:
            if let reason = context.reasonAgainst(.revoke) { return reason }
            if records.selected == nil { return "nothing is selected" }
            return target(of: command) == nil ? "the token has none" : nil
        case .requests, .owner, .copy: return records.selected == nil ? "nothing is selected" : nil
        case .open, .undo, .mark, .clearMarks, .narrow, .sort, .reverse, .columns, .up, .down, .pageUp, .pageDown,
            .first, .last:
            return listingReason(for: command, in: context)
        }
    }

    private func reasonAgainst(_ alive: [TokenRecord], among tokens: [TokenRecord]) -> String? {
        if alive.count > Self.mostAtOnce {
            return "\(alive.count) are more than \(Self.mostAtOnce): revoke the client or the subject instead"
        }
        guard alive.isEmpty else { return nil }
        return tokens.isEmpty ? "no token matches" : "what is expired or revoked ends nothing any more"
    }
}

extension TokenRecord {
    var revocationTarget: RevocationTarget { .token(issuer: issuer, id: id) }
}
