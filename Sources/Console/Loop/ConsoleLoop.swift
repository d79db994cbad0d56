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
    /// News that nobody waits for is drawn so much later, together with the answers that it calls for.
    private static let patience = Duration.milliseconds(30)
    /// How long after the start or a key someone is taken to wait.
    private static let attention = Duration.milliseconds(500)
    private static let tickInterval = Duration.seconds(1)
    /// Ticks are at least so far apart when they are moved to where a picture is drawn anyway.
    private static let shortestTick = Duration.milliseconds(400)

    private let session: TerminalSession
    private let backend: any ConsoleBackend
    private let inbox: ConsoleInbox
    private let now: () -> Timestamp
    private let theme: (String) -> Theme?
    private var app: ConsoleApp
    /// What was confirmed and whose outcome isn't known.
    package var pending: PolicyAction? { app.pending }
    private var lastDrawn = ContinuousClock.now - .seconds(1)
    private var lastInput = ContinuousClock.now
    /// When the next picture is due; nil when nothing changed.
    private var drawDue: ContinuousClock.Instant?
    private var lastTick = ContinuousClock.now
    private var nextTick = ContinuousClock.now + tickInterval
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
        (lastTick, nextTick) = (.now, .now + Self.tickInterval)
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
                for message in inbox.takeAll() {
                    if isAwaited {
                        react(within: Self.keyInterval) { $0.receive(message) }
                    } else {
                        reactToNews { $0.receive(message) }
                    }
                }
                if !isAwaited { moveTickHere() }
            case .timeout: break
            // It leaves, unless something was written that would be lost; then a second one does.
            case .interrupt: reactToInput { $0.press(.control("c")) }
            case .terminate(let signal): return .signal(signal)
            case .hangup: return .hangup
            }
            if ContinuousClock.now >= nextTick { tick() }
        }
        return .quit
    }

    private mutating func reactToInput(_ change: (inout ConsoleApp) -> [Effect]) {
        lastInput = .now
        react(within: Self.keyInterval, change)
    }

    private mutating func reactToNews(_ change: (inout ConsoleApp) -> [Effect]) {
        react(within: Self.dataInterval, after: Self.patience, change)
    }

    private mutating func react(
        within interval: Duration, after pause: Duration = .zero, _ change: (inout ConsoleApp) -> [Effect]
    ) {
        carryOut(change(&app))
        let due = max(ContinuousClock.now + pause, lastDrawn + interval)
        drawDue = drawDue.map { min($0, due) } ?? due
    }

    private mutating func tick() {
        (lastTick, nextTick) = (.now, .now + Self.tickInterval)
        let time = now()
        reactToNews { $0.tick(now: time) }
    }

    /// A tick beside news costs no picture of its own.
    private mutating func moveTickHere() {
        if ContinuousClock.now - lastTick >= Self.shortestTick {
            tick()
        } else {
            nextTick = min(.now, lastTick + Self.shortestTick) + Self.tickInterval
        }
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
            case .act(let action): backend.act(action)
            case .copy(let text):
                let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
                let isSent = session.copy(lines.map { CleanText(String($0), limit: 8192) })
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
            case .show, .showItem, .propose, .explain, .tryOut, .notify, .open:
                // The app carries these out itself.
                break
            }
        }
    }
}
