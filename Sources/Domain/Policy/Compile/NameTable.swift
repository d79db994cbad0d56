/// The place of each name in a list, found by the name.
///
/// Names come from the policy, so that a hash which anyone can compute does no harm; it is a third of the work of a
/// `Dictionary`, and a large policy has a million references.
struct NameTable: Sendable {
    private struct Slot: Sendable, BitwiseCopyable {
        var hash: UInt64
        /// Plus one; 0 is free.
        var number: UInt32
    }

    private let names: [String]
    private var slots: [Slot]

    init(_ names: [String]) {
        self.names = names
        var size = 16
        while size < names.count * 2 { size *= 2 }
        slots = [Slot](repeating: Slot(hash: 0, number: 0), count: size)
        for (index, name) in names.enumerated() {
            let hash = Self.hash(name)
            var place = Self.place(hash, size)
            while slots[place].number != 0 { place = (place + 1) & (size - 1) }
            slots[place] = Slot(hash: hash, number: UInt32(index + 1))
        }
    }

    subscript(name: String) -> UInt32? {
        let hash = Self.hash(name)
        var place = Self.place(hash, slots.count)
        while slots[place].number != 0 {
            let number = slots[place].number - 1
            if slots[place].hash == hash, names[Int(number)] == name { return number }
            place = (place + 1) & (slots.count - 1)
        }
        return nil
    }

    private static func hash(_ name: String) -> UInt64 {
        var hash = LiteralTable.seed
        for byte in name.utf8 { hash = LiteralTable.mix(hash, byte) }
        return hash
    }

    private static func place(_ hash: UInt64, _ size: Int) -> Int {
        Int(truncatingIfNeeded: hash >> 32) & (size - 1)
    }
}
