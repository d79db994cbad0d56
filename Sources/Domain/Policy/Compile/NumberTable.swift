/// Numbers by numbers, in one hash table; 0 stands for none.
struct NumberTable: Sendable {
    private struct Slot: Sendable, BitwiseCopyable {
        var key: UInt64 = 0
        var number: UInt32 = 0
    }

    private var slots = [Slot](repeating: Slot(), count: 16)
    private var count = 0

    func find(_ key: UInt64) -> UInt32 {
        let slots = slots.span
        var place = Self.place(key, slots.count)
        while true {
            let slot = slots[place]
            if slot.key == key || slot.number == 0 { return slot.number }
            place = (place + 1) & (slots.count - 1)
        }
    }

    /// For a key that isn't there yet.
    mutating func insert(_ key: UInt64, _ number: UInt32) {
        if count * 2 >= slots.count {
            let old = slots
            slots = [Slot](repeating: Slot(), count: old.count * 2)
            for slot in old where slot.number != 0 { place(slot) }
        }
        place(Slot(key: key, number: number))
        count += 1
    }

    private mutating func place(_ slot: Slot) {
        var place = Self.place(slot.key, slots.count)
        while slots[place].number != 0 { place = (place + 1) & (slots.count - 1) }
        slots[place] = slot
    }

    private static func place(_ key: UInt64, _ size: Int) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> 32) & (size - 1)
    }
}
