import Domain
package import Terminal

/// The page on one recorded request: what became of it, what the policy in force says of it, and what would allow it.
package struct WhyScreen: Screen {
    package static let name = ScreenName.why
    package static var keymap: Keymap<WhyCommand> { WhyCommand.keymap }
    package static var needsTraffic: Bool { false }

    let event: AccessEvent?
    private(set) var verdict: TrafficVerdict?
    /// Which of the remedies `e` is about; nil when none of them changes the policy.
    private(set) var chosen: Int?
    private(set) var scroll = 0
    var area = Rect(x: 0, y: 0, width: 80, height: 20)

    init(_ event: AccessEvent? = nil) {
        self.event = event
    }

    private var remedies: [Remedy] { verdict?.explanation.remedies ?? [] }

    /// What `e` writes into a form.
    var edits: [PolicyEdit] { chosen.map { remedies[$0].edits } ?? [] }

    private var client: Name<Client>? {
        guard let verdict, let index = verdict.decision.client else { return nil }
        return verdict.snapshot.client(index).name
    }

    // MARK: - Commands

    package mutating func perform(_ command: WhyCommand, in context: ScreenContext) -> [Effect] {
        switch command {
        case .edit: return propose(in: context)
        case .tryOut: return verdict.map { [.tryOut($0.fact)] } ?? []
        case .next: choose(by: 1)
        case .previous: choose(by: -1)
        case .client: return client.map { [.showItem(.clients, $0.text)] } ?? []
        case .copy: return [.copy(text(context))]
        case .up: scroll = max(0, scroll - 1)
        case .down: scroll = min(longestScroll(context), scroll + 1)
        case .pageUp: scroll = max(0, scroll - max(1, area.height - 3))
        case .pageDown: scroll = min(longestScroll(context), scroll + max(1, area.height - 3))
        case .first: scroll = 0
        }
        return []
    }

    package func disabledReason(for command: WhyCommand, in context: ScreenContext) -> String? {
        if verdict == nil { return "there is no request that the policy can judge" }
        switch command {
        case .edit:
            return context.reasonAgainst(.edit)
                ?? (verdict?.decision.isAllowed == true
                    ? "the policy in force allows it"
                    : edits.isEmpty ? "no change of the policy alone would allow it" : nil)
        case .next, .previous:
            return remedies.count { !$0.edits.isEmpty } < 2 ? "there are no other changes to choose from" : nil
        case .client: return client == nil ? "the policy doesn't know who asked" : nil
        case .tryOut, .copy, .up, .down, .pageUp, .pageDown, .first: return nil
        }
    }

    /// One change of a thing goes into its form; several, or one of what has no form of its own, to a review.
    private func propose(in context: ScreenContext) -> [Effect] {
        guard let edit = edits.first, let state = context.policy.state else { return [] }
        if edits.count == 1, ScreenName.listing(edit.key.kind) != nil { return [.propose(edit)] }
        return [.open(.review(ChangeRequest(edits: edits, basedOn: state.version.number)))]
    }

    private mutating func choose(by step: Int) {
        let choices = remedies.indices.filter { !remedies[$0].edits.isEmpty }
        guard let chosen, let place = choices.firstIndex(of: chosen) else { return }
        self.chosen = choices[(place + step + choices.count) % choices.count]
    }

    // MARK: - Data

    package mutating func refresh(in context: ScreenContext) -> [Effect] {
        guard let event, let state = context.policy.state else {
            (verdict, chosen) = (nil, nil)
            return []
        }
        let before = chosen.map { remedies[$0] }
        verdict = TrafficVerdict(event, state)
        chosen =
            remedies.firstIndex { $0 == before && !$0.edits.isEmpty } ?? remedies.firstIndex { !$0.edits.isEmpty }
        scroll = min(scroll, longestScroll(context))
        return []
    }

    package mutating func receive(_ message: Message, in context: ScreenContext) -> [Effect] {
        guard case .policy = message else { return [] }
        return refresh(in: context)
    }

    package mutating func tick(in context: ScreenContext) -> [Effect] { [] }

    package mutating func goBack(in context: ScreenContext) -> [Effect]? { nil }

    package mutating func resize(to area: Rect) { self.area = area }

    package func exportView(in context: ScreenContext) -> Export.View? { nil }

    package func filterNote(in context: ScreenContext) -> CleanText { .empty }
}
