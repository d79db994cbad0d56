import Domain

/// Neighbouring days that the catalog has added up, so that a long window opens few files.
///
/// It answers for its days only while their segments are exactly those that it was made from.
struct SegmentGroup: Equatable {
    /// Days in a group; its first one divides by this, counted from 1970.
    static let span: Int64 = 8

    /// A segment as it was when it was added up.
    struct Member: Equatable {
        var id: SegmentID
        var count: Int64
        /// The hash of its last batch.
        var head: [UInt8]
    }

    /// Never given again, so that what is read under it belongs together.
    var id: Int64
    var first: Day
    var days: Int64
    var members: [Member]

    /// The first day of the group that a day belongs to.
    static func first(of day: Day) -> Day { Day(number: day.number.dividedDown(by: span) * span) }

    func holds(_ day: Day) -> Bool { day >= first && day.number < first.number + days }

    /// Whether it was made from these segments, and from no others.
    func stands(for segments: [SegmentRecord]) -> Bool {
        members == segments.map(Member.init) && segments.allSatisfy(\.isSealed)
    }

    /// Its days, for a person.
    var name: String {
        let dates = [first.start, first.start.advanced(by: (days - 1) * Day.microseconds)].map { RFC3339.text($0) }
        return dates.map { String($0.prefix(10)) }.joined(separator: " to ")
    }
}

extension SegmentGroup.Member {
    init(_ record: SegmentRecord) {
        id = record.id
        count = record.count
        head = record.head
    }
}
