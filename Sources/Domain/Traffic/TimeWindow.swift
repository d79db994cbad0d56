/// A stretch of time that includes its start and not its end.
package struct TimeWindow: Hashable, Sendable, BitwiseCopyable {
    package var start: Timestamp
    package var end: Timestamp

    /// An empty window when the end is before the start.
    package init(start: Timestamp, end: Timestamp) {
        self.start = start
        self.end = max(start, end)
    }

    package static let always = TimeWindow(start: .distantPast, end: .distantFuture)

    /// In seconds.
    package var seconds: Double {
        (Double(end.microseconds) - Double(start.microseconds)) / 1_000_000
    }

    package func contains(_ time: Timestamp) -> Bool { start <= time && time < end }

    /// The window of the same length that ends where this one starts.
    package var before: TimeWindow {
        let (length, overflow) = end.microseconds.subtractingReportingOverflow(start.microseconds)
        guard !overflow else { return TimeWindow(start: .distantPast, end: start) }
        return TimeWindow(start: start.advanced(by: -length), end: start)
    }
}
