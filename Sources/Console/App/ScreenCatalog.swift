import Terminal

extension ScreenName {
    /// The one place, besides its own folder, that knows a screen's type.
    func makeScreen(_ settings: ConsoleSettings) -> any Screen {
        switch self {
        case .overview: OverviewScreen()
        case .traffic: TrafficScreen(columns: settings.columns)
        case .clients: ItemScreen<ClientListing>()
        case .roles: ItemScreen<RoleListing>()
        case .scopes: ItemScreen<ScopeListing>()
        case .routes: ItemScreen<RouteListing>()
        case .quotas: ItemScreen<QuotaListing>()
        case .tokens: TokensScreen()
        case .audit: AuditScreen()
        case .history: HistoryScreen()
        case .drafts: DraftsScreen()
        case .operators: ItemScreen<OperatorListing>()
        case .why: WhyScreen()
        case .tryOut: TryScreen()
        case .accessReview: AccessReviewScreen()
        case .discovered: DiscoveredScreen()
        }
    }
}

// Keymaps of screens whose type isn't known where they are used.
extension Screen {
    func keymap(_ settings: ConsoleSettings) -> Keymap<Command> {
        settings.keys.isEmpty ? Self.keymap : Self.keymap.rebinding(settings.keys).keymap
    }

    /// Carries out the command that the key is bound to; nil when it is bound to none.
    mutating func press(_ key: Key, _ settings: ConsoleSettings, in context: ScreenContext) -> [Effect]? {
        guard let command = keymap(settings).command(for: key) else { return nil }
        return attempt(command, in: context)
    }

    /// Carries out the command of this name; nil when there is none.
    mutating func perform(named name: String, in context: ScreenContext) -> [Effect]? {
        guard let command = Command(rawValue: name) else { return nil }
        return attempt(command, in: context)
    }

    private mutating func attempt(_ command: Command, in context: ScreenContext) -> [Effect] {
        if let reason = disabledReason(for: command, in: context) { return [.notify(Notice(.info, reason))] }
        return perform(command, in: context)
    }

    func entries(_ settings: ConsoleSettings) -> [KeymapEntry] { keymap(settings).entries }

    func disabledReasons(in context: ScreenContext) -> [String: CleanText] {
        var reasons: [String: CleanText] = [:]
        for command in Command.allCases {
            if let reason = disabledReason(for: command, in: context) { reasons[command.rawValue] = CleanText(reason) }
        }
        return reasons
    }
}

extension Keymap {
    /// What a footer says of keys while something is being written.
    func hints(_ glyphs: Glyphs) -> [(key: CleanText, name: CleanText)] {
        entries.filter { $0.footerPriority != nil && !$0.isHidden }
            .sorted { ($0.footerPriority ?? 0) < ($1.footerPriority ?? 0) }
            .map { ($0.keys.first?.label(glyphs) ?? .empty, $0.name) } + [("alt-1…8", "screens")]
    }
}
