/// Numbers whole-number keys from 0 in order of first appearance, for counting loops.
///
/// Small keys, which ids of a dictionary are, find their number by their value; others through a hash table.
struct KeyIndex {
    private static let denseKeys: UInt64 = 1 << 18

    /// For each small key its number, from 1; 0 is free.
    private var dense: [UInt32] = []
    private(set) var keys: [UInt64] = []
    private var slots: [UInt32]
    /// Keys in the slots.
    private var hashed = 0
    private var shift: UInt64

    init() {
        slots = Array(repeating: 0, count: 64)
        shift = 64 - 6
    }

    var count: Int { keys.count }

    @inline(__always)
    private func start(of key: UInt64) -> Int {
        // Fibonacci hashing spreads ids that count up; folding first lets high halves matter.
        Int(truncatingIfNeeded: ((key ^ key >> 29) &* 0x9e37_79b9_7f4a_7c15) >> shift)
    }

    /// The number of a key, which is added if it is new.
    @inline(__always)
    mutating func index(of key: UInt64) -> Int {
        if key < Self.denseKeys {
            if key < UInt64(dense.count), dense[Int(key)] != 0 { return Int(dense[Int(key)]) - 1 }
            return addDense(key)
        }
        let mask = slots.count - 1
        var slot = start(of: key)
        while true {
            let entry = slots[slot]
            if entry == 0 { break }
            if keys[Int(entry) - 1] == key { return Int(entry) - 1 }
            slot = (slot + 1) & mask
        }
        keys.append(key)
        slots[slot] = UInt32(keys.count)
        hashed += 1
        if hashed * 2 > slots.count { grow() }
        return keys.count - 1
    }

    private mutating func addDense(_ key: UInt64) -> Int {
        if key >= UInt64(dense.count) {
            dense += Array(repeating: 0, count: max(Int(key) + 1 - dense.count, dense.count, 64))
        }
        keys.append(key)
        dense[Int(key)] = UInt32(keys.count)
        return keys.count - 1
    }

    /// The number of a key that is there.
    func existingIndex(of key: UInt64) -> Int? {
        if key < Self.denseKeys {
            guard key < UInt64(dense.count), dense[Int(key)] != 0 else { return nil }
            return Int(dense[Int(key)]) - 1
        }
        var slot = start(of: key)
        while slots[slot] != 0 {
            if keys[Int(slots[slot]) - 1] == key { return Int(slots[slot]) - 1 }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// The numbers of all keys, in the order of the keys; small keys cost no sorting.
    var ascending: [Int] {
        var order: [Int] = []
        order.reserveCapacity(keys.count)
        for entry in dense where entry != 0 { order.append(Int(entry) - 1) }
        let large = keys.indices.filter { keys[$0] >= Self.denseKeys }
        return order + large.sorted { keys[$0] < keys[$1] }
    }

    mutating func removeAll() {
        self = KeyIndex()
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        shift -= 1
        for (number, key) in keys.enumerated() where key >= Self.denseKeys {
            var slot = start(of: key)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(number + 1)
        }
    }
}
