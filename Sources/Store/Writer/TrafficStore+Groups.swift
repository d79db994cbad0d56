import Domain

extension TrafficStore {
    /// Adds up some of the groups whose days are over and sealed. What fails leaves their days to answer one by one.
    func addGroups(atMost limit: Int, now: Timestamp) {
        var added = 0
        for first in ungrouped.sorted() where added < limit && isOver(first, now: now) {
            ungrouped.remove(first)
            do {
                if try addGroup(first) { added += 1 }
            } catch {
                note(error)
            }
        }
    }

    /// Whether no more events of a group's days are expected.
    private func isOver(_ first: Day, now: Timestamp) -> Bool {
        let end = Day(number: first.number + SegmentGroup.span)
        let isOpen = open.keys.contains { $0 >= first && $0 < end }
        return !isOpen && (now.day >= end || open.keys.contains { $0 >= end })
    }

    /// Adds up a group; false when there is nothing to add up, or it can't be done before something else is.
    private func addGroup(_ first: Day) throws -> Bool {
        let segments = try catalog.segments().filter { SegmentGroup.first(of: $0.id.day) == first }
        // Beyond the storable times an event's day isn't that of its time.
        guard segments.count > 1, segments.allSatisfy(\.isSealed), EventColumn.times.contains(first.start.microseconds)
        else { return false }
        try willTake?(.group(first))
        var builder = GroupBuilder(first: first)
        for segment in segments {
            let reader = try SegmentReader(id: segment.id, folder: folder, store: catalog.store)
            try reader.read { try builder.add(reader) }
        }
        try catalog.add(builder.summary, first: first, of: segments)
        return true
    }
}
