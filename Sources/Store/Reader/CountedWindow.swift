import Domain

/// A window that was added up, and how far into each segment.
struct CountedWindow {
    var window: TimeWindow
    /// Of each segment the events below this ordinal were looked at.
    var lengths: [SegmentID: Int64] = [:]
    var tally = WindowTally()

    /// How far its edges are from those of another window, in microseconds; nil when little is shared.
    func distance(to other: TimeWindow) -> Double? {
        func gap(_ left: Timestamp, _ right: Timestamp) -> Double {
            (Double(left.microseconds) - Double(right.microseconds)).magnitude
        }
        let distance = gap(window.start, other.start) + gap(window.end, other.end)
        return distance <= gap(other.start, other.end) / 4 ? distance : nil
    }
}
