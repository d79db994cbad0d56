// Keys pressed in a console without a terminal, each timed with the frame that follows.

import Console
import Domain
import Terminal

struct ScreenWalk {
    typealias Times = [(name: String, time: Duration)]

    private var app: ConsoleApp
    private let state: PolicyState
    private let tally: UsageTally
    private let size: Size
    /// The slowest of each, by name.
    private(set) var opened: Times = []
    private(set) var typed: Times = []

    /// The tally is what an access review is made of.
    init(_ state: PolicyState, tally: UsageTally, size: Size = Size(width: 120, height: 36)) {
        self.state = state
        self.tally = tally
        self.size = size
        var settings = ConsoleSettings(theme: "mono", themes: [("mono", "")], zone: .utc, storePath: "")
        settings.screen = .overview
        app = ConsoleApp(settings: settings, now: LargePolicy.now)
        _ = app.start(size: size, glyphs: .unicode)
        _ = app.receive(.policy(.ready(state)))
    }

    /// A screen, a page or a form that a key opens.
    mutating func open(_ name: String, _ key: Key) {
        Self.add(timed(key), name, to: &opened)
    }

    /// Keys in a filter, a picker or a field, or moves.
    mutating func type(_ name: String, _ keys: [Key]) {
        for key in keys { Self.add(timed(key), name, to: &typed) }
    }

    mutating func type(_ name: String, _ text: String) { type(name, Self.keys(text)) }

    static func keys(_ text: String) -> [Key] { text.unicodeScalars.map { $0 == " " ? .space : .character($0) } }

    /// Each with its shortest time of several walks over the same.
    static func best(_ walks: [Times]) -> Times {
        guard let first = walks.first else { return [] }
        return first.indices.map { index in
            (first[index].name, walks.map { $0[index].time }.min() ?? .zero)
        }
    }

    static func list(_ times: Times) -> String {
        times.map { "\($0.name) \(Figures.milliseconds($0.time))" }.joined(separator: ", ")
    }

    static func worst(_ times: Times) -> String { Figures.milliseconds(times.map(\.time).max() ?? .zero) }

    /// Throws unless a text is on the screen.
    func expect(_ text: String) throws {
        guard app.frame().text.contains(text) else {
            throw BenchmarkError("the console doesn’t show “\(text)”:\n\(app.frame().text)")
        }
    }

    /// Keys on the way to what is measured.
    mutating func press(_ keys: [Key]) {
        for key in keys { _ = timed(key) }
    }

    /// What arrives, with the picture after it.
    mutating func receive(_ name: String, _ message: Message) {
        let time = measured { _ = $0.receive(message) }
        Self.add(time, name, to: &opened)
    }

    private mutating func timed(_ key: Key) -> Duration {
        var effects: [Effect] = []
        let time = measured { effects = $0.press(key) }
        answer(effects)
        return time
    }

    /// What is known without a store is answered, as its desk would do it meanwhile.
    private mutating func answer(_ effects: [Effect]) {
        for case .ask(let question) in effects {
            switch question {
            case .policy(.callable(let name)):
                guard let index = state.snapshot.client(named: name) else { continue }
                let callable = state.snapshot.callable(by: index)
                receive("what a client may call", .answered(question, .policy(.callable(callable))))
            case .policy(.usage):
                let report = UsageReport(tally, of: state.snapshot, total: 0)
                receive("an access review", .answered(question, .policy(.usage(report))))
            case .policy, .overview, .page, .count, .values, .unread: break
            }
        }
    }

    private mutating func measured(_ change: (inout ConsoleApp) -> Void) -> Duration {
        let start = ContinuousClock.now
        change(&app)
        precondition(app.frame().size == size, "a frame was drawn")
        return ContinuousClock.now - start
    }

    private static func add(_ time: Duration, _ name: String, to list: inout Times) {
        if let index = list.firstIndex(where: { $0.name == name }) {
            list[index].time = max(list[index].time, time)
        } else {
            list.append((name, time))
        }
    }
}
