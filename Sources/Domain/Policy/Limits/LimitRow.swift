/// What one key used of one quota, in a form that outlives the process: times are on the wall.
package struct LimitRow: Hashable, Sendable {
    package enum Count: Hashable, Sendable {
        /// A bucket's debt in billionths of a unit, at a moment.
        case rate(owed: Int64, at: Timestamp)
        /// The admissions that still count, the oldest first.
        case rolling([Admission])
        case calendar(used: Int64, until: Timestamp)
    }

    package struct Admission: Hashable, Sendable {
        package var time: Timestamp
        package var units: Int64

        package init(time: Timestamp, units: Int64) {
            self.time = time
            self.units = units
        }
    }

    /// Of an adaptive quota: what the key used in the window that is on, and in those before, the oldest first.
    package struct History: Hashable, Sendable {
        package var past: [Int64]
        package var current: Int64
        package var until: Timestamp

        package init(past: [Int64], current: Int64, until: Timestamp) {
            self.past = past
            self.current = current
            self.until = until
        }
    }

    package var quota: Name<Quota>
    package var key: LimitKey
    package var count: Count
    package var history: History?

    package init(quota: Name<Quota>, key: LimitKey, count: Count, history: History? = nil) {
        self.quota = quota
        self.key = key
        self.count = count
        self.history = history
    }
}
