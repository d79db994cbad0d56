import Domain
import Store
import Terminal

/// Prints what commands of the policy have to say: lines for people, or objects for programs.
struct PolicyPrinter {
    let isJSON: Bool
    var output = StandardOutput()
    let style = TextStyle.standardOutput
    let zone = LocalTimeZone.table()

    init(json: Bool) {
        isJSON = json
        StandardOutput.ignoreBrokenPipe()
    }

    /// One JSON object.
    mutating func object(_ members: [(String, PolicyTree)]) throws {
        try output.writeLine(PolicyTree.map(members.map { PolicyTree.Member($0.0, $0.1) }).json)
    }

    /// One line for people.
    mutating func line(_ text: String, _ role: StyleRole = .text) throws {
        try output.writeLine(style.line([Piece(CleanText(text), role)]))
    }

    mutating func line(_ pieces: [Piece]) throws { try output.writeLine(style.line(pieces)) }

    mutating func table(_ table: TextTable) throws { try table.write(to: &output, style) }

    mutating func finish() throws { try output.flush() }

    func time(_ time: Timestamp) -> String { TimeText.dateAndTime(time, zone: zone) }

    // MARK: - What became of a change

    /// - Parameter ending: What was counted before, of a change that may have ended it.
    mutating func outcome(
        _ outcome: PolicyOutcome, of store: PolicyStore, ending: EndingSecrets? = nil
    ) throws {
        let version = outcome.version
        let edits = try store.edits(of: version.number)
        let carried = try store.namesCarried(by: edits)
        if isJSON {
            try object(
                [
                    ("version", .integer(version.number)), ("state", .text(version.state.rawValue)),
                    ("origin", .text(version.origin.name)), ("content", .text(Hex.text(version.content))),
                    ("dangers", .words(version.dangers.sorted().map(\.name))),
                    ("edits", .list(edits.map(\.summary))), ("warnings", .words(carried.map(\.description))),
                    ("approvers", .words(try approvers(of: outcome, in: store))),
                ] + (ending?.members ?? []))
        } else {
            for edit in edits.prefix(20) { try line("\(edit.verb) \(edit.key)") }
            if edits.count > 20 { try line("and \(edits.count - 20) more", .dim) }
            for name in carried { try line("look twice: \(name)", .caution) }
            for line in ending?.losses(before: false) ?? [] { try self.line(line, .caution) }
            for line in ending?.pauses ?? [] { try self.line(line, .caution) }
            switch outcome {
            case .active: try line("version \(version.number) is in force", .good)
            case .draft:
                let dangers = version.dangers.sorted().map(\.name).joined(separator: ", ")
                try line("version \(version.number) waits for a second operator: \(dangers)", .caution)
                let isOfOperators = edits.contains { $0.key.kind == .operator }
                try waiting(version, isOfOperators: isOfOperators, approvers: approvers(of: outcome, in: store))
            }
        }
        try finish()
    }

    /// Who could approve a draft: all but its author and those whom it is about; none of what is in force.
    private func approvers(of outcome: PolicyOutcome, in store: PolicyStore) throws -> [String] {
        guard case .draft(let draft) = outcome else { return [] }
        var concerned: Set<UInt32> = []
        for edit in try store.edits(of: draft.number) {
            for case .operator(let person)? in [edit.before, edit.after] { concerned.insert(person.userID) }
        }
        return try store.active().policy.operators.filter {
            $0.duties.contains(.approve) && $0.userID != draft.author.userID && !concerned.contains($0.userID)
        }.map(\.name.text)
    }

    private mutating func waiting(_ draft: PolicyVersion, isOfOperators: Bool, approvers: [String]) throws {
        guard approvers.isEmpty else {
            let more = approvers.count > 5 ? " or \(approvers.count - 5) more" : ""
            return try line(
                "let \(approvers.prefix(5).joined(separator: ", "))\(more) run: "
                    + "gatehouse policy approve \(draft.number)", .dim)
        }
        guard !isOfOperators else {
            try line(
                "nobody can approve it: authors don't approve their own changes, nor operators what is about them",
                .caution)
            return try line(
                "  add a third operator first: gatehouse operator create NAME --user-id N --duties watch,approve", .dim)
        }
        try line("nobody else has the duty approve, so it waits for ever unless you", .caution)
        try line("  add an operator: gatehouse operator create NAME --user-id N --duties watch,approve", .dim)
        try line(
            "  or, in an emergency, apply it by break-glass, for a while: "
                + "gatehouse policy break-glass apply --draft \(draft.number)", .dim)
    }
}

extension PolicyEdit {
    var verb: String { before == nil ? "created" : after == nil ? "deleted" : "changed" }

    var summary: PolicyTree {
        .map([.init("item", .text(key.description)), .init("change", .text(verb))])
    }
}

extension PolicyItem {
    /// The item with its kind and name, every field, and what the store knows of it: what `--json` prints.
    func named(with remark: ItemRemark?) -> PolicyTree {
        var members: [PolicyTree.Member] = [
            .init("kind", .text(key.kind.rawValue)), .init("name", .text(key.name)),
        ]
        if case .map(let fields) = tree(.full).content { members += fields }
        return .map(members + (remark?.members ?? []))
    }
}
