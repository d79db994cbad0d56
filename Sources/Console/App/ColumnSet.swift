package import Terminal

/// A column that can be shown or not.
package protocol ChoosableColumn: Equatable, Sendable {
    var id: String { get }
    /// What the menu of columns calls it.
    var name: CleanText { get }
    /// What the menu says about it.
    var explanation: CleanText { get }
    var table: TableColumn { get }
}

/// The columns of a list: all that there are, and those that are shown.
package struct ColumnSet<Column: ChoosableColumn>: Sendable {
    let all: [Column]
    private(set) var shown: [Column]
    /// What somebody asked for gives way last where it is narrow.
    private var asked: Set<String> = []

    init(_ all: [Column], shown: [Column]) {
        self.all = all
        self.shown = shown
    }

    var choices: [ColumnChoice] {
        all.map { ColumnChoice(id: $0.id, name: $0.name, help: $0.explanation, isShown: shown.contains($0)) }
    }

    /// A column that comes back stands where it stands among all columns; the last one can't go.
    mutating func toggle(_ id: String) {
        guard let column = all.first(where: { $0.id == id }) else { return }
        if let index = shown.firstIndex(of: column) {
            guard shown.count > 1 else { return }
            shown.remove(at: index)
            asked.remove(id)
        } else {
            func place(_ column: Column) -> Int { all.firstIndex(of: column) ?? 0 }
            let next = shown.firstIndex { place($0) > place(column) }
            shown.insert(column, at: next ?? shown.count)
            asked.insert(id)
        }
    }

    /// The shown ones for a table. What one sorts by has to be seen, and never gives way.
    func tableColumns(sortedBy sorted: String?) -> [TableColumn] {
        shown.map { column in
            let table = column.table
            if column.id == sorted || table.dropOrder == 0 { return table.givingWay(0) }
            return table.givingWay(asked.contains(column.id) ? 1 : table.dropOrder + 1)
        }
    }
}

/// A line of the menu of columns.
package struct ColumnChoice: Hashable, Sendable {
    package var id: String
    package var name: CleanText
    package var help: CleanText
    package var isShown: Bool

    package init(id: String, name: CleanText, help: CleanText, isShown: Bool) {
        self.id = id
        self.name = name
        self.help = help
        self.isShown = isShown
    }
}

extension TableColumn {
    fileprivate func givingWay(_ order: Int) -> TableColumn {
        TableColumn(title, width: width, align: alignment, dropOrder: order, truncation: truncation)
    }
}
