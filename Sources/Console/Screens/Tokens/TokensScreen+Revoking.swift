import Domain

// What can be revoked of what is listed, and what can't now.

extension TokensScreen {
    func alive(_ tokens: [TokenRecord], in context: ScreenContext) -> [TokenRecord] {
        tokens.filter { $0.state(at: context.now) == .active }
    }

    /// Each token by itself.
    func selection(of tokens: [TokenRecord], filter: String = "") -> RevocationSelection {
        RevocationSelection(tokens.map(\.revocationTarget), lines: tokens.map(\.revokedLine), filter: filter)
    }

    /// All that the filter matches: with one row where that is what a revocation can say, else each by itself.
    func revokeMatching(in context: ScreenContext) -> Effect {
        let tokens = alive(Array(records.rows), in: context)
        let each = selection(of: tokens, filter: records.filterText)
        guard let target = common(of: tokens) else { return .open(.revokeSelection(each)) }
        var whole = each
        whole.targets = [target]
        switch target {
        case .subject, .family, .issuer: return .open(.revokeSelection(whole))
        case .client, .network, .token, .credential, .everything:
            // It hits more than tokens, or tokens that aren't in the list.
            let help =
                target.kind == "client"
                ? "all of its tokens and its credentials, in one row" : "also what comes from there, in one row"
            let choice = RevokeChoice(whole, help: help)
            guard tokens.count <= Self.mostAtOnce, records.all.count < Self.readAtOnce else {
                return .open(.revokeMenu([choice]))
            }
            return .open(.revokeMenu([choice, RevokeChoice(each, help: "a row and a record for each")]))
        }
    }

    /// What one row can say of all that the filter matches; nil where it asks for something else.
    private func common(of tokens: [TokenRecord]) -> RevocationTarget? {
        guard let field = records.filter.onlyField, let token = tokens.first else { return nil }
        switch field {
        case "client": return tokens.allSatisfy { $0.client == token.client } ? .client(token.client) : nil
        case "subject":
            guard !token.subject.isEmpty else { return nil }
            return tokens.allSatisfy { $0.subject == token.subject } ? .subject(token.subject) : nil
        case "family": return tokens.allSatisfy { $0.family == token.family } ? .family(token.family) : nil
        case "issuer": return tokens.allSatisfy { $0.issuer == token.issuer } ? .issuer(token.issuer) : nil
        case "from":
            guard let address = token.issuedFrom, tokens.allSatisfy({ $0.issuedFrom == address }) else { return nil }
            return Network("\(address)").map { .network($0) }
        default: return nil
        }
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
            let matching = alive(Array(records.rows), in: context)
            // One row ends them all, however many were read.
            if let target = common(of: matching), target.kind != "network" { return nil }
            if records.all.count >= Self.readAtOnce {
                return "more match than were read: revoke the client or the subject instead"
            }
            return reasonAgainst(matching, among: Array(records.rows))
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

    /// What to know it by in a list of what is revoked.
    fileprivate var revokedLine: String { "\(shortID)  \(client)  \(subject.isEmpty ? "itself" : subject)" }
}

extension ListFilter {
    /// The one field that a single text is asked of, beside that tokens are alive; nil for any other filter.
    fileprivate var onlyField: String? {
        var parts = [self]
        if case .all(let several) = self { parts = several }
        parts.removeAll { part in
            guard case .field("state", let patterns) = part else { return false }
            return patterns.allSatisfy { $0.matches(TokenRecord.State.active.rawValue) } && patterns.count == 1
        }
        guard parts.count == 1, case .field(let name, let patterns)? = parts.first, patterns.count == 1,
            patterns[0].pieces.count == 1
        else { return nil }
        return name
    }
}
