import Domain
import Terminal

/// The matrix of roles and routes on a screen: open or put aside, with the version that it was begun on.
struct MatrixEditor: Sendable {
    private var matrix: RoleMatrix
    private let basedOn: Int
    private(set) var isOpen = true
    private var asksToLeave = false
    private var problem: String?
    private var dropped: Set<ItemKey> = []
    /// Whether nothing of what was changed is to be applied.
    private(set) var isOver = false

    init(_ state: PolicyState, role: String?) {
        matrix = RoleMatrix(roles: state.roles, routes: state.routes, role: role)
        basedOn = state.version.number
    }

    var hasChanges: Bool { matrix.hasChanges }

    /// The same again, if there is something in it that isn't applied.
    func reopened() -> MatrixEditor? {
        guard hasChanges else { return nil }
        var copy = self
        copy.isOpen = true
        return copy
    }

    /// What is kept as others have it isn't to be applied any more.
    mutating func drop(_ keys: Set<ItemKey>) {
        dropped.formUnion(keys)
        if hasChanges, matrix.edits.allSatisfy({ dropped.contains($0.key) }) { isOver = true }
    }

    /// Also on top of what others changed meanwhile, which may stand in the same roles.
    func isDone(with edits: [PolicyEdit]) -> Bool {
        let mine = matrix.edits.filter { !dropped.contains($0.key) }
        return !mine.isEmpty
            && mine.allSatisfy { edit in
                edits.contains { $0.key == edit.key && $0.after?.permissions.isSuperset(of: edit) == true }
            }
    }

    mutating func handle(_ key: Key, in context: ScreenContext) -> [Effect] {
        problem = nil
        if asksToLeave {
            asksToLeave = false
            guard key == "y", let state = context.policy.state else { return [] }
            self = MatrixEditor(state, role: nil)
            isOpen = false
            return []
        }
        switch matrix.handle(key) {
        case .handled, .ignored: return []
        case .leave:
            if hasChanges { asksToLeave = true } else { isOpen = false }
            return []
        case .review(let edits):
            if let reason = context.reasonAgainst(.edit) {
                problem = reason + "; what you changed stays here"
                return []
            }
            return [.open(.review(ChangeRequest(edits: edits, basedOn: basedOn)))]
        }
    }

    mutating func paste(_ text: String) { matrix.paste(text) }

    /// Begins anew on a policy that changed, unless something would be lost.
    mutating func take(_ context: ScreenContext) {
        guard !hasChanges, let state = context.policy.state, state.version.number != basedOn else { return }
        let wasOpen = isOpen
        self = MatrixEditor(state, role: nil)
        isOpen = wasOpen
    }

    func draw(into frame: inout Frame, in area: Rect, context: ScreenContext) {
        var body = area
        if let text = problem ?? (asksToLeave ? "throw away what you changed? y does, any other key stays" : nil) {
            let (rest, line) = area.split(bottom: 1)
            frame.put(
                CleanText(text), at: Point(x: line.x + 1, y: line.y), style: Style(.caution), width: line.width - 2)
            body = rest
        }
        matrix.draw(into: &frame, in: body)
    }
}

extension PolicyItem {
    fileprivate var permissions: Set<Permission> {
        if case .role(let role) = self { Set(role.permissions) } else { [] }
    }
}

extension Set<Permission> {
    /// Whether what an edit adds is among these, and what it takes away isn't.
    fileprivate func isSuperset(of edit: PolicyEdit) -> Bool {
        let (before, after) = (edit.before?.permissions ?? [], edit.after?.permissions ?? [])
        return isSuperset(of: after.subtracting(before)) && isDisjoint(with: before.subtracting(after))
    }
}
