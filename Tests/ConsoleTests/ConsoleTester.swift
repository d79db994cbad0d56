import Console
import Domain
import Terminal

/// A console without a terminal: keys in, pictures out, and questions answered from `SampleTraffic` at once.
struct ConsoleTester {
    private(set) var app: ConsoleApp
    private(set) var questions: [Question] = []
    /// Effects other than questions.
    private(set) var effects: [Effect] = []
    /// Answers to give instead of the sample's.
    var answers: @Sendable (Question) -> Answer? = { SampleTraffic.answer(to: $0) }

    init(
        _ width: Int = 120, _ height: Int = 36, screen: ScreenName = .overview, glyphs: Glyphs = .unicode,
        status: StoreStatus? = SampleTraffic.status, configure: (inout ConsoleSettings) -> Void = { _ in }
    ) {
        var settings = ConsoleSettings(
            theme: "gatehouse-dark",
            themes: [("gatehouse-dark", "Calm dark grey"), ("mono", "No colours"), ("nord", "Arctic blue")],
            zone: SampleTraffic.zone, storePath: "/var/lib/gatehouse")
        settings.screen = screen
        configure(&settings)
        app = ConsoleApp(settings: settings, now: SampleTraffic.now)
        carryOut(app.start(size: Size(width: width, height: height), glyphs: glyphs))
        if let status {
            let snapshot = status.events > 0 ? SampleTraffic.snapshot : TrafficSnapshot(lengths: [:])
            receive(.status(status, snapshot))
        }
    }

    /// Presses keys by their names.
    mutating func press(_ names: String...) {
        for name in names {
            guard let key = Key(name) else { preconditionFailure("no key is called \(name)") }
            carryOut(app.press(key))
        }
    }

    mutating func type(_ text: String) {
        for scalar in text.unicodeScalars { carryOut(app.press(.character(scalar))) }
    }

    /// Enter until it is done; a long page with something dangerous wants to be seen to its end.
    mutating func goThrough() {
        press("enter", "enter")
        for _ in 0..<50 where text.contains("enter goes on") || text.contains("enter confirms it now") {
            press("enter")
        }
    }

    mutating func paste(_ text: String) { carryOut(app.paste(text)) }

    mutating func receive(_ message: Message) { carryOut(app.receive(message)) }

    mutating func resize(_ width: Int, _ height: Int) {
        carryOut(app.resize(to: Size(width: width, height: height)))
    }

    /// So many seconds go by.
    mutating func wait(seconds: Int) {
        for _ in 0..<seconds { carryOut(app.tick(now: app.context.now.advanced(by: 1_000_000))) }
    }

    private mutating func carryOut(_ effects: [Effect]) {
        for effect in effects {
            guard case .ask(let question) = effect else {
                self.effects.append(effect)
                continue
            }
            questions.append(question)
            if let answer = answers(question) { carryOut(app.receive(.answered(question, answer))) }
        }
    }

    var frame: Frame { app.frame() }

    /// The screen's rows without the spaces at their ends.
    var text: String { frame.text }

    func row(_ y: Int) -> String { frame.row(y) }

    /// The row that holds the hardware cursor.
    var cursorRow: String { frame.cursor.map { frame.row($0.y) } ?? "" }

    /// The last traffic page that was asked for.
    var lastPage: TrafficQuery? {
        for case .page(let query) in questions.reversed() { return query }
        return nil
    }

    var lastOverview: OverviewQuery? {
        for case .overview(let query) in questions.reversed() { return query }
        return nil
    }

    mutating func forgetQuestions() { questions = [] }
}

extension SampleTraffic {
    static func answer(to question: Question) -> Answer? {
        switch question {
        case .overview(let query): .overview(overview(query))
        case .page(let query): .page(page(for: query))
        case .count: .count(TrafficCount(matching: 412, total: 68_120, scanned: 68_120))
        case .values(let field, let prefix): .values(values(of: field).filter { $0.hasPrefix(prefix) })
        case .unread: .unread([])
        case .policy: nil
        }
    }

    /// Pages out of 1 000 events.
    private static func page(for query: TrafficQuery) -> TrafficPage {
        let all = (0..<1000).map { event($0) }
        let newestFirst: [AccessEvent] =
            switch query.start {
            case .newest: Array(all.prefix(query.limit))
            case .oldest: Array(all.suffix(query.limit))
            case .before(let position): Array(all.filter { place($0) < position }.prefix(query.limit))
            case .after(let position): Array(all.filter { position < place($0) }.suffix(query.limit))
            }
        let reachedEnd: Bool =
            switch query.start {
            case .newest, .before: newestFirst.last?.id == all.last?.id
            case .oldest, .after: newestFirst.first?.id == all.first?.id
            }
        return TrafficPage(events: newestFirst.reversed(), reachedEnd: reachedEnd)
    }

    private static func place(_ event: AccessEvent) -> EventPosition { EventPosition(time: event.time, id: event.id) }

    private static func values(of field: TextField) -> [String] {
        field == .client ? ["mobile-app", "partner-acme", "svc-billing"] : []
    }
}
