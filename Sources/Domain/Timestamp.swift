/// A moment in UTC, as microseconds since 1970-01-01T00:00:00Z; leap seconds are not counted (POSIX).
package struct Timestamp: Hashable, Comparable, Sendable, BitwiseCopyable {
    package var microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    package init(seconds: Int64) {
        // Log lines choose this number, so it saturates rather than trapping.
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        self.microseconds = overflow ? (seconds < 0 ? .min : .max) : product
    }

    package static let distantPast = Timestamp(microseconds: .min)
    package static let distantFuture = Timestamp(microseconds: .max)

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microseconds < right.microseconds
    }

    /// Whole seconds since the epoch, rounded down.
    package var second: Int64 { microseconds.dividedDown(by: 1_000_000) }

    package var day: Day { Day(number: microseconds.dividedDown(by: Day.microseconds)) }

    package func advanced(by microseconds: Int64) -> Timestamp {
        let (sum, overflow) = self.microseconds.addingReportingOverflow(microseconds)
        return Timestamp(microseconds: overflow ? (microseconds < 0 ? .min : .max) : sum)
    }

    /// The start of the step-second interval that holds this moment; steps count from the epoch.
    package func rounded(downToSeconds step: Int64) -> Timestamp {
        Timestamp(seconds: second.dividedDown(by: step) * step)
    }
}

/// A UTC day, counted from 1970-01-01.
package struct Day: Hashable, Comparable, Sendable, BitwiseCopyable {
    package static let microseconds: Int64 = 86_400_000_000

    package var number: Int64

    package init(number: Int64) {
        self.number = number
    }

    package var start: Timestamp { Timestamp(seconds: number * 86_400) }
    package var end: Timestamp { Timestamp(seconds: (number + 1) * 86_400) }

    package static func < (left: Day, right: Day) -> Bool { left.number < right.number }
}

extension Int64 {
    /// The quotient rounded towards negative infinity, so that moments before 1970 fall into the right interval.
    package func dividedDown(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
