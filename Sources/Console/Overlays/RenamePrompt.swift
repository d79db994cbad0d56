import Domain
import Terminal

/// Asks for another name of a thing of the policy; everything that refers to it changes with it, after a review.
struct RenamePrompt: Sendable {
    enum Step {
        case typing
        case cancelled
        case review(ChangeRequest)
    }

    private let key: ItemKey
    private var input: TextInput
    private var problem: String?

    init(_ key: ItemKey) {
        self.key = key
        input = TextInput(key.name)
    }

    mutating func handle(_ key: Key, state: PolicyState?) -> Step {
        switch key {
        case .escape: return .cancelled
        case .enter: return finish(state)
        default:
            if input.handle(key) { problem = nil }
            return .typing
        }
    }

    mutating func paste(_ text: String) { input.paste(text) }

    private mutating func finish(_ state: PolicyState?) -> Step {
        guard let state else { return .typing }
        do throws(RenamingError) {
            let edits = try state.policy.edits(renaming: key, to: input.text)
            return .review(
                ChangeRequest(.rename(key, to: input.text), edits: edits, basedOn: state.version.number))
        } catch {
            problem = error.description
            return .typing
        }
    }

    func draw(into frame: inout Frame) {
        let width = min(76, max(20, frame.size.width - 8))
        let content = Dialog(CleanText("rename \(key)")).draw(
            into: &frame, contentSize: Size(width: width, height: 3))
        frame.put(
            CleanText(problem ?? "enter reviews it with all that refers to it, esc cancels"),
            at: Point(x: content.x, y: content.y + 2), style: Style(problem == nil ? .dim : .danger, on: .overlay),
            width: content.width)
        input.draw(into: &frame, in: content.row(0))
    }
}
