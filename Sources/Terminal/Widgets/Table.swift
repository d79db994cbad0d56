// A table draws the rows it is given and knows nothing of those it isn't: the caller hands over the visible slice.

/// How wide a column is; no width depends on values, so that nothing jumps while they change.
package enum ColumnWidth: Hashable, Sendable {
    case fixed(Int)
    /// At least `minimum`; what is left over goes to flexible columns by weight.
    case flexible(Int, weight: Int = 1)

    var minimum: Int {
        switch self {
        case .fixed(let width), .flexible(let width, _): max(0, width)
        }
    }
}

/// A column's title, width and place in line when the screen is narrow.
package struct TableColumn: Hashable, Sendable {
    package let title: CleanText
    package let width: ColumnWidth
    package let alignment: Alignment
    /// Columns with a higher number are dropped first when there isn't room; 0 never is.
    package let dropOrder: Int
    package let truncation: Truncation

    package init(
        _ title: CleanText, width: ColumnWidth, align alignment: Alignment = .left, dropOrder: Int = 0,
        truncation: Truncation = .end
    ) {
        self.title = title
        self.width = width
        self.alignment = alignment
        self.dropOrder = dropOrder
        self.truncation = truncation
    }
}

/// What stands in one place of a table.
package enum TableCell: Hashable, Sendable {
    case text(CleanText, Style = Style(.text))
    case pieces([Piece])
    /// A bar from 0 to 1, and text to its right.
    case meter(Double, StyleRole, label: CleanText = .empty)
    case sparkline([Double?], StyleRole)

    package static let empty = TableCell.text(.empty)
}

/// The visible rows of a list in columns, one of them selected.
package struct Table: Sendable {
    package var columns: [TableColumn]
    /// Only the visible rows, each with a cell per column.
    package var rows: [[TableCell]]
    /// The selected one among `rows`.
    package var selectedRow: Int?
    /// Whether the table has the focus: the hardware cursor sits on its selected row.
    package var isFocused: Bool
    package var sort: (column: Int, ascending: Bool)?
    package var showsHeader = true
    /// Columns of the screen scrolled out on the left.
    package var scrollColumns = 0
    /// The style of the message shown when there are no rows, and the message.
    package var placeholder: CleanText = .empty

    package init(
        columns: [TableColumn], rows: [[TableCell]], selectedRow: Int? = nil, isFocused: Bool = true,
        sort: (column: Int, ascending: Bool)? = nil
    ) {
        self.columns = columns
        self.rows = rows
        self.selectedRow = selectedRow
        self.isFocused = isFocused
        self.sort = sort
    }

    /// The rows that fit `rect`, for the slice that the caller fetches.
    package static func visibleRows(in rect: Rect, showsHeader: Bool = true) -> Int {
        max(0, rect.height - (showsHeader ? 1 : 0))
    }

    package func draw(into frame: inout Frame, in rect: Rect) {
        TablePainter(table: self, rect: rect).draw(into: &frame)
    }
}
