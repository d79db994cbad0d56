extension DraftField {
    /// What it names of the policy, there or not, each with its column.
    fileprivate var references: [(kind: ItemKind, name: String, column: Int)] {
        guard case .line(let line) = content else { return [] }
        let words = DraftShape.words(line)
        switch choices {
        case .reference(let kind, many: _): return words.map { (kind, $0.text, $0.column) }
        case .holder:
            guard words.count == 2, let kind = ItemKind(rawValue: words[0].text) else { return [] }
            return [(kind, words[1].text, words[1].column)]
        case .none, .words, .methods, .pattern, .permission, .limit: return []
        }
    }
}

extension ItemDraft {
    /// Where it names what a policy doesn't have.
    package func unknownNames(in policy: Policy) -> [TreeProblem] {
        fields.flatMap { field in
            field.references.compactMap { reference in
                let key = ItemKey(text: "\(reference.kind.rawValue)/\(reference.name)")
                // A name that can't be one is told of by who reads the field; and it may name itself, which is for the
                // policy as a whole to judge.
                guard let key, policy[key] == nil, !(key.kind == kind && key.name == name) else { return nil }
                return TreeProblem(
                    field: field.id, place: .init(line: 1, column: reference.column),
                    message:
                        "there is no \(reference.kind.rawValue) \(reference.name); create it, or name one that exists")
            }
        }
    }
}
