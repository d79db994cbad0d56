/// The places of a hash table of counters, each a cache line of its own and not halves of two: an array aligns nothing to
/// more than sixteen bytes.
///
/// All that knows of memory: nobody else has the pointer, and each access is held against the bounds.
struct LimitSlots: ~Copyable, @unchecked Sendable {
    private static let lineBytes = 64

    let count: Int
    private let base: UnsafeMutablePointer<LimitCounter>

    /// Free ones.
    init(count: Int) {
        self.count = count
        let bytes = UnsafeMutableRawPointer.allocate(
            byteCount: count * MemoryLayout<LimitCounter>.stride, alignment: Self.lineBytes)
        base = bytes.bindMemory(to: LimitCounter.self, capacity: count)
        base.initialize(repeating: LimitCounter(), count: count)
    }

    deinit { base.deallocate() }

    subscript(slot: Int) -> LimitCounter {
        get {
            precondition(slot >= 0 && slot < count)
            return base[slot]
        }
        set {
            precondition(slot >= 0 && slot < count)
            base[slot] = newValue
        }
    }

}
