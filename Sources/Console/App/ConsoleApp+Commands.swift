import Domain
import Terminal

extension ConsoleApp {
    mutating func perform(_ command: GlobalCommand) -> [Effect] {
        switch command {
        case .overview: return go(to: .overview)
        case .traffic: return go(to: .traffic)
        case .clients: return go(to: .clients)
        case .roles: return go(to: .roles)
        case .scopes: return go(to: .scopes)
        case .routes: return go(to: .routes)
        case .quotas: return go(to: .quotas)
        case .tokens: return go(to: .tokens)
        case .audit: return go(to: .audit)
        case .operators: return go(to: .operators)
        case .history: return go(to: .history)
        case .drafts: return go(to: .drafts)
        case .why: return explainNewest()
        case .tryOut: return visit(.tryOut)
        case .accessReview: return visit(.accessReview)
        case .discovered: return visit(.discovered)
        case .filter: return open(.filter)
        case .back: return goBack()
        case .pause: return togglePause()
        case .palette: return open(.palette)
        case .help: return open(.help)
        case .export: return open(.export)
        case .theme: return open(.themes)
        case .unread: return open(.unread)
        case .utc:
            showsUTC.toggle()
            context.zone = showsUTC ? .utc : settings.zone
            let zone = context.zone.abbreviation(at: context.now)
            return carryOut([.notify(Notice(.info, "times are in \(zone)\(showsUTC ? "" : ", as on this machine")"))])
        case .mouse:
            usesMouse.toggle()
            let text = usesMouse ? "the console has the mouse; shift selects text" : "the terminal has the mouse"
            return [.useMouse(usesMouse)] + carryOut([.notify(Notice(.info, text))])
        case .redraw: return [.redraw]
        case .suspend: return [.suspend]
        case .quit: return leave()
        }
    }

    private mutating func togglePause() -> [Effect] {
        context.pause =
            context.pause == nil
            ? ScreenContext.Pause(now: context.now, snapshot: context.snapshot, policy: context.policy) : nil
        // Pausing keeps what is on the screen; going on shows the present at once.
        guard context.pause == nil else { return [] }
        return changeScreen { $0.refresh(in: $1) }
    }

    mutating func open(_ kind: OverlayKind) -> [Effect] {
        switch kind {
        case .palette:
            overlay = .menu(Menu(purpose: .commands, palette: Palette(title: "commands", entries: paletteEntries)))
        case .help: overlay = .help(scroll: 0)
        case .filter:
            var prompt = FilterPrompt(text: context.filterText, history: filterHistory)
            return update(&prompt)
        case .columns:
            guard let choices = screens[current]?.columnChoices, !choices.isEmpty else { return [] }
            overlay = .menu(.columns(choices, glyphs: glyphs))
        case .themes: overlay = .menu(.themes(settings.themes, current: theme))
        case .narrow(let event, let excludes): overlay = .menu(.narrow(event, excludes: excludes))
        case .export:
            guard screens[current]?.hasExport(in: context) == true else {
                notice = (Notice(.info, "this screen has nothing to export"), context.now)
                return []
            }
            overlay = .export(ExportPrompt(suggestion: "gatehouse-\(current.rawValue).csv"))
        case .unread:
            overlay = .unread(UnreadView())
            return [.ask(.unread(limit: 1000))]
        case .review(let request): return review(request)
        case .rename(let key): overlay = .rename(RenamePrompt(key))
        case .undo: return startUndo()
        case .revoke(let targets): return startRevoking(RevocationSelection(targets))
        case .revokeSelection(let selection): return startRevoking(selection)
        case .revokeMenu(let choices): return openRevokeMenu(choices)
        case .reason(let purpose): overlay = .reason(ReasonDialog(purpose))
        }
        return []
    }

    /// Every command of the screen and of the console, with why it can't be given now.
    private var paletteEntries: [Palette.Entry] {
        let reasons = screens[current]?.disabledReasons(in: context) ?? [:]
        let own = screens[current]?.entries(settings) ?? []
        let screenEntries = own.map { entry in
            Palette.Entry(
                id: "screen." + entry.id, name: entry.name, help: entry.help,
                key: entry.keys.first?.label(glyphs) ?? .empty, disabledReason: reasons[entry.id])
        }
        let globalEntries = globalKeymap.entries.map { entry in
            Palette.Entry(
                id: "global." + entry.id, name: entry.name, help: entry.help,
                key: entry.keys.first?.label(glyphs) ?? .empty)
        }
        return screenEntries + globalEntries
    }

    // MARK: - Keys in overlays

    mutating func pressInOverlay(_ key: Key, _ overlay: Overlay) -> [Effect] {
        switch overlay {
        case .menu(let menu): return press(key, in: menu)
        case .help(let scroll):
            return pressInHelp(key, scroll: scroll)
        case .filter(let prompt): return press(key, in: prompt)
        case .export(let prompt): return press(key, in: prompt)
        case .review(let page): return press(key, in: page)
        case .revoke(let dialog): return press(key, in: dialog)
        case .conflict(let page): return press(key, in: page)
        case .reason(let dialog): return press(key, in: dialog)
        case .rename(let prompt): return press(key, in: prompt)
        case .leave: return pressInLeaving(key)
        case .unread(var view):
            if key == .escape || key == "q" {
                self.overlay = nil
            } else if view.handle(key) {
                self.overlay = .unread(view)
            }
            return []
        }
    }

    private mutating func pressInHelp(_ key: Key, scroll: Int) -> [Effect] {
        let page = max(1, size.height - 8)
        switch key {
        case .down, "j": overlay = .help(scroll: min(longestHelpScroll, scroll + 1))
        case .up, "k": overlay = .help(scroll: max(0, scroll - 1))
        case .pageDown, " ": overlay = .help(scroll: min(longestHelpScroll, scroll + page))
        case .pageUp: overlay = .help(scroll: max(0, scroll - page))
        default: overlay = nil
        }
        return []
    }

    private mutating func press(_ key: Key, in menu: Menu) -> [Effect] {
        var menu = menu
        switch key {
        case .escape:
            overlay = nil
            guard case .themes(let before) = menu.purpose, before != theme else { return [] }
            theme = before
            return [.useTheme(before)]
        case .enter:
            guard let entry = menu.palette.selected else { return [] }
            return choose(entry, in: menu)
        default:
            guard menu.palette.handle(key) else { return [] }
            let effects = followRevoking(in: &menu)
            overlay = .menu(menu)
            guard effects.isEmpty else { return effects }
            guard case .themes = menu.purpose, let name = menu.palette.selected?.id, name != theme else { return [] }
            theme = name
            return [.useTheme(name)]
        }
    }

    private mutating func choose(_ entry: Palette.Entry, in menu: Menu) -> [Effect] {
        var menu = menu
        switch menu.purpose {
        case .columns:
            screens[current]?.toggleColumn(entry.id)
            menu.palette.entries = Menu.entries(of: screens[current]?.columnChoices ?? [])
            overlay = .menu(menu)
            return []
        case .themes:
            overlay = nil
            theme = entry.id
            notice = (Notice(.done, "theme: \(entry.id) in the configuration keeps it"), context.now)
            return [.useTheme(entry.id)]
        case .narrow(let event, let excludes):
            overlay = nil
            guard let term = Menu.term(entry.id, of: event, excludes: excludes) else { return [] }
            return carryOut([.show(current, adding: [term])])
        case .revoke(let choices):
            overlay = nil
            guard let index = Int(entry.id), choices.indices.contains(index) else { return [] }
            return revoke(choices[index])
        case .commands:
            overlay = nil
            if let reason = entry.disabledReason {
                notice = (Notice(.info, reason.text), context.now)
                return []
            }
            if entry.id.hasPrefix("revoke.") {
                guard let index = Int(entry.id.dropFirst("revoke.".count)), menu.revocations.indices.contains(index)
                else { return [] }
                return revoke(menu.revocations[index])
            }
            return perform(paletteID: entry.id)
        }
    }

    private mutating func perform(paletteID id: String) -> [Effect] {
        let name = String(id.drop { $0 != "." }.dropFirst())
        if id.hasPrefix("global.") {
            return GlobalCommand(rawValue: name).map { perform($0) } ?? []
        }
        return changeScreen { screen, context in screen.perform(named: name, in: context) ?? [] }
    }

    private mutating func press(_ key: Key, in prompt: ExportPrompt) -> [Effect] {
        var prompt = prompt
        switch key {
        case .escape:
            overlay = nil
        case .enter:
            guard let format = prompt.format else {
                prompt.problem = "the name must end in .csv or .json"
                overlay = .export(prompt)
                return []
            }
            overlay = nil
            guard let view = screens[current]?.exportView(in: context) else { return [] }
            notice = (Notice(.info, "writing \(prompt.input.text)…"), context.now)
            return [.export(Export(view: view, format: format, path: prompt.input.text))]
        default:
            guard prompt.handle(key) else { return [] }
            overlay = .export(prompt)
        }
        return []
    }

    private mutating func press(_ key: Key, in prompt: FilterPrompt) -> [Effect] {
        var prompt = prompt
        switch key {
        case .escape:
            overlay = nil
            return [.cancel(.count)] + changeScreen { $0.refresh(in: $1) }
        case .enter:
            guard prompt.error == nil, let filter = prompt.filter else {
                prompt.showsError = true
                overlay = .filter(prompt)
                return []
            }
            overlay = nil
            prompt.input.remember()
            filterHistory = prompt.input.history
            context.filter = filter
            context.filterText = filter == .everything ? "" : prompt.input.text
            return changeScreen { $0.refresh(in: $1) }
        default:
            guard prompt.handle(key) else { return [] }
            return update(&prompt)
        }
    }

    /// Reads the prompt's text anew and asks for what it needs to complete it and to count its matches.
    mutating func update(_ prompt: inout FilterPrompt) -> [Effect] {
        let missing = prompt.read(context: context, known: knownValues)
        var effects = missing.map { Effect.ask(.values($0.field, prefix: $0.prefix)) }
        if let query = prompt.countQuery(context), query != prompt.countedQuery {
            prompt.countedQuery = query
            prompt.count = nil
            effects.append(.ask(.count(query)))
        }
        overlay = .filter(prompt)
        return effects
    }
}
