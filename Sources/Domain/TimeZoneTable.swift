/// The offsets of a time zone over time, as data, so that showing local time needs no system call.
package struct TimeZoneTable: Hashable, Sendable {
    package struct Transition: Hashable, Sendable {
        /// From this moment on.
        package var time: Timestamp
        /// Seconds east of UTC.
        package var offset: Int
        /// As in `CET`.
        package var abbreviation: String

        package init(time: Timestamp, offset: Int, abbreviation: String) {
            self.time = time
            self.offset = offset
            self.abbreviation = abbreviation
        }
    }

    package static let utc = TimeZoneTable(transitions: [])

    /// In ascending order of time; before the first, the first applies; without any, UTC.
    package let transitions: [Transition]

    package init(transitions: [Transition]) {
        self.transitions = transitions.sorted { $0.time < $1.time }
    }

    /// Seconds east of UTC.
    package func offset(at time: Timestamp) -> Int { transition(at: time)?.offset ?? 0 }

    package func abbreviation(at time: Timestamp) -> String { transition(at: time)?.abbreviation ?? "UTC" }

    package func civil(_ time: Timestamp) -> CivilTime { CivilTime(time, offset: offset(at: time)) }

    private func transition(at time: Timestamp) -> Transition? {
        var low = 0
        var high = transitions.count
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle].time <= time { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? transitions[low - 1] : transitions.first
    }
}
