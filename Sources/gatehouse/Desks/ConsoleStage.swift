import Console
import Domain
import Store
import Terminal

/// The console without a terminal and without threads, on a real store: what it asks is answered from there at once, and
/// what is confirmed is done there. For pictures, and for stories in tests.
struct ConsoleStage {
    private(set) var app: ConsoleApp
    private(set) var hasQuit = false
    private let clock: @Sendable () -> Timestamp
    private var session: PolicySession
    private let replays: ReplayDesk
    private let reader: TrafficReader

    /// As who runs this process, unless somebody else is to sit at it.
    init(
        folder: StoreFolder, settings: ConsoleSettings, size: Size, glyphs: Glyphs, filter: String? = nil,
        actor: Actor? = nil, clock: @escaping @Sendable () -> Timestamp = SystemClock.now
    ) throws {
        self.clock = clock
        app = ConsoleApp(settings: settings, now: clock())
        if let filter { try app.useFilter(filter) }
        session = PolicySession(folder: folder, actor: actor, clock: clock)
        replays = ReplayDesk(folder: folder, actor: actor, clock: clock)
        reader = TrafficReader(folder: folder)
        carryOut(app.start(size: size, glyphs: glyphs))
        look()
    }

    /// Tells the console what those would tell who watch the store.
    mutating func look() {
        app.advance(to: clock())
        _ = try? reader.refresh()
        carryOut(app.receive(.status(reader.status(), reader.snapshot())))
        if let standing = session.look() { carryOut(app.receive(.policy(standing))) }
    }

    mutating func press(_ key: Key) {
        app.advance(to: clock())
        carryOut(app.press(key))
    }

    mutating func paste(_ text: String) { carryOut(app.paste(text)) }

    private mutating func carryOut(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .ask(let question): carryOut(app.receive(.answered(question, answer(question))))
            case .act(let action):
                let report = session.carryOut(action)
                if let standing = session.look() { carryOut(app.receive(.policy(standing))) }
                carryOut(app.receive(.acted(action, report)))
            case .quit: hasQuit = true
            case .export(let export): carryOut(app.receive(outcome(of: export)))
            case .cancel, .copy, .useTheme, .useMouse, .redraw, .suspend:
                // These are for a terminal, or for answers that take their time.
                break
            case .show, .showItem, .propose, .explain, .tryOut, .notify, .open:
                // The console carries these out itself.
                break
            }
        }
    }

    private func outcome(of export: Export) -> Message {
        do {
            return .exported(path: export.path, rows: try ExportFile(export).write(from: reader))
        } catch {
            return .notice(Notice(.problem, "\(error)"))
        }
    }

    private mutating func answer(_ question: Question) -> Answer {
        do {
            guard case .policy(let asked) = question else { return try reader.answer(to: question) }
            if let answer = try replays.answer(asked, Cancellation(), progress: { _ in }) { return .policy(answer) }
            return session.answer(question)
        } catch {
            return .failed(reader.folder.text(ofLate: error))
        }
    }
}
