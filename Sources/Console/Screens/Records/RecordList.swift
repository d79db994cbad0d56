import Domain
import Terminal

/// The rows of a screen of records, with their filter, order, marks and selection.
package struct RecordList<Record: ListedRecord>: Sendable {
    /// As they were read, before the filter.
    private(set) var all: [Record] = []
    private(set) var rows: [Record] = []
    private(set) var list = ListState<Record.ID>(newest: .first)
    private(set) var marked: Set<Record.ID> = []
    private(set) var columns = ColumnSet(Record.columns)
    private(set) var prompt: ListPrompt?
    private(set) var filterText = ""
    private var keptFilter = ListFilter.everything
    /// Nil for the order in which they were read.
    private(set) var order: ItemRows.Order?
    /// How far the detail is scrolled while it takes the whole screen.
    private(set) var detailScroll: Int?
    /// What the filter looks at, instead of each record.
    private var searched: FilterColumns?
    private var found = FoundPlaces()
    private var area = Rect(x: 0, y: 0, width: 80, height: 20)

    package init() {}

    /// The one that is typed, or else the one that was.
    var filter: ListFilter { prompt?.filter ?? keptFilter }

    var selected: Record? {
        guard let index = list.index, rows.indices.contains(index) else { return nil }
        return rows[index]
    }

    /// What a command is about: all that are marked, or else the selected one.
    var targets: [Record] {
        marked.isEmpty ? selected.map { [$0] } ?? [] : rows.filter { marked.contains($0.id) }
    }

    // MARK: - Rows

    /// With columns where there are so many that a filter can't look at each: of values that hang on no moment.
    mutating func take(_ records: [Record], columns searched: FilterColumns? = nil, in context: ScreenContext) {
        all = records
        self.searched = searched
        found.forget()
        if !marked.isEmpty { marked.formIntersection(records.map(\.id)) }
        update(in: context)
    }

    /// Filters and sorts anew.
    mutating func update(in context: ScreenContext) {
        rows = sorted(filtered(in: context), in: context)
        list.replaceRows(rows.map(\.id))
    }

    private mutating func filtered(in context: ScreenContext) -> [Record] {
        let filter = filter
        guard filter != .everything else { return all }
        if let searched {
            found.follow(filter, count: all.count) { searched.test(filter).passes }
            return found.places?.map { all[Int($0)] } ?? all
        }
        return all.filter { record in
            filter.matches(values: { record.values(of: $0, in: context) }, texts: { record.texts })
        }
    }

    private func sorted(_ records: [Record], in context: ScreenContext) -> [Record] {
        guard let order else { return records }
        let keyed = records.enumerated().map { index, record in
            let text = record.values(of: order.field, in: context).joined(separator: " ")
            return (index: index, text: text, number: Int64(text) ?? .min)
        }
        let ascending =
            order.isNumber
            ? keyed.sorted { ($0.number, $0.index) < ($1.number, $1.index) }
            : keyed.sorted { ($0.text, $0.index) < ($1.text, $1.index) }
        let sorted = ascending.map { records[$0.index] }
        return order.isDescending ? sorted.reversed() : sorted
    }

    mutating func select(_ id: Record.ID) { list.select(id) }

    /// Marks those in sight that are meant, beside those that are marked.
    mutating func mark(_ isMeant: (Record) -> Bool) { marked.formUnion(rows.filter(isMeant).map(\.id)) }

    mutating func clearMarks() { marked = [] }

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
        if let scroll = detailScroll, let moved = scrolled(scroll, by: command) {
            detailScroll = moved
            return
        }
        switch command {
        case .open:
            detailScroll = detailScroll == nil && selected != nil ? 0 : nil
            layOut()
        case .mark:
            guard let id = selected?.id else { return }
            if marked.remove(id) == nil { marked.insert(id) }
            list.move(by: 1)
        case .clearMarks: marked = []
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
        case .up: list.move(by: -1)
        case .down: list.move(by: 1)
        case .pageUp: list.movePage(by: -1)
        case .pageDown: list.movePage(by: 1)
        case .first: list.moveToFirst()
        case .last: list.moveToLast()
        case .undo, .columns: break
        }
    }

    /// Keeps the detail from being scrolled past its end.
    mutating func limitScroll(of lines: [ItemDetail.Line]) {
        detailScroll = detailScroll.map { min($0, ItemDetailRows.longestScroll(of: lines, in: area)) }
    }

    mutating func toggleColumn(_ id: String) { columns.toggle(id) }

    private func scrolled(_ scroll: Int, by command: ListCommand) -> Int? {
        switch command {
        case .up: max(0, scroll - 1)
        case .down: scroll + 1
        case .pageUp: max(0, scroll - max(1, area.height - 2))
        case .pageDown: scroll + max(1, area.height - 2)
        case .first: 0
        case .last: .max
        case .open, .undo, .mark, .clearMarks, .narrow, .sort, .reverse, .columns: nil
        }
    }

    func disabledReason(for command: ListCommand, in context: ScreenContext) -> String? {
        switch command {
        case .undo: context.reasonAgainst(.edit)
        case .open, .mark: selected == nil ? "nothing is selected" : nil
        case .clearMarks: marked.isEmpty ? "nothing is marked" : nil
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
        } else if !marked.isEmpty {
            marked = []
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
        list.setVisibleRows(max(1, ItemLayout(area, isFull: detailScroll != nil).table.height - 1))
    }
}
