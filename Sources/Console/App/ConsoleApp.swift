package import Domain
package import Terminal

/// The whole console as a value: what is on the screen follows from it, and all it wants done comes out as effects.
package struct ConsoleApp: Sendable {
    /// The smallest terminal that the screens are laid out for.
    package static let minimumSize = Size(width: 60, height: 16)
    /// How long a notice stays, in microseconds.
    static let noticeLife: Int64 = 6_000_000

    var settings: ConsoleSettings
    package internal(set) var context: ScreenContext
    var screens: [ScreenName: any Screen] = [:]
    package internal(set) var current: ScreenName
    var overlay: Overlay?
    var history: [Place] = []
    var notice: (notice: Notice, since: Timestamp)?
    var size = Size(width: 80, height: 24)
    var glyphs = Glyphs.unicode
    var theme: String
    var usesMouse = false
    var showsUTC = false
    var filterHistory: [String] = []
    /// The version whose edits were asked for, to take them back.
    var undoing: Int?
    /// What was confirmed, while its outcome isn't known.
    package internal(set) var pending: PolicyAction?
    /// Whether the operator was told that, and wants to leave all the same.
    var leavesAnyway = false
    /// What was asked for the newest request that was denied, to say why.
    var explaining: TrafficQuery?
    /// The token that was looked up, to revoke it.
    var revokingToken: String?
    /// Texts of fields that completion has asked for.
    var knownValues: [FilterPrompt.ValueRequest: [String]] = [:]

    /// Where Esc goes back to.
    struct Place: Sendable {
        var screen: ScreenName
        var filter: Filter
        var filterText: String
        var chosen: ChosenRequests?
        var event: EventPosition?
        /// What was open above the screen.
        var overlay: Overlay?
        /// Whether what that had asked may have given way to other questions.
        var isInterrupted = false

        /// What has to be asked anew when one comes back.
        var lostQuestions: [Question] {
            guard isInterrupted, case .review(let page) = overlay else { return [] }
            return page.openQuestions
        }
    }

    package init(settings: ConsoleSettings, now: Timestamp) {
        self.settings = settings
        current = settings.screen
        theme = settings.theme
        context = ScreenContext(now: now, zone: settings.zone)
        if settings.isReadOnly { context.readOnlyReason = "the console was opened read-only" }
        for name in ScreenName.allCases { screens[name] = name.makeScreen(settings) }
        if let warning = settings.warnings.first {
            let more = settings.warnings.count > 1 ? " (and \(settings.warnings.count - 1) more: gatehouse doctor)" : ""
            notice = (Notice(.warning, warning + more), now)
        }
    }

    // MARK: - Events

    package mutating func start(size: Size, glyphs: Glyphs) -> [Effect] {
        self.glyphs = glyphs
        return resize(to: size) + changeScreen { $0.refresh(in: $1) }
    }

    package mutating func resize(to size: Size) -> [Effect] {
        self.size = size
        let area = ConsoleLayout(size).content
        for name in ScreenName.allCases { screens[name]?.resize(to: area) }
        return changeScreen { $0.refresh(in: $1) }
    }

    /// Moves the clock on; screens may ask for what the new moment calls for.
    package mutating func tick(now: Timestamp) -> [Effect] {
        advance(to: now)
        if let notice, now.microseconds - notice.since.microseconds > Self.noticeLife { self.notice = nil }
        return changeScreen { $0.tick(in: $1) }
    }

    package mutating func advance(to now: Timestamp) {
        context.now = now
    }

    package mutating func press(_ key: Key) -> [Effect] {
        guard !isTooSmall else { return pressUnseen(key) }
        notice = nil
        explaining = nil
        if let overlay {
            // Control-C always leaves, so that nobody is ever caught in a prompt.
            return key == .control("c") ? leave() : pressInOverlay(key, overlay)
        }
        if screens[current]?.isTyping == true {
            if key == .control("c") { return leave() }
            // What is being written waits on its screen.
            if key.modifiers == .alt, let name = globalKeymap.command(for: key)?.screen { return go(to: name) }
            return changeScreen { $0.type(key, in: $1) }
        }
        if let effects = pressOnScreen(key) { return carryOut(effects) }
        guard let command = globalKeymap.command(for: key) else { return [] }
        return perform(command)
    }

    var isTooSmall: Bool { size.width < Self.minimumSize.width || size.height < Self.minimumSize.height }

    /// Nothing is done or written that nobody sees.
    private mutating func pressUnseen(_ key: Key) -> [Effect] {
        if case .leave = overlay, key != .control("c") { return pressInLeaving(key) }
        return key == .control("c") || key == "q" && !isSomethingOpen ? leave() : []
    }

    /// Whether something is open that keys go to.
    var isSomethingOpen: Bool { overlay != nil || screens[current]?.isTyping == true }

    private mutating func pressOnScreen(_ key: Key) -> [Effect]? {
        guard var screen = screens[current] else { return nil }
        defer { screens[current] = screen }
        return screen.press(key, settings, in: context)
    }

    /// Pasted text is text: it goes to an open input, and nowhere else.
    package mutating func paste(_ text: String) -> [Effect] {
        guard !isTooSmall else { return [] }
        switch overlay {
        case .menu(var menu):
            menu.palette.paste(text)
            let effects = followRevoking(in: &menu)
            overlay = .menu(menu)
            return effects
        case .filter(var prompt):
            prompt.input.paste(text)
            return update(&prompt)
        case .export(var prompt):
            prompt.input.paste(text)
            overlay = .export(prompt)
            return []
        case .review(var page):
            page.paste(text)
            overlay = .review(page)
            return []
        case .revoke(var dialog):
            dialog.paste(text)
            overlay = .revoke(dialog)
            return []
        case .reason(var dialog):
            dialog.paste(text)
            overlay = .reason(dialog)
            return []
        case .rename(var prompt):
            prompt.paste(text)
            overlay = .rename(prompt)
            return []
        case nil where screens[current]?.isTyping == true:
            return changeScreen { $0.paste(text, in: $1) }
        case .help, .unread, .conflict, .leave, nil:
            notice = (Notice(.info, "pasted text goes only into an input: press / for the filter first"), context.now)
            return []
        }
    }

    package mutating func mouse(_ event: MouseEvent) -> [Effect] {
        guard !isTooSmall else { return [] }
        return switch event.action {
        case .wheelUp: press(.up) + press(.up) + press(.up)
        case .wheelDown: press(.down) + press(.down) + press(.down)
        case .click, .doubleClick: clickTab(at: event.point)
        }
    }

    private mutating func clickTab(at point: Point) -> [Effect] {
        guard overlay == nil, point.y == ConsoleLayout(size).tabs.y else { return [] }
        return tab(at: point.x).map { go(to: $0) } ?? []
    }

    package mutating func receive(_ message: Message) -> [Effect] {
        switch message {
        case .status(let status, let snapshot):
            context.status = status
            context.snapshot = snapshot
        case .answered(.values(let field, let prefix), .values(let values)):
            knownValues[FilterPrompt.ValueRequest(field: field, prefix: prefix)] = values
            if case .filter(var prompt) = overlay { return update(&prompt) }
        case .answered(.unread, let answer):
            if case .unread(var view) = overlay {
                view.take(answer)
                overlay = .unread(view)
            }
        case .answered(.count(let query), .count(let count)):
            if case .filter(var prompt) = overlay {
                prompt.take(count, for: query)
                overlay = .filter(prompt)
            }
        case .exported(let path, let rows):
            notice = (Notice(.done, "wrote \(rows) \(rows == 1 ? "row" : "rows") to \(path)"), context.now)
        case .notice(let notice):
            self.notice = (notice, context.now)
        case .policy(let standing): context.policy = standing
        case .answered(.page(let query), let answer) where query == explaining: return explain(answer)
        case .answered(let question, let answer):
            let effects = takeInOverlay(answer, to: question)
            if question.slot.takesLong { return effects + changeScreens { $0.receive(message, in: $1) } }
            return effects + changeScreen { $0.receive(message, in: $1) }
        case .acted(let action, let report):
            let effects = take(report, of: action)
            return effects + changeScreens { $0.receive(message, in: $1) }
        }
        // What is written on another screen has to know too.
        if case .policy = message { return countAgain() + changeScreens { $0.receive(message, in: $1) } }
        return changeScreen { $0.receive(message, in: $1) }
    }

    // MARK: - Screens

    var globalKeymap: Keymap<GlobalCommand> {
        settings.keys.isEmpty ? GlobalCommand.keymap : GlobalCommand.keymap.rebinding(settings.keys).keymap
    }

    /// Lets the current screen change and carries out what it asks for.
    mutating func changeScreen(_ change: (inout any Screen, ScreenContext) -> [Effect]) -> [Effect] {
        guard var screen = screens[current] else { return [] }
        let effects = change(&screen, context)
        screens[current] = screen
        return carryOut(effects)
    }

    /// Lets all screens change; only the current one may ask for something.
    mutating func changeScreens(_ change: (inout any Screen, ScreenContext) -> [Effect]) -> [Effect] {
        var context = context
        context.isInFront = false
        for name in ScreenName.allCases where name != current {
            guard var screen = screens[name], !type(of: screen).needsTraffic else { continue }
            _ = change(&screen, context)
            screens[name] = screen
        }
        return changeScreen(change)
    }

    /// Carries out the effects that are the console's own, and passes on the others.
    mutating func carryOut(_ effects: [Effect]) -> [Effect] {
        var outward: [Effect] = []
        for effect in effects {
            switch effect {
            case .show(let name, let terms, let event):
                outward += show(name, adding: terms, selecting: event)
            case .showItem(let name, let item): outward += showItem(name, item)
            case .propose(let edit): outward += propose(edit)
            case .explain(let event): outward += explain(event)
            case .tryOut(let fact): outward += tryOut(fact)
            case .notify(let notice): self.notice = (notice, context.now)
            case .open(let kind): outward += open(kind)
            case .ask, .cancel, .copy, .export, .act, .useTheme, .useMouse, .redraw, .suspend, .quit:
                outward.append(effect)
            }
        }
        return outward
    }

    private mutating func show(_ name: ScreenName, adding terms: [Filter], selecting event: EventPosition?) -> [Effect]
    {
        leaveForNow(for: name)
        if name != history.last?.screen { context.chosen = nil }
        setFilter(context.filter.adding(terms))
        return changeScreen { screen, context in
            event.map { screen.show($0, in: context) } ?? screen.refresh(in: context)
        }
    }

    private mutating func showItem(_ name: ScreenName, _ item: String) -> [Effect] {
        leaveForNow(for: name)
        return changeScreen { $0.show(named: item, in: $1) }
    }

    /// Goes to another screen, from which Esc comes back.
    mutating func leaveForNow(for name: ScreenName) {
        history.append(
            Place(
                screen: current, filter: context.filter, filterText: context.filterText, chosen: context.chosen,
                event: screens[current]?.place, overlay: overlay))
        overlay = nil
        current = name
    }

    mutating func go(to name: ScreenName) -> [Effect] {
        guard name != current else { return [] }
        // A review that one looked behind waits, as a form does.
        let waiting = history.lastIndex { $0.overlay != nil }
        history.removeSubrange((waiting.map { $0 + 1 } ?? 0)...)
        if let place = history.last {
            if place.screen == name { return comeBack(to: history.removeLast()) }
            notice = (Notice(.info, "the review stays open: esc goes back to it"), context.now)
        }
        current = name
        context.chosen = nil
        return changeScreen { $0.refresh(in: $1) }
    }

    mutating func setFilter(_ filter: Filter) {
        context.filter = filter
        context.filterText = filter == .everything ? "" : filter.description
    }

    mutating func goBack() -> [Effect] {
        if var screen = screens[current], let effects = screen.goBack(in: context) {
            screens[current] = screen
            return carryOut(effects)
        }
        if let place = history.popLast() { return comeBack(to: place) }
        guard context.filter != .everything else { return [] }
        setFilter(.everything)
        return changeScreen { $0.refresh(in: $1) }
    }

    private mutating func comeBack(to place: Place) -> [Effect] {
        current = place.screen
        context.filter = place.filter
        context.filterText = place.filterText
        context.chosen = place.chosen
        overlay = place.overlay
        let effects = changeScreen { screen, context in
            place.event.map { screen.show($0, in: context) } ?? screen.refresh(in: context)
        }
        return place.lostQuestions.map { .ask($0) } + effects
    }
}
