import Terminal

/// Where the parts of the Traffic screen are.
struct TrafficLayout {
    /// Rows of the pane under the table, its header included; 0 when there is no room for it.
    static let paneHeight = 7

    let table: Rect
    /// Empty when the screen is too low or the detail takes it all.
    let pane: Rect
    let full: Rect

    init(_ area: Rect, detail: TrafficScreen.Detail) {
        switch detail {
        case .full:
            table = area.split(top: 0).top
            pane = table
            full = area
        case .pane:
            let height = area.height >= 16 ? Self.paneHeight : 0
            (table, pane) = area.split(bottom: height)
            full = area.split(top: 0).top
        }
    }

    var tableRows: Int { max(1, Table.visibleRows(in: table)) }
}
