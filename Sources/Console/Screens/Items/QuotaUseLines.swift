import Domain
import Terminal

/// What a client has used of its quotas, as lines of its detail.
enum QuotaUseLines {
    static func lines(of uses: Contents<[QuotaUse]>) -> [ItemDetail.Line] {
        let heading = ItemDetail.Line.heading("quotas, used now by recorded traffic")
        switch uses {
        case .loading: return [heading, .loading]
        case .failed(let text): return [heading, .field(.empty, [Piece(CleanText(text), .caution)])]
        case .loaded(let uses):
            guard !uses.isEmpty else {
                return [heading, .field(.empty, [Piece("unlimited: no quota counts it", .caution)])]
            }
            return [heading] + uses.map { line(of: $0) }
        }
    }

    private static func line(of use: QuotaUse) -> ItemDetail.Line {
        let name = CleanText(use.quota.name.text)
        if let nearer = use.displacedBy {
            let words: CleanText = "gives way to " + CleanText(nearer.text) + ", which is nearer"
            return .field(name, [Piece(words, .dim)])
        }
        return .meter(name, use.share, role(of: use), pieces(of: use))
    }

    private static func role(of use: QuotaUse) -> StyleRole {
        use.share >= 1 ? .danger : use.share >= 0.8 ? .caution : .good
    }

    private static func pieces(of use: QuotaUse) -> [Piece] {
        let used = precision(use.precision) + NumberText.grouped(use.used)
        var pieces = [
            Piece(NumberText.percent(use.share), role(of: use)),
            Piece("  " + used + " of " + CleanText(limit(of: use.quota))),
        ]
        if use.limited > 0 { pieces.append(Piece("  " + NumberText.grouped(use.limited) + " limited", .caution)) }
        if let heaviest = use.heaviest {
            let words = CleanText("  by \(word(use.quota.key)) \(heaviest)")
            let others: CleanText = use.keys > 1 ? ", the most of " + NumberText.grouped(use.keys) : .empty
            pieces.append(Piece(words + others, .dim))
        }
        if let pattern = use.quota.pattern { pieces.append(Piece(CleanText("  on \(pattern)"), .dim)) }
        switch use.quota.holder {
        case .client: pieces.append(Piece("  its own", .dim))
        case .tier(let tier): pieces.append(Piece(CleanText("  of tier \(tier)"), .dim))
        }
        return pieces
    }

    private static func precision(_ precision: QuotaUse.Precision) -> CleanText {
        switch precision {
        case .exact: .empty
        case .about: "about "
        case .atLeast: "at least "
        }
    }

    private static func limit(of quota: Quota) -> String {
        let limit = QuotaText.limit(of: quota)
        return quota.adaptive.map { limit + ", adapting " + QuotaText.text(of: $0) } ?? limit
    }

    private static func word(_ key: Quota.Key) -> String {
        switch key {
        case .client: "client"
        case .subject: "subject"
        case .address: "address"
        case .clientAndRoute: "route"
        }
    }
}
