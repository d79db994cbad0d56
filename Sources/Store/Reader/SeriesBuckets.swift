import Domain

/// The buckets of an Overview's series.
struct SeriesBuckets {
    /// Widths that people can read off an axis, in seconds.
    private static let widths: [Int64] = [
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400,
    ]

    let window: TimeWindow
    let seconds: Int64
    var counts: [OutcomeCounts]

    /// Cuts a window into at most so many buckets.
    ///
    /// The window is widened to start with a whole bucket and to end with a whole second; its last bucket may be shorter.
    init(_ asked: TimeWindow, atMost limit: Int) {
        let limit = Int64(max(1, limit))
        let end = Timestamp(seconds: (asked.end.microseconds - 1).dividedDown(by: 1_000_000) + 1)
        func buckets(_ width: Int64) -> Int64 {
            let start = asked.start.rounded(downToSeconds: width).second
            return (end.second - start + width - 1) / width
        }
        var width = Self.widths.first { buckets($0) <= limit } ?? 0
        if width == 0 {
            let days = (end.second - asked.start.second) / 86_400
            width = max(1, days / limit) * 86_400
            while buckets(width) > limit { width += 86_400 }
        }
        seconds = width
        window = TimeWindow(start: asked.start.rounded(downToSeconds: width), end: end)
        counts = Array(repeating: OutcomeCounts(), count: Int(max(0, buckets(width))))
    }

    func index(of second: Int64) -> Int { Int((second - window.start.second) / seconds) }

    /// The series, with what is known about whether anything was watching.
    func series(coverage: [ClosedRange<Int64>]) -> [Overview.Bucket] {
        var next = coverage[...]
        return counts.enumerated().map { index, counts in
            let start = window.start.advanced(by: Int64(index) * seconds * 1_000_000)
            let end = min(window.end, start.advanced(by: seconds * 1_000_000))
            while let stretch = next.first, stretch.upperBound < start.microseconds { next = next.dropFirst() }
            let isCovered = next.first.map { $0.lowerBound < end.microseconds } ?? false
            return Overview.Bucket(start: start, counts: counts, isCovered: isCovered || counts.requests > 0)
        }
    }
}
