import Domain
import Terminal

extension PolicyPrinter {
    /// Each item with the lines that go and come, as a policy file has them.
    mutating func differences(_ edits: [PolicyEdit]) throws {
        for edit in edits {
            let sign = edit.before == nil ? "+" : edit.after == nil ? "-" : "~"
            try line([
                Piece(CleanText(sign), Self.role(sign)), Piece(" "), Piece(CleanText(edit.key.description), .title),
            ])
            for line in LineDifference.between(edit.before?.lines ?? [], edit.after?.lines ?? []) {
                try self.line([Piece("  "), Piece(CleanText(line.sign + " " + line.text), Self.role(line.sign))])
            }
        }
        if edits.isEmpty { try line("no difference", .dim) }
    }

    private static func role(_ sign: String) -> StyleRole {
        switch sign {
        case "+": .good
        case "-": .danger
        default: .dim
        }
    }
}

extension PolicyEdit {
    /// The edit with the item before and after.
    var difference: PolicyTree {
        .map([
            .init("item", .text(key.description)), .init("change", .text(verb)),
            .init("before", before?.tree(.full) ?? PolicyTree(.nothing)),
            .init("after", after?.tree(.full) ?? PolicyTree(.nothing)),
        ])
    }
}
