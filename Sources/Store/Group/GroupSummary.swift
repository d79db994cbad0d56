// What the segments of a group add up to, as the catalog stores it.
//
//     header = as in a segment's summary
//     hours  = counts, as in a summary's list; the key is the hour, counted from the start of the group
//     lists  = for each list the counts and latencies of a summary, under the items' numbers; eight bytes of hash for
//              each item; and the places of the names
//     places = for each segment of the group, in order: how many items it is the first to have ‖ for each of these its
//              key there, as its distance from the one before
//
// Items are numbered from 0, those of the first segment first, in the order of their keys there.

import Domain

struct GroupSummary: Equatable {
    var header: [UInt8]
    var hours: [UInt8]
    /// The lists that aren't empty, by what `SummaryTree.listID` says for summary 0.
    var lists: [Int64: [UInt8]]

    /// Calls back with where the name of each item stands, in the items' order; false when the blob is damaged.
    static func readPlaces(
        _ blob: UnsafeRawBufferPointer, of members: [SegmentGroup.Member], _ body: (ItemDirectory.Origin) -> Void
    ) -> Bool {
        var reader = VariableReader(blob)
        for member in members {
            guard !reader.isAtEnd else { break }
            var left = reader.number()
            var key: UInt64 = 0
            while left > 0, reader.isIntact {
                key &+= reader.number()
                left -= 1
                if reader.isIntact { body(ItemDirectory.Origin(segment: member.id, key: key)) }
            }
        }
        return reader.isIntact && reader.isAtEnd
    }
}
