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
    /// What an export of the screen writes.
    func exportView(in context: ScreenContext) -> Export.View
    /// What stands at the right of the filter: a count of what it matches.
    func filterNote(in context: ScreenContext) -> CleanText
    /// Shows an event, which the filter matches.
    mutating func show(_ event: EventPosition, in context: ScreenContext) -> [Effect]
    /// The event that one would want to come back to; nil at the newest.
    var place: EventPosition? { get }
    /// The columns that can be chosen; none for a screen without a choice.
    var columnChoices: [ColumnChoice] { get }
    mutating func toggleColumn(_ id: String)
}

extension Screen {
    package mutating func show(_ event: EventPosition, in context: ScreenContext) -> [Effect] { [] }
    package var place: EventPosition? { nil }
    package var columnChoices: [ColumnChoice] { [] }
    package mutating func toggleColumn(_ id: String) {}
}

/// A column that can be shown or not.
package struct ColumnChoice: Hashable, Sendable {
    package var id: String
    package var help: CleanText
    package var isShown: Bool

    package init(id: String, help: CleanText, isShown: Bool) {
        self.id = id
        self.help = help
        self.isShown = isShown
    }
}

/// The screens there are, in the order of their tabs.
package enum ScreenName: String, CaseIterable, Sendable {
    case overview, traffic

    package var title: CleanText {
        switch self {
        case .overview: "Overview"
        case .traffic: "Traffic"
        }
    }
}

/// What all screens share: the moment, the store's state, the filter and the pause.
package struct ScreenContext: Sendable {
    package var now: Timestamp
    package var zone: TimeZoneTable
    package var status: StoreStatus?
    package var snapshot: TrafficSnapshot
    package var filter: Filter
    package var filterText: String
    package var pause: Pause?

    /// The moment and the extent of the store that a paused console keeps showing.
    package struct Pause: Equatable, Sendable {
        package var now: Timestamp
        package var snapshot: TrafficSnapshot
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
