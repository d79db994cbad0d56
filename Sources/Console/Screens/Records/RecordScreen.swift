import Domain
package import Terminal

/// A screen of records: a table with a filter, and what is known of the selected one.
package protocol RecordScreen: Screen {
    associatedtype Record: ListedRecord
    var records: RecordList<Record> { get set }
    /// What an empty list says.
    static var placeholder: CleanText { get }
    /// What it says now.
    var emptyText: CleanText { get }
    /// Lines above the table.
    static var bannerHeight: Int { get }

    func banner(in context: ScreenContext, _ glyphs: Glyphs) -> [[Piece]]
    /// Asks for the rows, where they have to be asked for.
    mutating func reload(in context: ScreenContext) -> [Effect]
    /// Asks for other rows where the filter calls for them.
    mutating func filterChanged(in context: ScreenContext) -> [Effect]
    /// Asks for what is to be known of the selected record, when that is another one now, or anew: what was asked for
    /// while the screen was not in front was never told.
    mutating func askDetail(anew: Bool, in context: ScreenContext) -> [Effect]
    func detailTitle(in context: ScreenContext) -> CleanText
    func detailLines(in context: ScreenContext, _ glyphs: Glyphs) -> [ItemDetail.Line]
}

extension RecordScreen {
    package static var needsTraffic: Bool { false }
    package static var bannerHeight: Int { 0 }

    package var emptyText: CleanText { Self.placeholder }

    package func banner(in context: ScreenContext, _ glyphs: Glyphs) -> [[Piece]] { [] }

    package mutating func filterChanged(in context: ScreenContext) -> [Effect] { [] }

    /// Carries out what all lists can do; nil for a command of the screen's own.
    mutating func performListing(_ command: Command, in context: ScreenContext) -> [Effect]? {
        guard let listing = ListCommand(rawValue: command.rawValue) else { return nil }
        if listing == .undo { return [.open(.undo)] }
        if listing == .columns { return [.open(.columns)] }
        records.perform(listing, in: context)
        if records.detailScroll != nil { records.limitScroll(of: detailLines(in: context, .unicode)) }
        return askDetail(anew: false, in: context)
    }

    func listingReason(for command: Command, in context: ScreenContext) -> String? {
        ListCommand(rawValue: command.rawValue).flatMap { records.disabledReason(for: $0, in: context) }
    }

    package mutating func refresh(in context: ScreenContext) -> [Effect] {
        records.update(in: context)
        return reload(in: context) + askDetail(anew: true, in: context)
    }

    package mutating func tick(in context: ScreenContext) -> [Effect] { [] }

    package mutating func goBack(in context: ScreenContext) -> [Effect]? {
        records.goBack(in: context) ? filterChanged(in: context) + askDetail(anew: false, in: context) : nil
    }

    package mutating func resize(to area: Rect) {
        records.resize(to: area.split(top: Self.bannerHeight).rest)
    }

    package var isTyping: Bool { records.prompt != nil }

    package mutating func type(_ key: Key, in context: ScreenContext) -> [Effect] {
        records.type(key, in: context)
        return filterChanged(in: context) + askDetail(anew: false, in: context)
    }

    package mutating func paste(_ text: String, in context: ScreenContext) -> [Effect] {
        records.paste(text, in: context)
        return filterChanged(in: context) + askDetail(anew: false, in: context)
    }

    package func typingHints(_ glyphs: Glyphs) -> [(key: CleanText, name: CleanText)] {
        [("enter", "keep"), ("tab", "complete"), ("esc", "cancel")]
    }

    package var ownFilter: OwnFilter? { OwnFilter(text: records.filterText, prompt: records.prompt) }

    package var columnChoices: [ColumnChoice] { records.columns.choices }

    package mutating func toggleColumn(_ id: String) { records.toggleColumn(id) }

    package func hasExport(in context: ScreenContext) -> Bool { !records.rows.isEmpty }

    /// The rows that are marked, or else all that the filter matches, in their order.
    package func exportView(in context: ScreenContext) -> Export.View? {
        let fields = Record.exported
        let chosen = records.marks.isEmpty ? Array(records.rows) : records.targets
        return .rows(
            header: fields, chosen.map { record in fields.map { record.exportText(of: $0, in: context) } })
    }

    package func filterNote(in context: ScreenContext) -> CleanText {
        let marked = records.marks.count
        let marks: CleanText = marked == 0 ? .empty : CleanText("\(marked) marked, ")
        let total = NumberText.grouped(records.all.count)
        let isWhole = records.rows.count == records.all.count
        return marks + (isWhole ? total : NumberText.grouped(records.rows.count) + " of " + total)
    }
}
