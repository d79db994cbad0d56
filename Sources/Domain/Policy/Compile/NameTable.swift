/// The place of each name in a list, found by the name.
///
/// Names come from the policy, so that a hash which anyone can compute does no harm; it is a third of the work of a
/// `Dictionary`, and a large policy has a million references.
struct NameTable: Sendable {
    private struct Slot: Sendable, BitwiseCopyable {
        var key = SegmentKey()
        /// Plus one; 0 is free.
        var number: UInt32 = 0
    }

    private let names: [String]
    private var slots: [Slot]

    init(_ names: [String]) {
        self.names = names
        var size = 16
        while size < names.count * 2 { size *= 2 }
        slots = [Slot](repeating: Slot(), count: size)
        for (index, name) in names.enumerated() {
            let key = SegmentKey(name)
            var place = Self.place(key, size)
            while slots[place].number != 0 { place = (place + 1) & (size - 1) }
            slots[place] = Slot(key: key, number: UInt32(index + 1))
        }
    }

    subscript(name: String) -> UInt32? {
        let key = SegmentKey(name)
        let slots = slots.span
        var place = Self.place(key, slots.count)
        while slots[place].number != 0 {
            let number = slots[place].number - 1
            if slots[place].key == key, key.isExact || names[Int(number)].isExactly(name) { return number }
            place = (place + 1) & (slots.count - 1)
        }
        return nil
    }

    private static func place(_ key: SegmentKey, _ size: Int) -> Int {
        Int(truncatingIfNeeded: key.hash) & (size - 1)
    }
}
