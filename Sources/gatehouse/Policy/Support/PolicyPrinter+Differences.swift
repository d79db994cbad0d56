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

/// The lines that two texts have in common, and those that only one has, in their order.
struct LineDifference: Equatable {
    /// `-`, `+` or a space.
    let sign: String
    let text: String

    static func between(_ old: [String], _ new: [String]) -> [LineDifference] {
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in new.difference(from: old) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var lines: [LineDifference] = []
        var (left, right) = (0, 0)
        while left < old.count || right < new.count {
            if left < old.count, removed.contains(left) {
                lines.append(LineDifference(sign: "-", text: old[left]))
                left += 1
            } else if right < new.count, inserted.contains(right) {
                lines.append(LineDifference(sign: "+", text: new[right]))
                right += 1
            } else {
                lines.append(LineDifference(sign: " ", text: old[left]))
                left += 1
                right += 1
            }
        }
        return lines
    }
}

extension PolicyItem {
    /// The item's lines in a policy file, without those of its name.
    var lines: [String] {
        let tree = tree(.brief)
        if case .map(let members) = tree.content, members.isEmpty { return [] }
        return PolicyTree.map([.init("x", .map([.init("x", tree)]))]).yaml.split(separator: "\n").dropFirst(2)
            .map { String($0.dropFirst(4)) }
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
