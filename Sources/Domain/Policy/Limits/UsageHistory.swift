/// What a key used in the last seven windows in which it used anything, for a limit that follows what is usual.
///
/// The usual is the median, and windows that are still to come count as nothing: a new key stands at the floor until it
/// has been there for four windows, and so long takes each further step upwards. Only what was admitted counts; what
/// was refused never makes a limit grow.
struct UsageHistory: Sendable {
    static let windows = 7

    private var ring = InlineArray<7, Int64>(repeating: 0)
    private(set) var count = 0
    /// Units of the window that is on.
    private(set) var current: Int64
    /// When that ends: on the monotonic clock in nanoseconds, for a calendar window on the wall in microseconds.
    private(set) var end: Int64
    /// Of the window that is on.
    private(set) var limit: Int64

    /// Past windows with the oldest first.
    init(past: some Sequence<Int64> = [], current: Int64 = 0, end: Int64, adaptive: LimitRule.Adaptive) {
        self.current = current
        self.end = end
        limit = adaptive.floor
        for units in past { push(units) }
        limit = Self.limit(usual: usual, adaptive)
    }

    mutating func add(_ units: Int64) { current += units }

    /// Begins a window that ends then.
    mutating func begin(until end: Int64, _ adaptive: LimitRule.Adaptive) {
        self.end = end
        // An hour of the night says nothing of what is usual by day.
        guard current > 0 else { return }
        push(current)
        current = 0
        limit = Self.limit(usual: usual, adaptive)
    }

    /// The oldest first.
    var past: [Int64] { (max(0, count - Self.windows)..<count).map { ring[$0 % Self.windows] } }

    private mutating func push(_ units: Int64) {
        ring[count % Self.windows] = max(0, units)
        count += 1
        // So that it never ends, and stays the same modulo the windows.
        if count == 4 * Self.windows { count = 2 * Self.windows }
    }

    /// The median of seven, where windows that the key hasn't had yet stand as nothing.
    private var usual: Int64 {
        var sorted = ring
        for end in 1..<Self.windows {
            var place = end
            while place > 0, sorted[place] < sorted[place - 1] {
                sorted.swapAt(place, place - 1)
                place -= 1
            }
        }
        return sorted[Self.windows / 2]
    }

    private static func limit(usual: Int64, _ adaptive: LimitRule.Adaptive) -> Int64 {
        let (product, overflow) = usual.multipliedReportingOverflow(by: adaptive.percent)
        guard !overflow else { return adaptive.ceiling }
        return min(max(product / 100, adaptive.floor), adaptive.ceiling)
    }
}

/// Histories by number, in an array that is used again.
struct UsageHistories: ~Copyable, Sendable {
    private var histories: [UsageHistory] = []
    private var free: [Int32] = []

    subscript(number: Int32) -> UsageHistory {
        get { histories[Int(number)] }
        _modify { yield &histories[Int(number)] }
    }

    mutating func insert(_ history: UsageHistory) -> Int32 {
        if let number = free.popLast() {
            histories[Int(number)] = history
            return number
        }
        histories.append(history)
        return Int32(histories.count - 1)
    }

    mutating func remove(_ number: Int32) {
        if number >= 0 { free.append(number) }
    }
}
