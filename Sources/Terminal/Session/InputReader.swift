internal import CTerminal
import Glibc

/// Turns what has arrived at the terminal into events: keys, pastes and the mouse.
struct InputReader {
    enum Item {
        case event(TerminalEvent)
        /// Ctrl-Z.
        case suspend
    }

    /// The scalars of a paste that are kept.
    private static let pasteLimit = 64 * 1024
    /// Milliseconds to wait for the rest of a paste whose end doesn't come.
    private static let pastePatience: Int32 = 500

    private let descriptor: Int32
    /// Read while looking for the second half of an Alt key, and not used for it.
    private var pending: ct_input?

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// What has arrived; nil when nothing more has.
    mutating func next() -> Item? {
        while true {
            let input = pending ?? ct_read_key()
            pending = nil
            guard Int(input.kind) != CT_NOTHING else { return nil }
            if Int(input.kind) == CT_KEY {
                switch Int(input.value) {
                case CT_KEY_PASTE_BEGIN: return .event(.paste(paste()))
                case CT_KEY_MOUSE:
                    guard let mouse = mouse() else { continue }
                    return .event(.mouse(mouse))
                default: break
                }
            }
            guard let key = KeyDecoder.key(from: input) else { continue }
            if key == .control("c") { return .event(.interrupt) }
            if key == .control("z") { return .suspend }
            return .event(.key(key == .escape ? afterEscape() : key))
        }
    }

    /// Alt sends ESC before the key, and both arrive together.
    private mutating func afterEscape() -> Key {
        let input = ct_read_key()
        guard Int(input.kind) != CT_NOTHING else { return .escape }
        guard var key = KeyDecoder.key(from: input), key != .escape else {
            pending = input
            return .escape
        }
        key.modifiers.insert(.alt)
        return key
    }

    private mutating func paste() -> String {
        var text = ""
        var count = 0
        while true {
            let input = ct_read_key()
            switch Int(input.kind) {
            case CT_CHARACTER:
                guard count < InputReader.pasteLimit, let scalar = Unicode.Scalar(input.value) else { continue }
                text.unicodeScalars.append(scalar == "\r" ? "\n" : scalar)
                count += 1
            case CT_KEY:
                if Int(input.value) == CT_KEY_PASTE_END { return text }
            default:
                var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                guard poll(&ready, 1, InputReader.pastePatience) > 0, ready.revents & Int16(POLLIN) != 0 else {
                    return text
                }
            }
        }
    }

    private func mouse() -> MouseEvent? {
        var x: Int32 = 0
        var y: Int32 = 0
        let actions: [Int: MouseEvent.Action] = [
            CT_MOUSE_CLICK: .click, CT_MOUSE_DOUBLE: .doubleClick,
            CT_MOUSE_WHEEL_UP: .wheelUp, CT_MOUSE_WHEEL_DOWN: .wheelDown,
        ]
        guard let action = actions[Int(ct_read_mouse(&x, &y))] else { return nil }
        return MouseEvent(action, at: Point(x: Int(x), y: Int(y)))
    }
}
