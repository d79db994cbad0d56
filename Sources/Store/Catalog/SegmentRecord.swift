import Domain
import Foundation
import GRDB

/// What the catalog knows of a segment.
struct SegmentRecord: Equatable {
    var id: SegmentID
    var count: Int64
    var earliest: Timestamp
    var latest: Timestamp
    var isSealed: Bool
    /// The hash of its last batch.
    var head: [UInt8]

    static let all = "SELECT day, part, count, earliest, latest, sealed, head FROM segments ORDER BY day, part"

    init(_ row: Row) {
        id = SegmentID(day: Day(number: row[0]), part: row[1])
        count = row[2]
        earliest = Timestamp(microseconds: row[3])
        latest = Timestamp(microseconds: row[4])
        isSealed = row[5]
        head = Array(row[6] as Data)
    }

    init(_ writer: SegmentWriter) {
        id = writer.id
        count = writer.count
        earliest = Timestamp(microseconds: writer.earliest)
        latest = Timestamp(microseconds: writer.latest)
        isSealed = writer.isSealed
        head = writer.head
    }

    /// Whether it holds any event of a window.
    func overlaps(_ window: TimeWindow) -> Bool {
        earliest < window.end && latest >= window.start
    }

    /// Whether all its events are in a window.
    func isInside(_ window: TimeWindow) -> Bool {
        window.start <= earliest && latest < window.end
    }
}
