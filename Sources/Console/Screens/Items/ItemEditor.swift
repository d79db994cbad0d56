import Domain
import Terminal

/// A form of an item on its screen: open or put aside, with the version that it was begun on.
struct ItemEditor: Sendable {
    private var form: ItemForm
    let original: PolicyItem?
    private let kind: ItemKind
    private let basedOn: Int
    var isOpen = true
    /// Esc was pressed, and something would be lost.
    private var asksToLeave = false
    /// What others did to the same item since.
    private var isOvertaken = false
    private var problem: String?

    init(_ kind: ItemKind, item: PolicyItem?, basedOn: Int, now: Timestamp) {
        form = ItemForm(ItemDraft(kind, item: item, now: now))
        original = item
        self.kind = kind
        self.basedOn = basedOn
    }

    /// A form in which a change is written down already, for somebody to look at and to go on with.
    init(_ edit: PolicyEdit, basedOn: Int, now: Timestamp) {
        var draft = ItemDraft(edit.key.kind, item: edit.before, now: now)
        if let item = edit.after { draft.fill(from: item) }
        if edit.before == nil { draft["name"] = edit.key.name }
        form = ItemForm(draft)
        original = edit.before
        kind = edit.key.kind
        self.basedOn = basedOn
    }

    /// Of the item that is written, once it has a name.
    var key: ItemKey? { original?.key ?? ItemKey(text: "\(kind.rawValue)/\(form.draft.name)") }

    var hasChanges: Bool { form.hasChanges }

    mutating func handle(_ key: Key, in context: ScreenContext) -> [Effect] {
        if asksToLeave {
            asksToLeave = false
            if key == "y" { isOpen = false }
            guard key == "y" else { return [] }
            form = ItemForm(ItemDraft(kind, item: original))
            return []
        }
        problem = nil
        // Without a policy what was written can still be read, and put aside.
        guard let state = context.policy.state else {
            if key == .escape { isOpen = false }
            return []
        }
        form.names = state.names
        switch form.handle(key, policy: state.policy) {
        case .handled, .ignored: return []
        case .leave:
            if form.hasChanges { asksToLeave = true } else { isOpen = false }
            return []
        case .review(let edit):
            if let reason = context.reasonAgainst(.edit) {
                problem = reason + "; what you wrote stays here"
                return []
            }
            return [.open(.review(ChangeRequest(edits: [edit], basedOn: basedOn)))]
        }
    }

    mutating func paste(_ text: String) { form.paste(text) }

    /// The policy changed, or what it takes to change it.
    mutating func take(_ context: ScreenContext) {
        guard let state = context.policy.state, let key else { return }
        isOvertaken = state.policy[key] != original
        form.check(state.policy)
    }

    /// What was written stays; the places that are wrong are shown beside it.
    mutating func take(_ failure: PolicyOutcomeReport.Failure) {
        switch failure {
        case .invalid(let problems): form.remote = problems
        case .conflict, .other: problem = failure.text
        }
    }

    func draw(into frame: inout Frame, in area: Rect, context: ScreenContext) {
        var body = area
        if let (text, role) = message(context) {
            let (rest, line) = body.split(bottom: 1)
            frame.put(text, at: Point(x: line.x + 1, y: line.y), style: Style(role), width: line.width - 2)
            body = rest
        }
        if let state = context.policy.state { form.draw(into: &frame, in: body, policy: state.policy) }
    }

    private func message(_ context: ScreenContext) -> (CleanText, StyleRole)? {
        if asksToLeave { return ("throw away what you wrote? y does, any other key stays", .caution) }
        if let problem { return (CleanText(problem), .danger) }
        if let reason = context.reasonAgainst(.edit) {
            return (CleanText(reason + "; what you wrote stays here"), .caution)
        }
        if isOvertaken { return ("others changed it meanwhile: ctrl-s shows how the two fit", .caution) }
        return nil
    }
}
