/// What one key used of one quota: a cache line.
struct LimitCounter: Sendable, BitwiseCopyable {
    var key = LimitKey(bits: 0)
    /// Of a rate: grains that its bucket owes. Otherwise units in the window.
    var used: Int128 = 0
    /// The latest monotonic moment that it has seen; calendar: the end of the window, on the wall, in microseconds.
    var time: Int64 = .min
    /// Negative where a slot of the table is free.
    var rule: Int32 = -1
    /// Where a rolling window keeps its admissions.
    var ring = RollingRings.Place.none
    /// Where an adaptive quota keeps what was usual; negative for nowhere.
    var history: Int32 = -1
    /// Rolling: the tick of the first admission in the newest entry of the ring.
    var begun: UInt32 = 0

    var isFree: Bool { rule < 0 }
}

/// The admissions of rolling windows: rings of 4, 16 or 64 entries, taken from arrays that are used again, so that most
/// keys take little and counting allocates nothing once the arrays are there.
struct RollingRings: ~Copyable, Sendable {
    static let most = 64
    private static let sizes = [4, 16, most]

    struct Place: Sendable, BitwiseCopyable {
        var number: Int32
        /// Which of the sizes; negative for no ring.
        var size: Int8
        var first: UInt8 = 0
        var count: UInt8 = 0

        static let none = Place(number: 0, size: -1)

        /// Without the oldest entry.
        mutating func dropFirst() {
            first = UInt8((Int(first) + 1) & (RollingRings.sizes[Int(size)] - 1))
            count -= 1
        }
    }

    struct Entry: Sendable, BitwiseCopyable {
        var tick: UInt32
        var units: UInt32
    }

    private var entries: [[Entry]] = Array(repeating: [], count: sizes.count)
    private var free: [[Int32]] = Array(repeating: [], count: sizes.count)

    /// An entry, the oldest first.
    func entry(_ index: Int, of place: Place) -> Entry {
        entries[Int(place.size)][slot(index, of: place)]
    }

    mutating func append(_ entry: Entry, to place: inout Place) {
        if place.size < 0 { place = Place(number: take(0), size: 0) }
        if Int(place.count) == Self.sizes[Int(place.size)] { enlarge(&place) }
        place.count += 1
        entries[Int(place.size)][slot(Int(place.count) - 1, of: place)] = entry
    }

    /// Adds to the newest entry, which then is as late as this.
    mutating func extendLast(of place: Place, to tick: UInt32, by units: UInt32) {
        let slot = slot(Int(place.count) - 1, of: place)
        let units = entries[Int(place.size)][slot].units &+ units
        entries[Int(place.size)][slot] = Entry(tick: tick, units: units)
    }

    mutating func release(_ place: inout Place) {
        guard place.size >= 0 else { return }
        free[Int(place.size)].append(place.number)
        place = .none
    }

    func isFull(_ place: Place) -> Bool { Int(place.count) == Self.most }

    private func slot(_ index: Int, of place: Place) -> Int {
        let size = Self.sizes[Int(place.size)]
        return Int(place.number) * size + (Int(place.first) + index) & (size - 1)
    }

    private mutating func take(_ size: Int) -> Int32 {
        if let number = free[size].popLast() { return number }
        let number = entries[size].count / Self.sizes[size]
        entries[size].append(contentsOf: repeatElement(Entry(tick: 0, units: 0), count: Self.sizes[size]))
        return Int32(number)
    }

    private mutating func enlarge(_ place: inout Place) {
        let size = Int(place.size) + 1
        var larger = Place(number: take(size), size: Int8(size))
        for index in 0..<Int(place.count) {
            larger.count += 1
            entries[size][slot(index, of: larger)] = entry(index, of: place)
        }
        release(&place)
        place = larger
    }
}
