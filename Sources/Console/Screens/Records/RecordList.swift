import Domain
import Terminal

/// The rows of a screen of records, with their filter, order, marks and selection.
package struct RecordList<Record: ListedRecord>: Sendable {
    private var sight = RecordsInSight<Record>()
    private(set) var marks = RowMarks()
    private(set) var columns = ColumnSet(Record.columns)
    private(set) var prompt: ListPrompt?
    private(set) var filterText = ""
    private var keptFilter = ListFilter.everything
    /// Nil for the order in which they were read.
    private(set) var order: ItemRows.Order?
    /// How far the detail is scrolled while it takes the whole screen.
    private(set) var detailScroll: Int?
    private var area = Rect(x: 0, y: 0, width: 80, height: 20)
    /// Whether the operator did something since they were read.
    private var isOutdated = false

    package init() {}

    /// As they were read, before the filter.
    var all: RowsInOrder<Record> { sight.all }

    var rows: RowsInOrder<Record> { sight.rows }

    var table: RecordTable<Record> { sight.table }

    /// The places in the table that are of account; nil for all.
    var left: [Int32]? { sight.left }

    var list: ListState<Int32> { sight.list }

    /// The one that is typed, or else the one that was.
    var filter: ListFilter { prompt?.filter ?? keptFilter }

    var selected: Record? { list.index.map { rows[$0] } }

    /// What a command is about: all in sight that are marked, or else the selected one.
    var targets: [Record] {
        marks.isEmpty
            ? selected.map { [$0] } ?? [] : list.ids.filter { marks[$0] }.map { table.records[Int($0)] }
    }

    /// Whether there is something that a command is about.
    var hasTargets: Bool { marks.isEmpty ? list.index != nil : marks.contains(anyOf: list.ids) }

    /// All that are marked, in sight or not.
    var marked: [Record] { marks.places.map { table.records[Int($0)] } }

    // MARK: - Rows

    /// Whether they stay as they are: the console is paused, and what was done since was done by others.
    func isFrozen(in context: ScreenContext) -> Bool { !isOutdated && context.isFrozen(all) }

    /// Calls for reading them anew, also while the console is paused.
    mutating func outdate() { isOutdated = true }

    mutating func take(_ records: [Record], in context: ScreenContext) {
        take(RecordTable(records), leaving: nil, in: context)
    }

    /// - Parameter left: The places that are of account; nil for all.
    mutating func take(_ table: RecordTable<Record>, leaving left: [Int32]?, in context: ScreenContext) {
        isOutdated = false
        let names = Set(marked.map(\.id))
        sight.take(table, leaving: left, filter: filter, order: order, in: context)
        marks = RowMarks()
        guard !names.isEmpty else { return }
        for (place, record) in table.records.enumerated() where names.contains(record.id) { marks[Int32(place)] = true }
        if let left { marks.keep(only: left) }
    }

    /// Takes no account of any but these places any more.
    mutating func keep(_ left: [Int32], in context: ScreenContext) {
        marks.keep(only: left)
        sight.keep(left, filter: filter, order: order, in: context)
    }

    /// Filters and sorts anew.
    mutating func update(in context: ScreenContext) { sight.update(filter: filter, order: order, in: context) }

    mutating func select(_ id: Record.ID) { sight.select(id) }

    /// Marks those in sight whose places are meant, beside those that are marked.
    mutating func mark(_ isMeant: (Int32) -> Bool) {
        for place in list.ids where isMeant(place) { marks[place] = true }
    }

    mutating func clearMarks() { marks = RowMarks() }

    mutating func clearFilter(in context: ScreenContext) {
        (keptFilter, filterText, prompt) = (.everything, "", nil)
        update(in: context)
    }

    /// Filters by a text of ours.
    mutating func filter(by text: String, in context: ScreenContext) {
        guard let filter = try? ListFilter(parsing: text, fields: Record.fields) else { return }
        (keptFilter, filterText, prompt) = (filter, text, nil)
        update(in: context)
    }

    // MARK: - Commands

    /// False for those that are not about the list.
    mutating func perform(_ command: ListCommand, in context: ScreenContext) {
        if let scroll = detailScroll, let moved = command.scrolled(scroll, in: area) {
            detailScroll = moved
            return
        }
        switch command {
        case .open:
            detailScroll = detailScroll == nil && selected != nil ? 0 : nil
            layOut()
        case .mark:
            guard let place = list.selection else { return }
            marks[place].toggle()
            sight.list.move(by: 1)
        case .clearMarks: clearMarks()
        case .narrow: prompt = ListPrompt(text: filterText, fields: Record.fields)
        case .sort:
            let columns = columns.shown
            let index = columns.firstIndex { $0.id == order?.field } ?? -1
            // After the last column they stand as they were read again.
            order =
                columns.indices.contains(index + 1)
                ? ItemRows.Order(
                    field: columns[index + 1].id, isNumber: columns[index + 1].isNumber,
                    isDescending: columns[index + 1].isNumber) : nil
            update(in: context)
        case .reverse:
            order?.isDescending.toggle()
            update(in: context)
        case .up: sight.list.move(by: -1)
        case .down: sight.list.move(by: 1)
        case .pageUp: sight.list.movePage(by: -1)
        case .pageDown: sight.list.movePage(by: 1)
        case .first: sight.list.moveToFirst()
        case .last: sight.list.moveToLast()
        case .undo, .columns: break
        }
    }

    /// Keeps the detail from being scrolled past its end.
    mutating func limitScroll(of lines: [ItemDetail.Line]) {
        detailScroll = detailScroll.map { min($0, ItemDetailRows.longestScroll(of: lines, in: area)) }
    }

    mutating func toggleColumn(_ id: String) { columns.toggle(id) }

    func disabledReason(for command: ListCommand, in context: ScreenContext) -> String? {
        switch command {
        case .undo: context.reasonAgainst(.edit)
        case .open, .mark: selected == nil ? "nothing is selected" : nil
        case .clearMarks: marks.isEmpty ? "nothing is marked" : nil
        case .reverse: order == nil ? "they stand as they were read: s sorts" : nil
        case .narrow, .sort, .columns, .up, .down, .pageUp, .pageDown, .first, .last: nil
        }
    }

    /// Leaves the innermost thing that is open; false when nothing is.
    mutating func goBack(in context: ScreenContext) -> Bool {
        if detailScroll != nil {
            detailScroll = nil
            layOut()
        } else if keptFilter != .everything {
            clearFilter(in: context)
        } else if !marks.isEmpty {
            clearMarks()
        } else {
            return false
        }
        return true
    }

    // MARK: - What is typed

    mutating func type(_ key: Key, in context: ScreenContext) {
        guard var prompt else { return }
        switch prompt.handle(key) {
        case .typing: self.prompt = prompt
        case .cancelled: self.prompt = nil
        case .finished(let filter):
            (keptFilter, filterText) = (filter, filter == .everything ? "" : prompt.text)
            self.prompt = nil
        }
        update(in: context)
    }

    mutating func paste(_ text: String, in context: ScreenContext) {
        prompt?.paste(text)
        update(in: context)
    }

    // MARK: - Layout

    mutating func resize(to area: Rect) {
        self.area = area
        layOut()
    }

    private mutating func layOut() {
        sight.list.setVisibleRows(max(1, ItemLayout(area, isFull: detailScroll != nil).table.height - 1))
    }
}
