package import Domain
package import Terminal

/// One of the console's screens, as a value: keys become commands, commands change the value, and whatever has to
/// happen outside comes back as effects.
package protocol Screen: Sendable {
    associatedtype Command: KeyCommand
    static var name: ScreenName { get }
    static var keymap: Keymap<Command> { get }

    mutating func perform(_ command: Command, in context: ScreenContext) -> [Effect]
    mutating func receive(_ message: Message, in context: ScreenContext) -> [Effect]
    /// Called when the screen comes to the front, and when filter, pause or time zone changed under it.
    mutating func refresh(in context: ScreenContext) -> [Effect]
    /// Called once a second while the screen is in front.
    mutating func tick(in context: ScreenContext) -> [Effect]
    /// Leaves the innermost thing that is open on the screen; nil when nothing is.
    mutating func goBack(in context: ScreenContext) -> [Effect]?
    mutating func resize(to area: Rect)

    /// Why a command can't be given now, in a few words; nil when it can.
    func disabledReason(for command: Command, in context: ScreenContext) -> String?
    func draw(into frame: inout Frame, in area: Rect, context: ScreenContext)
    /// What an export of the screen writes; nil when there is nothing.
    func exportView(in context: ScreenContext) -> Export.View?
    /// Whether there is something, without putting it together.
    func hasExport(in context: ScreenContext) -> Bool
    /// What stands at the right of the filter: a count of what it matches.
    func filterNote(in context: ScreenContext) -> CleanText
    /// Shows an event, which the filter matches.
    mutating func show(_ event: EventPosition, in context: ScreenContext) -> [Effect]
    /// The event that one would want to come back to; nil at the newest.
    var place: EventPosition? { get }
    /// The columns that can be chosen; none for a screen without a choice.
    var columnChoices: [ColumnChoice] { get }
    mutating func toggleColumn(_ id: String)

    /// Whether it shows traffic, and has nothing to show before there is any.
    static var needsTraffic: Bool { get }
    /// Whether keys are text now, and not commands.
    var isTyping: Bool { get }
    /// Takes a key while `isTyping`.
    mutating func type(_ key: Key, in context: ScreenContext) -> [Effect]
    /// Takes pasted text while `isTyping`.
    mutating func paste(_ text: String, in context: ScreenContext) -> [Effect]
    /// What the footer says while `isTyping`.
    func typingHints(_ glyphs: Glyphs) -> [(key: CleanText, name: CleanText)]
    /// Whether something was written and not applied.
    var hasUnsavedChanges: Bool { get }
    /// The filter of a screen that has one of its own; nil for those that share the traffic's.
    var ownFilter: OwnFilter? { get }
    /// Brings a thing into sight, by its name.
    mutating func show(named name: String, in context: ScreenContext) -> [Effect]
    /// Opens a form in which a change is written down already.
    mutating func propose(_ edit: PolicyEdit, in context: ScreenContext) -> [Effect]
    /// Throws away what was written of things that are to stay as others have them.
    mutating func drop(_ keys: Set<ItemKey>, in context: ScreenContext) -> [Effect]
}

extension Screen {
    package static var needsTraffic: Bool { true }
    package var isTyping: Bool { false }
    package mutating func type(_ key: Key, in context: ScreenContext) -> [Effect] { [] }
    package mutating func paste(_ text: String, in context: ScreenContext) -> [Effect] { [] }
    package func typingHints(_ glyphs: Glyphs) -> [(key: CleanText, name: CleanText)] { [] }
    package var hasUnsavedChanges: Bool { false }
    package var ownFilter: OwnFilter? { nil }
    package mutating func show(named name: String, in context: ScreenContext) -> [Effect] { refresh(in: context) }
    package mutating func propose(_ edit: PolicyEdit, in context: ScreenContext) -> [Effect] { [] }
    package mutating func drop(_ keys: Set<ItemKey>, in context: ScreenContext) -> [Effect] { [] }
    package mutating func show(_ event: EventPosition, in context: ScreenContext) -> [Effect] { [] }
    package var place: EventPosition? { nil }
    package func hasExport(in context: ScreenContext) -> Bool { exportView(in: context) != nil }
    package var columnChoices: [ColumnChoice] { [] }
    package mutating func toggleColumn(_ id: String) {}
}

/// The filter of a screen that isn't about traffic.
package struct OwnFilter: Sendable {
    var text: String
    /// While it is being typed.
    var prompt: ListPrompt?
}

/// The screens there are, in the order of their tabs.
package enum ScreenName: String, CaseIterable, Sendable {
    case overview, traffic, clients, roles, scopes, routes, quotas, tokens, audit, operators, history, drafts
    case why, tryOut = "try", accessReview = "review", discovered

    package var title: CleanText {
        switch self {
        case .overview: "Overview"
        case .traffic: "Traffic"
        case .clients: "Clients"
        case .roles: "Roles"
        case .scopes: "Scopes"
        case .routes: "Routes"
        case .quotas: "Quotas"
        case .tokens: "Tokens"
        case .audit: "Audit"
        case .operators: "Operators"
        case .history: "History"
        case .drafts: "Drafts"
        case .why: "Why"
        case .tryOut: "Try"
        case .accessReview: "Access review"
        case .discovered: "Discovered"
        }
    }

    /// The key of its tab; nil for pages that have none.
    package var tabKey: CleanText? {
        switch self {
        case .overview: "1"
        case .traffic: "2"
        case .clients: "3"
        case .roles: "4"
        case .scopes: "5"
        case .routes: "6"
        case .quotas: "7"
        case .tokens: "8"
        case .audit: "0"
        case .operators, .history, .drafts, .why, .tryOut, .accessReview, .discovered: nil
        }
    }

    /// The screen that lists things of a kind; nil for the settings.
    static func listing(_ kind: ItemKind) -> ScreenName? {
        switch kind {
        case .settings: nil
        case .scope: .scopes
        case .role: .roles
        case .route: .routes
        case .tier, .quota: .quotas
        case .client: .clients
        case .operator: .operators
        }
    }

    static let tabs = allCases.filter { $0.tabKey != nil }
}

/// What all screens share: the moment, the store's state, the filter and the pause.
package struct ScreenContext: Sendable {
    package var now: Timestamp
    package var zone: TimeZoneTable
    package var status: StoreStatus?
    package var snapshot: TrafficSnapshot
    package var filter: Filter
    package var filterText: String
    /// The requests that Traffic shows alone, as a review's effect gave them; nil for all.
    var chosen: ChosenRequests?
    package var pause: Pause?
    package var policy = PolicyStanding.opening
    /// Whether it is the screen in front that is told; only that one may ask for something.
    var isInFront = true
    /// Why nothing can be changed from this console; nil when duties alone decide.
    package var readOnlyReason: String?

    /// The moment and the extent of the store that a paused console keeps showing.
    package struct Pause: Equatable, Sendable {
        package var now: Timestamp
        package var snapshot: TrafficSnapshot
        package var policy = PolicyStanding.opening
    }

    package init(now: Timestamp, zone: TimeZoneTable) {
        self.now = now
        self.zone = zone
        snapshot = TrafficSnapshot(lengths: [:])
        filter = .everything
        filterText = ""
    }

    /// The moment that the screen shows: the present, or the one at which it was paused.
    var shownNow: Timestamp { pause?.now ?? now }

    /// The policy that lists show: the one in force, or the one of when it was paused.
    var shownPolicy: PolicyStanding { pause.flatMap { $0.policy.state == nil ? nil : $0.policy } ?? policy }

    /// Whether a list stays as it is: it was read, and the console is paused.
    func isFrozen(_ rows: some Collection) -> Bool { pause != nil && !rows.isEmpty }

    /// Events that arrived since the pause; nil when not paused.
    var newSincePause: Int64? {
        pause.map { snapshot.count - $0.snapshot.count }
    }
}

/// What a screen knows of something it asked for.
package enum Contents<Value: Sendable>: Sendable {
    case loading
    case failed(String)
    case loaded(Value)

    var value: Value? {
        guard case .loaded(let value) = self else { return nil }
        return value
    }
}
