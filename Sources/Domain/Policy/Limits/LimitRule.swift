/// A quota as numbers that counting needs; any value of a quota makes a rule that is safe to count with.
struct LimitRule: Sendable, BitwiseCopyable {
    enum Algorithm: UInt8, Sendable, BitwiseCopyable {
        case rate
        case rolling
        case calendar
    }

    let algorithm: Algorithm
    let key: Quota.Key
    let unit: Quota.CalendarUnit
    /// Of the resolver's zones.
    let zone: Int32
    /// Units in a window; unused when it is adaptive.
    let limit: Int64
    let adaptive: Adaptive?
    /// The length of a window in nanoseconds; of a calendar window the longest.
    let span: Int64
    /// Of a rate: how much its bucket holds, in grains; `span` grains are a unit.
    let capacity: Int128
    /// Units that a bucket holds.
    let depth: Int64
    let ticks: RollingTicks

    struct Adaptive: Sendable, BitwiseCopyable {
        let percent: Int64
        let floor: Int64
        let ceiling: Int64
    }

    init(_ quota: Quota, zone: Int32) {
        key = quota.key
        self.zone = zone
        limit = Self.units(quota.limit)
        adaptive = quota.adaptive.map { adaptive in
            let ceiling = Self.units(adaptive.ceiling)
            return Adaptive(
                percent: Self.units(adaptive.percent), floor: min(Self.units(adaptive.floor), ceiling), ceiling: ceiling
            )
        }
        switch quota.window {
        case .rate(let seconds):
            (algorithm, unit, span) = (.rate, .hour, Self.nanoseconds(seconds))
        case .rolling(let seconds):
            (algorithm, unit, span) = (.rolling, .hour, Self.nanoseconds(seconds))
        case .calendar(let unit, zone: _):
            (algorithm, self.unit, span) = (.calendar, unit, Self.nanoseconds(unit.longestSeconds))
        }
        depth = 1 + Self.units(quota.burst)
        capacity = Int128(depth) * Int128(span)
        ticks = RollingTicks(span: span, mostUnits: max(limit, adaptive?.ceiling ?? 0))
    }

    /// What a key without a past has in a window.
    var firstLimit: Int64 { adaptive?.floor ?? limit }

    /// A limit beyond 32 bits counts as that many; it is stricter, and far beyond what a process can count to.
    private static func units(_ value: Int) -> Int64 { Int64(min(max(value, 0), Int(UInt32.max))) }

    /// Windows of a second up to ten years.
    private static func nanoseconds(_ seconds: Int) -> Int64 {
        Int64(min(max(seconds, 1), 315_360_000)) * 1_000_000_000
    }
}

extension Quota.CalendarUnit {
    /// With a clock that is set back by an hour, or by a day at the date line.
    var longestSeconds: Int {
        switch self {
        case .hour: 7200
        case .day: 2 * 86_400
        case .month: 32 * 86_400
        }
    }
}

/// How a rolling window measures time: ticks of a power of two of nanoseconds, so that 32 bits hold the age of an
/// admission.
///
/// Of at most `ring.most` units each admission stands for itself. Beyond, admissions within a 63rd of the window become
/// one, at the time of the last: a unit comes back late by that much, and never early.
struct RollingTicks: Sendable, BitwiseCopyable {
    /// A tick is `1 << shift` nanoseconds.
    let shift: Int64
    /// The window in ticks, rounded up; below 2^29, so that the age of what has just left still is a number.
    let window: Int32
    /// Admissions that are less apart than this become one.
    let group: Int32

    init(span: Int64, mostUnits: Int64) {
        var shift: Int64 = 0
        while span >> shift >= (1 << 29) - 1 { shift += 1 }
        self.shift = shift
        window = Int32((span + (1 << shift) - 1) >> shift)
        let groups = Int32(RollingRings.most - 1)
        group = mostUnits <= RollingRings.most ? 1 : max(1, (window + groups - 1) / groups)
    }

    /// The tick at or before a moment.
    func down(_ time: Int64) -> UInt32 { UInt32(truncatingIfNeeded: time >> shift) }

    /// The tick at or after a moment.
    func up(_ time: Int64) -> UInt32 { UInt32(truncatingIfNeeded: (time &+ ((1 << shift) - 1)) >> shift) }

    func nanoseconds(_ ticks: Int32) -> Int64 { Int64(ticks) << shift }
}
