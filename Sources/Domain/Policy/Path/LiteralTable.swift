/// The literal segments of a policy's patterns, each with a number from 1, found by their bytes.
struct LiteralTable: Sendable {
    private struct Slot: Sendable, BitwiseCopyable {
        var key = SegmentKey()
        /// 0 is free.
        var number: UInt32 = 0
    }

    /// All literals, one after the other; literal n lies from `bounds[n - 1]` up to `bounds[n]`.
    private var bytes: [UInt8] = []
    private var bounds: [UInt32] = [0]
    /// At the places that the keys name, or at the next ones that are free.
    private var slots = [Slot](repeating: Slot(), count: 16)

    var count: Int { bounds.count - 1 }

    /// The number of a literal, which gets one when it has none.
    mutating func number(of literal: String) -> UInt32 {
        let key = SegmentKey(literal)
        let utf8 = Array(literal.utf8)
        let known = find(key, utf8.span, 0, utf8.count)
        if known != 0 { return known }
        if count * 2 >= slots.count { enlarge() }
        bytes += utf8
        bounds.append(UInt32(bytes.count))
        let number = UInt32(count)
        insert(Slot(key: key, number: number))
        return number
    }

    /// The number of the segment between two indices; 0 when no pattern names it.
    ///
    /// The key is that of the decoded segment; the bytes between the indices are still percent-encoded.
    func find(_ key: SegmentKey, _ target: Span<UInt8>, _ start: Int, _ end: Int) -> UInt32 {
        let slots = slots.span
        var place = Self.place(key, slots.count)
        while true {
            let slot = slots[place]
            guard slot.number != 0 else { return 0 }
            if slot.key == key, key.isExact || isEqual(slot.number, target, start, end) { return slot.number }
            place = (place + 1) & (slots.count - 1)
        }
    }

    private func isEqual(_ number: UInt32, _ target: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        var place = Int(bounds[Int(number) - 1])
        let last = Int(bounds[Int(number)])
        var index = start
        while index < end {
            guard place < last else { return false }
            var byte = target[index]
            if byte == Byte.percent {
                byte = PathEscape.octet(target, index) ?? 0
                index += 2
            }
            guard bytes[place] == byte else { return false }
            index += 1
            place += 1
        }
        return place == last
    }

    private mutating func enlarge() {
        let old = slots
        slots = [Slot](repeating: Slot(), count: old.count * 2)
        for slot in old where slot.number != 0 { insert(slot) }
    }

    private mutating func insert(_ slot: Slot) {
        var place = Self.place(slot.key, slots.count)
        while slots[place].number != 0 { place = (place + 1) & (slots.count - 1) }
        slots[place] = slot
    }

    private static func place(_ key: SegmentKey, _ size: Int) -> Int {
        Int(truncatingIfNeeded: key.hash) & (size - 1)
    }
}
