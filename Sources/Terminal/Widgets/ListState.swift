/// Selection and scroll of a list whose rows come and go: the selection follows the row's identity.
package struct ListState<ID: Hashable & Sendable>: Sendable {
    /// The edge at which new rows arrive, for follow mode.
    package enum Edge: Hashable, Sendable {
        case first, last
    }

    package private(set) var ids: [ID]
    package private(set) var selection: ID?
    /// The index of the topmost visible row.
    package private(set) var offset = 0
    /// Whether the selection sticks to the newest row until the user moves.
    package private(set) var isFollowing: Bool
    /// The rows that fit the screen, as last drawn.
    package private(set) var visibleRows: Int
    private let newest: Edge
    private var selectedIndex: Int?

    package init(ids: [ID] = [], newest: Edge = .last, follows: Bool = false, visibleRows: Int = 1) {
        self.ids = []
        self.newest = newest
        self.visibleRows = max(1, visibleRows)
        isFollowing = follows
        replaceRows(ids)
    }

    /// The index of the selected row; nil when there are no rows.
    package var index: Int? { selectedIndex }

    /// The indices of the rows that are visible.
    package var visibleRange: Range<Int> {
        offset..<min(ids.count, offset + visibleRows)
    }

    /// The selected row's place among the visible ones; nil when it is scrolled out or there is none.
    package var selectedVisibleIndex: Int? {
        guard let selectedIndex, visibleRange.contains(selectedIndex) else { return nil }
        return selectedIndex - offset
    }

    /// Takes new rows. The selected row stays selected and, where it can, on its line of the screen; when it is gone
    /// the row that followed it is selected, or else the one before.
    package mutating func replaceRows(_ newIDs: [ID]) {
        if isFollowing, !newIDs.isEmpty {
            ids = newIDs
            select(index: newest == .last ? newIDs.count - 1 : 0)
        } else {
            let index = selectedIndex.map { Self.survivor(of: ids, at: $0, in: newIDs) }
            replaceRows(newIDs, selecting: index ?? 0)
        }
    }

    /// Takes new rows, of which this one stands for the selected one: it comes to stand on its line of the screen.
    package mutating func replaceRows(_ newIDs: [ID], selecting index: Int) {
        ids = newIDs
        guard !newIDs.isEmpty else {
            selectedIndex = nil
            selection = nil
            offset = 0
            return
        }
        let line = (selectedIndex ?? 0) - offset
        let target = clamped(index, to: 0...(newIDs.count - 1))
        selectedIndex = target
        selection = newIDs[target]
        offset = target - line
        keepOffsetSane()
    }

    /// Where an old row is among new ones, told by what identifies them: itself, or else its follower that is left, or
    /// else the one before.
    package static func survivor<Name: Hashable>(
        of old: some RandomAccessCollection<Name>, at oldIndex: Int, in new: some RandomAccessCollection<Name>
    ) -> Int {
        guard oldIndex < old.count else { return 0 }
        // Mostly nothing moved, or a few rows came or went: look nearby before looking everywhere.
        let wanted = old[old.index(old.startIndex, offsetBy: oldIndex)]
        if oldIndex < new.count, new[new.index(new.startIndex, offsetBy: oldIndex)] == wanted { return oldIndex }
        if let found = new.firstIndex(of: wanted) { return new.distance(from: new.startIndex, to: found) }
        let (oldNames, newNames) = (Array(old), Array(new))
        if let next = place(of: oldIndex, of: oldNames, among: newNames) { return next }
        let places = Dictionary(newNames.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        for name in oldNames[(oldIndex + 1)...] {
            if let place = places[name] { return place }
        }
        for name in oldNames[..<oldIndex].reversed() {
            if let place = places[name] { return place }
        }
        return oldIndex
    }

    /// How many of the rows before an old one are left, where the new rows are nothing but some of the old ones, as after
    /// a filter; nil otherwise. Far cheaper than looking them up when there are a hundred thousand.
    private static func place<Name: Hashable>(
        of oldIndex: Int, of oldIDs: [Name], among newIDs: [Name]
    ) -> Int? {
        guard newIDs.count <= oldIDs.count else { return nil }
        var count = 0
        var before = 0
        for (index, id) in oldIDs.enumerated() {
            if index == oldIndex { before = count }
            if count < newIDs.count, newIDs[count] == id { count += 1 }
        }
        return count == newIDs.count ? before : nil
    }

    /// Tells how many rows fit, before drawing.
    package mutating func setVisibleRows(_ count: Int) {
        visibleRows = max(1, count)
        keepSelectionVisible()
    }

    /// Selects the row with `id`; nothing happens when there is none.
    package mutating func select(_ id: ID) {
        guard let index = ids.firstIndex(of: id) else { return }
        isFollowing = false
        select(index: index)
    }

    /// Moves the selection by `rows`, which ends follow mode; reaching the newest row doesn't start it again.
    package mutating func move(by rows: Int) {
        guard let selectedIndex, !ids.isEmpty else { return }
        isFollowing = false
        let (sum, overflow) = selectedIndex.addingReportingOverflow(rows)
        select(index: clamped(overflow ? (rows < 0 ? 0 : ids.count - 1) : sum, to: 0...(ids.count - 1)))
    }

    package mutating func movePage(by pages: Int) {
        let (rows, overflow) = max(1, visibleRows - 1).multipliedReportingOverflow(by: pages)
        move(by: overflow ? (pages < 0 ? Int.min : Int.max) : rows)
    }

    /// Scrolls as far up as the selection lets it, for lists whose first rows matter most.
    package mutating func scrollUp() {
        offset = 0
        keepSelectionVisible()
    }

    package mutating func moveToFirst() { move(by: Int.min) }

    package mutating func moveToLast() { move(by: Int.max) }

    /// Turns follow mode on, which selects the newest row, or off.
    package mutating func setFollowing(_ follows: Bool) {
        isFollowing = follows
        guard follows, !ids.isEmpty else { return }
        select(index: newest == .last ? ids.count - 1 : 0)
    }

    private mutating func select(index: Int) {
        selectedIndex = index
        selection = ids[index]
        keepSelectionVisible()
    }

    private mutating func keepSelectionVisible() {
        if let selectedIndex {
            if selectedIndex < offset { offset = selectedIndex }
            if selectedIndex >= offset + visibleRows { offset = selectedIndex - visibleRows + 1 }
        }
        keepOffsetSane()
    }

    private mutating func keepOffsetSane() {
        offset = clamped(offset, to: 0...max(0, ids.count - visibleRows))
        guard let selectedIndex else { return }
        if selectedIndex < offset { offset = selectedIndex }
        if selectedIndex >= offset + visibleRows { offset = selectedIndex - visibleRows + 1 }
    }
}
