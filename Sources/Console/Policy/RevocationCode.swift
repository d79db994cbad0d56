import Domain

/// The word that somebody types before something is revoked: short, to be read off the screen, and not that of anything
/// that looks alike.
struct RevocationCode {
    let text: String

    /// Names up to here are typed whole, and parts of longer names from here to there.
    private static let short = 7
    private static let parts = 4...12

    init(_ targets: [RevocationTarget], state: PolicyState?) {
        guard targets.count == 1, let target = targets.first else {
            text = Self.count(targets)
            return
        }
        text =
            switch target {
            case .everything: "everything"
            case .token(_, let id): String(id.prefix(8))
            case .client(let name): Self.word(forClient: name, state)
            case .subject(let name): name.utf8.count <= 32 ? Self.typable(name) : Self.typable(String(name.prefix(8)))
            case .issuer(let name): Self.typable(name.split(separator: "/").last.map(String.init) ?? name)
            case .family(let number), .credential(let number): String(number)
            case .network(let network): network.description
            }
    }

    /// `3 tokens`, `2 clients`, or `5 things`.
    static func count(_ targets: [RevocationTarget]) -> String {
        let kinds = Set(targets.map(\.kind))
        let noun = kinds.count == 1 ? kinds.first ?? "thing" : "thing"
        return "\(targets.count) \(noun)\(targets.count == 1 ? "" : "s")"
    }

    /// A part of a long name that is in no other client's name, or else all of it.
    private static func word(forClient name: String, _ state: PolicyState?) -> String {
        guard name.utf8.count > short, let state else { return typable(name) }
        var names = state.names
        let table = names.table(.client, in: state.policy)
        let parts = name.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        let own = parts.reversed().first { part in
            self.parts.contains(part.count) && !table.hasOther(holding: part, than: name)
        }
        return typable(own ?? name)
    }

    /// What a keyboard has of it.
    private static func typable(_ name: String) -> String {
        let text = String(name.filter { $0.isASCII && $0 > " " })
        return text.isEmpty ? "revoke" : text
    }
}
