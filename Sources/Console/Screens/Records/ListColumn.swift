package import Terminal

/// A column of a list of the policy or of records.
package struct ListColumn: ChoosableColumn {
    /// The field's name, which the filter and exports know it by too.
    package let id: String
    package let explanation: CleanText
    package var name: CleanText { table.title }
    package let table: TableColumn
    let role: StyleRole
    let isNumber: Bool
    /// Whether it is shown before anybody chose.
    let isStandard: Bool

    /// - Parameter more: Whether it is shown only to those who ask for it.
    init(
        _ field: String, _ explanation: CleanText, title: CleanText? = nil, width: ColumnWidth, drop: Int = 0,
        role: StyleRole = .text, isNumber: Bool = false, more: Bool = false
    ) {
        id = field
        self.explanation = explanation
        table = TableColumn(
            title ?? CleanText(field), width: width, align: isNumber ? .right : .left, dropOrder: drop,
            truncation: .end)
        self.role = role
        self.isNumber = isNumber
        isStandard = !more
    }

    package static func == (left: Self, right: Self) -> Bool { left.id == right.id }
}

extension ColumnSet<ListColumn> {
    init(_ all: [ListColumn]) { self.init(all, shown: all.filter(\.isStandard)) }
}
