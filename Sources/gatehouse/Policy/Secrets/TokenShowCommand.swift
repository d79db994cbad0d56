import ArgumentParser
import Domain
import Store
import Terminal

struct TokenShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what is known of a token.",
        discussion: "Name it by its jti, the beginning of that, or what stands for it in traffic (token:…).")

    @Argument(help: "The token; never give the token itself where others see your commands.") var token: String
    @OptionGroup var options: PolicyOptions

    func run() throws {
        let store = try PolicyAccess.reading(options.store).store
        let tree = try store.token(named: token).tree(SystemClock.now())
        var printer = PolicyPrinter(json: options.json)
        if options.json {
            try printer.output.writeLine(tree.json)
        } else {
            guard case .map(let members) = tree.content else { return }
            let width = members.reduce(0) { max($0, $1.name.utf8.count) }
            for member in members {
                guard let text = member.value.words else { continue }
                let space = String(repeating: " ", count: width - member.name.utf8.count)
                try printer.line([Piece(CleanText(member.name + space + "  "), .dim), Piece(CleanText(text))])
            }
        }
        try printer.finish()
    }
}

extension PolicyTree {
    /// A value for people; nil where there is nothing to say.
    fileprivate var words: String? {
        switch content {
        case .nothing: nil
        case .text(let text): text
        case .integer(let number): String(number)
        case .flag(let flag): flag ? "yes" : "no"
        case .list(let elements): elements.isEmpty ? nil : elements.compactMap(\.words).joined(separator: ", ")
        case .map(let members): members.map { "\($0.name) \($0.value.words ?? "-")" }.joined(separator: ", ")
        }
    }
}

extension TokenRecord {
    /// What `--json` prints of a token.
    func tree(_ now: Timestamp) -> PolicyTree {
        func text(_ text: String?) -> PolicyTree { text.map { .text($0) } ?? PolicyTree(.nothing) }
        return .map([
            .init("jti", .text(id)), .init("form", .text(form.rawValue)), .init("kind", .text(kind.rawValue)),
            .init("state", .text(state(at: now).rawValue)), .init("issuer", .text(issuer)),
            .init("client", .text(client)), .init("subject", text(subject.isEmpty ? nil : subject)),
            .init("scopes", .words(scopes)), .init("roles", roles.map { .words($0) } ?? PolicyTree(.nothing)),
            .init("acr", text(authenticationLevel)), .init("family", .integer(Int(family))),
            .init("key", text(keyID)), .init("issued", .text(TimeText.rfc3339(issued))),
            .init("expires", .text(TimeText.rfc3339(expires))), .init("issued_from", text(issuedFrom?.description)),
            .init("in_traffic", .text(digest)),
            .init("revoked_by_epoch", revoked.map { .integer(Int($0)) } ?? PolicyTree(.nothing)),
            .init("key_compromised", text(keyEnded.map { TimeText.rfc3339($0) })),
        ])
    }
}
