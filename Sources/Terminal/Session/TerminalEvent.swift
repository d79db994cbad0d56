/// What happened at the terminal, or that a deadline passed.
package enum TerminalEvent: Hashable, Sendable {
    case key(Key)
    /// Text that was pasted, at most 64 kB of it, raw: it never stands for commands.
    case paste(String)
    case mouse(MouseEvent)
    case resize(Size)
    /// Another thread called `WakeHandle.wake()`; several calls may come as one event.
    case wake
    case timeout
    /// Ctrl-C or SIGINT.
    case interrupt
    /// SIGTERM, SIGHUP or SIGQUIT: leave.
    case terminate(signal: Int32)
    /// The terminal has gone away: leave, there is nobody to draw for.
    case hangup
    /// The program was suspended and is back; the whole screen is drawn anew by the next `present`.
    case resumed(Size)
}

/// A click or a turn of the wheel.
package struct MouseEvent: Hashable, Sendable {
    package enum Action: Hashable, Sendable {
        case click, doubleClick, wheelUp, wheelDown
    }

    package let action: Action
    package let point: Point

    package init(_ action: Action, at point: Point) {
        self.action = action
        self.point = point
    }
}

/// Why a session can't start, and what to do.
package enum TerminalError: Error, Hashable, Sendable, CustomStringConvertible {
    case notATerminal
    case notOnMainThread
    case alreadyRunning
    case noTerminfo(term: String)
    case system(operation: String, code: Int32)

    package var description: String {
        switch self {
        case .notATerminal: "standard output is not a terminal"
        case .notOnMainThread: "the console must run on the main thread"
        case .alreadyRunning: "a console is already running in this process"
        case .noTerminfo(let term):
            "no terminal description for TERM=\(CleanText(term, limit: 64)), xterm-256color or vt100;"
                + " install ncurses-base"
        case .system(let operation, let code): "\(operation) failed (errno \(code))"
        }
    }
}
