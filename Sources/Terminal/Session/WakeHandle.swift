internal import CTerminal
import Glibc

/// Wakes the session's thread from any other; many calls before it looks become one event.
package final class WakeHandle: Sendable {
    let descriptor: Int32

    init() throws(TerminalError) {
        descriptor = ct_event_open()
        guard descriptor >= 0 else { throw .system(operation: "eventfd", code: errno) }
    }

    deinit {
        close(descriptor)
    }

    package func wake() {
        ct_event_signal(descriptor)
    }

    func clear() {
        ct_event_clear(descriptor)
    }
}
