package import Domain

/// A column of a segment's blocks; the raw value is its number in `columns.id`.
///
/// Every value is stored as a whole number, its code: a text as its id in the dictionary, an outcome as its raw value,
/// a time in microseconds; status as it is; latency and bytes one higher than they are. Code 0 is unknown, except for
/// time and outcome, which are always known.
package struct EventColumn: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) {
        self.rawValue = rawValue
    }

    package static let time = EventColumn(rawValue: 0)
    package static let outcome = EventColumn(rawValue: 1)
    package static let status = EventColumn(rawValue: 2)
    package static let latency = EventColumn(rawValue: 3)
    package static let bytes = EventColumn(rawValue: 4)

    private static let firstText = 5
    package static let count = firstText + TextField.count
    package static let all = (0..<count).map(EventColumn.init(rawValue:))

    package static func text(_ field: TextField) -> EventColumn {
        EventColumn(rawValue: firstText + Int(field.rawValue))
    }

    package static func number(_ field: NumberField) -> EventColumn {
        switch field {
        case .status: .status
        case .latency: .latency
        case .bytes: .bytes
        }
    }

    /// The field of a text column; nil for numbers.
    package var textField: TextField? {
        rawValue < Self.firstText ? nil : TextField(rawValue: UInt8(rawValue - Self.firstText))
    }

    /// Bytes of a value in the canonical form that the hash chain covers.
    var canonicalWidth: Int {
        switch self {
        case .time, .latency, .bytes: 8
        case .status: 2
        case .outcome: 1
        default: 4
        }
    }

    /// What is added to a known value to make its code.
    static func codeOffset(of field: NumberField) -> Int64 {
        switch field {
        case .status: 0
        case .latency, .bytes: 1
        }
    }

    /// Steps in which values often come, so that seconds don't cost the width of microseconds.
    var likelyScales: [Int64] {
        switch self {
        case .time, .latency: [1_000_000, 1000]
        default: []
        }
    }

    /// Latencies and sizes beyond this are stored as this, so that every code fits SQLite's arithmetic.
    static let largestNumber: Int64 = 1 << 53
    /// 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999999Z: what RFC 3339 can say.
    static let times: ClosedRange<Int64> = -62_135_596_800_000_000...253_402_300_799_999_999

    /// The nearest time that can be stored.
    static func storable(_ time: Int64) -> Int64 { min(max(time, times.lowerBound), times.upperBound) }
}
