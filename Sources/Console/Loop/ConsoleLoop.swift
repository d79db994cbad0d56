package import Domain
import Glibc
package import Terminal

/// Runs the console on a terminal: events in, effects out, and a picture only when something changed.
package struct ConsoleLoop {
    package enum End: Equatable {
        case quit
        /// SIGTERM and its like.
        case signal(Int32)
        case hangup
    }

    /// Data redraws at most ten times a second; keys, and answers that someone waits for, at most sixty.
    private static let dataInterval = Duration.milliseconds(100)
    private static let keyInterval = Duration.milliseconds(16)
    /// How long after the start or a key someone is taken to wait.
    private static let attention = Duration.milliseconds(500)

    private let session: TerminalSession
    private let backend: any ConsoleBackend
    private let inbox: ConsoleInbox
    private let now: () -> Timestamp
    private let theme: (String) -> Theme?
    private var app: ConsoleApp
    private var lastDrawn = ContinuousClock.now - .seconds(1)
    private var lastInput = ContinuousClock.now
    /// When the next picture is due; nil when nothing changed.
    private var drawDue: ContinuousClock.Instant?
    private var hasQuit = false

    /// `now` tells the wall-clock time; `theme` finds a theme by its name.
    package init(
        session: TerminalSession, app: ConsoleApp, backend: any ConsoleBackend, now: @escaping () -> Timestamp,
        theme: @escaping (String) -> Theme?
    ) {
        self.session = session
        self.app = app
        self.backend = backend
        self.now = now
        self.theme = theme
        inbox = ConsoleInbox(waker: session.waker)
    }

    package mutating func run() -> End {
        backend.start(inbox: inbox)
        defer { backend.stop() }
        app.advance(to: now())
        carryOut(app.start(size: session.size, glyphs: session.glyphs))
        session.present(app.frame())
        var nextTick = ContinuousClock.now + .seconds(1)
        while !hasQuit {
            if let due = drawDue, ContinuousClock.now >= due { draw() }
            let event = session.nextEvent(deadline: min(drawDue ?? nextTick, nextTick))
            app.advance(to: now())
            switch event {
            case .key(let key): reactToInput { $0.press(key) }
            case .paste(let text): reactToInput { $0.paste(text) }
            case .mouse(let mouse): reactToInput { $0.mouse(mouse) }
            case .resize(let size), .resumed(let size): react(within: .zero) { $0.resize(to: size) }
            case .wake:
                let isAwaited = ContinuousClock.now - lastInput < Self.attention
                let interval = isAwaited ? Self.keyInterval : Self.dataInterval
                for message in inbox.takeAll() { react(within: interval) { $0.receive(message) } }
            case .timeout: break
            case .interrupt: return .quit
            case .terminate(let signal): return .signal(signal)
            case .hangup: return .hangup
            }
            if ContinuousClock.now >= nextTick {
                nextTick = ContinuousClock.now + .seconds(1)
                let time = now()
                react(within: Self.dataInterval) { $0.tick(now: time) }
            }
        }
        return .quit
    }

    private mutating func reactToInput(_ change: (inout ConsoleApp) -> [Effect]) {
        lastInput = .now
        react(within: Self.keyInterval, change)
    }

    private mutating func react(within interval: Duration, _ change: (inout ConsoleApp) -> [Effect]) {
        carryOut(change(&app))
        let due = max(ContinuousClock.now, lastDrawn + interval)
        drawDue = drawDue.map { min($0, due) } ?? due
    }

    private mutating func draw() {
        drawDue = nil
        session.present(app.frame())
        lastDrawn = .now
    }

    private mutating func carryOut(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .ask(let question): backend.ask(question)
            case .cancel(let slot): backend.cancel(slot)
            case .export(let export): backend.export(export)
            case .copy(let text):
                let isSent = session.copy([CleanText(text, limit: 8192)])
                let notice =
                    isSent
                    ? Notice(.done, "sent to the terminal's clipboard, if it takes it (OSC 52)")
                    : Notice(.warning, "this terminal has no way to the clipboard, or the text is too long")
                carryOut(app.receive(.notice(notice)))
            case .useTheme(let name):
                guard let theme = theme(name) else { break }
                session.theme = theme
                // A theme without colours needs shapes where another one doesn't.
                app.glyphs = session.glyphs
            case .useMouse(let isOn): session.usesMouse = isOn
            case .redraw: session.redrawAll()
            case .suspend: raise(SIGTSTP)
            case .quit: hasQuit = true
            case .show, .notify, .open:
                // The app carries these out itself.
                break
            }
        }
    }
}
