package import Domain
package import Terminal

/// A screen of records that are found by reading some days of traffic, and that one looks through, marks, and puts right
/// in one change.
package protocol SurveyScreen: RecordScreen {
    var survey: Survey { get set }
    /// Whether the policy changed while the console was paused.
    var isBehind: Bool { get set }
    /// How far back it looks.
    static var span: (seconds: Int64, words: String) { get }
    static func question(since: Timestamp) -> PolicyQuestion
    /// Nil for an answer to something else.
    mutating func step(_ answer: PolicyAnswer) -> Survey.Step<Record>?
    /// The places in a table of those about which this policy leaves something to do.
    ///
    /// - Parameter left: Where to look; nil for all.
    func remaining(of table: RecordTable<Record>, among left: [Int32]?, in state: PolicyState) -> [Int32]
    /// What was found, for the line above the table.
    func findings(in requests: Int) -> [Piece]
}

extension SurveyScreen {
    package static var bannerHeight: Int { 1 }

    package var emptyText: CleanText {
        switch survey {
        case .read: Self.placeholder
        case .waiting, .reading, .failed: .empty
        }
    }

    // MARK: - Reading

    mutating func read(in context: ScreenContext) -> [Effect] {
        let since = context.now.rounded(downToSeconds: 60).advanced(by: -Self.span.seconds * 1_000_000)
        survey = .reading(since: since, requests: 0, total: 0)
        return [.ask(.policy(Self.question(since: since)))]
    }

    package mutating func reload(in context: ScreenContext) -> [Effect] { [] }

    /// What is being read goes on while other screens are in front, and arrives all the same.
    package mutating func refresh(in context: ScreenContext) -> [Effect] {
        records.update(in: context)
        guard let state = context.policy.state else { return [] }
        if isBehind { follow(state, in: context) }
        guard case .waiting = survey else { return [] }
        return read(in: context)
    }

    /// Leaves out what others have settled, unless what is shown is to stay.
    private mutating func follow(_ state: PolicyState, in context: ScreenContext, isOwn: Bool = false) {
        isBehind = !isOwn && context.isFrozen(records.all)
        guard !isBehind, case .read = survey else { return }
        let left = remaining(of: records.table, among: records.left, in: state)
        // Mostly the change was about something else.
        if left.count < records.all.count { records.keep(left, in: context) }
    }

    package mutating func receive(_ message: Message, in context: ScreenContext) -> [Effect] {
        switch message {
        case .policy:
            guard let state = context.policy.state else { return [] }
            if case .waiting = survey { return context.isInFront ? read(in: context) : [] }
            follow(state, in: context)
        case .answered(let question, let answer): take(answer, to: question, in: context)
        case .acted(let action, .done):
            if case .change = action { records.clearMarks() }
            if let state = context.policy.state { follow(state, in: context, isOwn: true) }
        case .acted, .status, .exported, .notice: break
        }
        return []
    }

    private mutating func take(_ answer: Answer, to question: Question, in context: ScreenContext) {
        guard case .reading(let since, _, _) = survey, question == .policy(Self.question(since: since)) else { return }
        switch answer {
        case .policy(let answer):
            switch step(answer) {
            case .progress(let requests, let total):
                survey = .reading(since: since, requests: requests, total: total)
            case .found(let table, let requests):
                survey = .read(requests: requests, at: context.now)
                let left = context.policy.state.map { remaining(of: table, among: nil, in: $0) }
                records.take(table, leaving: left?.count == table.records.count ? nil : left, in: context)
            case nil: break
            }
        case .failed(let text): survey = .failed(text)
        case .overview, .page, .count, .values, .unread: break
        }
    }

    package mutating func askDetail(anew: Bool, in context: ScreenContext) -> [Effect] { [] }

    /// Stops the reading before anything else.
    package mutating func goBack(in context: ScreenContext) -> [Effect]? {
        if case .reading(let since, _, _) = survey {
            survey = .failed("the reading was stopped: r begins again")
            return [.cancel(Question.policy(Self.question(since: since)).slot)]
        }
        return records.goBack(in: context) ? [] : nil
    }

    var reasonAgainstReading: String? { survey.isReading ? "it is being read: esc stops" : nil }

    // MARK: - What one does with what was found

    /// Opens the review of a change about all that are marked, or else the selected one.
    func review(_ edits: [PolicyEdit], in context: ScreenContext) -> [Effect] {
        guard let state = context.policy.state else { return [] }
        guard !edits.isEmpty else { return [.notify(Notice(.info, "others have changed it meanwhile"))] }
        return [.open(.review(ChangeRequest(edits: edits, basedOn: state.version.number)))]
    }

    var reasonAgainstCopying: String? { records.rows.isEmpty ? "there is nothing to copy" : nil }

    /// The list as text, a line for each, in columns that a tab divides.
    func copy(in context: ScreenContext) -> [Effect] {
        let lines = records.rows.map { record in
            Record.exported.map { record.exportText(of: $0, in: context) }.joined(separator: "\t")
        }
        return [.copy(lines.joined(separator: "\n"))]
    }

    // MARK: - Words

    package func banner(in context: ScreenContext, _ glyphs: Glyphs) -> [[Piece]] {
        switch survey {
        case .waiting: return [[Piece("the traffic is read when there is a policy", .dim)]]
        case .reading(_, let requests, let total):
            let share: CleanText =
                total == 0 ? "…" : "… " + NumberText.percent(min(1, Double(requests) / Double(total)))
            let what = CleanText("reading the traffic of \(Self.span.words)") + share
            return [[Piece(what, .accent), Piece("   esc stops", .dim)]]
        case .read(let requests, let time):
            let age = CleanText(TimeText.relative(time, now: context.now))
            return [findings(in: requests) + coverage(at: time, in: context) + [Piece(", read " + age, .dim)]]
        case .failed(let text): return [[Piece(CleanText(text), .caution)]]
        }
    }

    /// How much of the time there is traffic of, where that isn't nearly all: what nobody recorded was used by nobody.
    private func coverage(at time: Timestamp, in context: ScreenContext) -> [Piece] {
        guard let status = context.status, let oldest = status.oldest, let newest = status.newest else { return [] }
        let asked = Self.span.seconds * 1_000_000
        let first = max(oldest, time.advanced(by: -asked))
        let covered = max(0, min(newest, time).microseconds - first.microseconds)
        guard covered < asked - asked / 20 else { return [] }
        return [Piece(" (" + NumberText.duration(microseconds: Int(covered)) + " recorded)", .caution)]
    }
}
