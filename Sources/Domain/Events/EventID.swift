/// Names one traffic segment: a UTC day, and a part of it when the day was too large for one file.
package struct SegmentID: Hashable, Comparable, Sendable, BitwiseCopyable {
    package var day: Day
    package var part: Int

    package init(day: Day, part: Int) {
        self.day = day
        self.part = part
    }

    package static func < (left: SegmentID, right: SegmentID) -> Bool {
        (left.day, left.part) < (right.day, right.part)
    }
}

/// Names one stored event for good: its segment and its place in the segment's order of arrival, from 0.
package struct EventID: Hashable, Sendable, BitwiseCopyable {
    package var segment: SegmentID
    package var ordinal: Int64

    package init(segment: SegmentID, ordinal: Int64) {
        self.segment = segment
        self.ordinal = ordinal
    }
}

/// An event's place in the order in which traffic is shown: by time, then by segment and arrival.
package struct EventPosition: Hashable, Comparable, Sendable, BitwiseCopyable {
    package var time: Timestamp
    package var id: EventID

    package init(time: Timestamp, id: EventID) {
        self.time = time
        self.id = id
    }

    package static func < (left: EventPosition, right: EventPosition) -> Bool {
        (left.time, left.id.segment, left.id.ordinal) < (right.time, right.id.segment, right.id.ordinal)
    }
}
