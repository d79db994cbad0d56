import Domain
import Store

/// A change that isn't made, because others changed the same meanwhile in another way.
struct ChangeConflict: Error, CustomStringConvertible {
    /// What is shown of an item to people; programs get all of it.
    private static let mostLines = 40

    let conflicts: [PolicyConflict]
    let active: Int
    /// The version that the change was made on; nil where it isn't known.
    let basedOn: Int?

    init(_ conflicts: [PolicyConflict], active: Int, basedOn: Int? = nil) {
        self.conflicts = conflicts
        self.active = active
        self.basedOn = basedOn
    }

    var message: String { PolicyStoreError.conflict(conflicts, active: active).message }

    var advice: String {
        let theirs =
            basedOn.map { "gatehouse policy diff \($0) \(active)" } ?? "gatehouse policy history"
        return "Nothing was changed. See what they did with '\(theirs)', and make the change again on top."
            + " Where a file is right as a whole, --based-on \(active) applies it so."
    }

    /// Each item with what one and what the others made of it, line by line.
    var description: String {
        (["\(message). \(advice)"] + conflicts.flatMap(Self.lines)).joined(separator: "\n")
    }

    private static func lines(_ conflict: PolicyConflict) -> [String] {
        let base = conflict.base?.lines ?? []
        var lines = ["", conflict.key.description]
        lines += side("base", conflict.base == nil ? ["(there was none)"] : base)
        for (name, item) in [("mine", conflict.mine), ("theirs", conflict.theirs)] {
            if conflict.base != nil, item == nil {
                lines += side(name, ["(removed)"])
            } else if item == conflict.base {
                lines += side(name, ["(as it was)"])
            } else {
                lines += side(
                    name, LineDifference.between(base, item?.lines ?? []).map { "\($0.sign) \($0.text)" })
            }
        }
        return lines
    }

    private static func side(_ name: String, _ lines: [String]) -> [String] {
        let head = "  \(name)" + String(repeating: " ", count: 8 - name.utf8.count)
        let rest = String(repeating: " ", count: head.utf8.count)
        let more = lines.count > mostLines ? [rest + "and \(lines.count - mostLines) more lines"] : []
        return lines.prefix(mostLines).enumerated().map { ($0.offset == 0 ? head : rest) + $0.element } + more
    }

    /// What `--json` has of each.
    var trees: [PolicyTree] {
        func tree(_ item: PolicyItem?) -> PolicyTree { item?.tree(.full) ?? PolicyTree(.nothing) }
        return conflicts.map { conflict in
            .map([
                .init("item", .text(conflict.key.description)), .init("base", tree(conflict.base)),
                .init("mine", tree(conflict.mine)), .init("theirs", tree(conflict.theirs)),
                .init("note", conflict.note.map { .text($0) } ?? PolicyTree(.nothing)),
            ])
        }
    }
}
