/// The lines that two texts have in common, and those that only one has, in their order.
package struct LineDifference: Hashable, Sendable {
    /// `-`, `+` or a space.
    package let sign: String
    package let text: String

    package static func between(_ old: [String], _ new: [String]) -> [LineDifference] {
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
    package var lines: [String] {
        let tree = tree(.brief)
        if case .map(let members) = tree.content, members.isEmpty { return [] }
        return PolicyTree.map([.init("x", .map([.init("x", tree)]))]).yaml.split(separator: "\n").dropFirst(2)
            .map { String($0.dropFirst(4)) }
    }
}
