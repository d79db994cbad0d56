import Domain
import Store
import Terminal

extension PolicyVersion {
    /// What `--json` prints of a version.
    var tree: PolicyTree {
        .map([
            .init("version", .integer(number)), .init("parent", parent.map { .integer($0) } ?? PolicyTree(.nothing)),
            .init("state", .text(state.rawValue)), .init("origin", .text(origin.name)),
            .init("of", origin.version.map { .integer($0) } ?? PolicyTree(.nothing)),
            .init("created", .text(TimeText.rfc3339(created))), .init("author", .text(author.name)),
            .init("approver", approver.map { .text($0.name) } ?? PolicyTree(.nothing)),
            .init("reason", .text(reason)), .init("content", .text(Hex.text(content))),
            .init("dangers", .words(dangers.sorted().map(\.name))),
        ])
    }

    /// `undo of 7`
    var originText: String { origin.name + (origin.version.map { " of \($0)" } ?? "") }
}

extension BreakGlass {
    func stateText(_ printer: PolicyPrinter) -> String {
        switch ending {
        case nil: "ends \(printer.time(expires))"
        case .failed: "failed: over, but something of it is in force"
        case let ending?: ending.rawValue + (revertedBy.map { " by version \($0)" } ?? "")
        }
    }
}

extension PolicyPrinter {
    /// A version in lines.
    mutating func version(_ version: PolicyVersion) throws {
        try line("version \(version.number), \(version.state.rawValue)", .title)
        try line("  how      \(version.originText)")
        try line("  when     \(time(version.created)) \(zone.abbreviation(at: version.created))")
        try line("  author   \(version.author.name)" + (version.approver.map { ", approved by \($0.name)" } ?? ""))
        try line("  reason   \(version.reason)")
        if !version.dangers.isEmpty {
            try line("  dangers  \(version.dangers.sorted().map(\.name).joined(separator: ", "))")
        }
        try line("  content  \(Hex.text(version.content))", .dim)
    }
}
