import Domain

/// Events of one commit for each second and outcome, until they are added to the stored rates.
struct RateTally {
    static let resolutions: [Int64] = [1, 60, 3600]

    private var seconds = KeyIndex()
    private var counts: [Int] = []
    private static let outcomes = ItemTally.outcomes

    var isEmpty: Bool { seconds.count == 0 }

    mutating func add(times: UnsafeBufferPointer<Int64>, outcomes: UnsafeBufferPointer<Int64>) {
        var second = Int64.min
        var item = 0
        for row in 0..<times.count {
            let time = times[row]
            // Neighbours mostly share their second, and a comparison is cheaper than a division.
            if second == .min || time < second || time >= second + 1_000_000 {
                let number = time.dividedDown(by: 1_000_000)
                second = number * 1_000_000
                item = seconds.index(of: UInt64(bitPattern: number))
                if item * Self.outcomes == counts.count {
                    for _ in 0..<Self.outcomes { counts.append(0) }
                }
            }
            counts[item * Self.outcomes + Int(outcomes[row])] += 1
        }
    }

    mutating func removeAll() {
        self = RateTally()
    }

    /// The counts by interval of a resolution (in seconds), in order of time.
    func rows(resolution: Int64) -> [(time: Int64, counts: [Int])] {
        let order = seconds.keys.enumerated().map { (Int64(bitPattern: $1), $0) }.sorted { $0.0 < $1.0 }
        var rows: [(time: Int64, counts: [Int])] = []
        for (second, item) in order {
            let time = second.dividedDown(by: resolution) * resolution
            if rows.last?.time != time { rows.append((time, Array(repeating: 0, count: Self.outcomes))) }
            for outcome in 0..<Self.outcomes {
                rows[rows.count - 1].counts[outcome] += counts[item * Self.outcomes + outcome]
            }
        }
        return rows
    }
}
