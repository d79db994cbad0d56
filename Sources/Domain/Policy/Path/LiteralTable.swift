/// The literal segments of a policy's patterns, each with a number from 1, found by their bytes.
struct LiteralTable: Sendable {
    static let seed: UInt64 = 0xcbf2_9ce4_8422_2325

    private var numbers: [String: UInt32] = [:]
    /// All literals, one after the other; literal n lies from `bounds[n - 1]` up to `bounds[n]`.
    private var bytes: [UInt8] = []
    private var bounds: [UInt32] = [0]
    private var hashes: [UInt64] = []
    /// Literal numbers at the places that their hashes name, or at the next ones that are free.
    private var slots: [UInt32] = [0]

    var count: Int { hashes.count }

    /// One more byte of a segment (FNV-1a with a wider prime).
    static func mix(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
        (hash ^ UInt64(byte)) &* 0x9e37_79b9_7f4a_7c15
    }

    /// The number of a literal, which gets one when it has none.
    mutating func number(of literal: String) -> UInt32 {
        if let number = numbers[literal] { return number }
        var hash = Self.seed
        for byte in literal.utf8 { hash = Self.mix(hash, byte) }
        bytes.append(contentsOf: literal.utf8)
        bounds.append(UInt32(bytes.count))
        hashes.append(hash)
        let number = UInt32(hashes.count)
        numbers[literal] = number
        return number
    }

    /// Makes the literals findable by bytes; called once, when all are there.
    mutating func seal() {
        var size = 16
        while size < hashes.count * 2 { size *= 2 }
        slots = [UInt32](repeating: 0, count: size)
        for (index, hash) in hashes.enumerated() {
            var place = Self.place(hash, size)
            while slots[place] != 0 { place = (place + 1) & (size - 1) }
            slots[place] = UInt32(index + 1)
        }
    }

    /// The number of the segment between two indices; 0 when no pattern names it.
    ///
    /// The hash is that of the decoded segment; the bytes between the indices are still percent-encoded.
    func find(_ hash: UInt64, _ target: Span<UInt8>, _ start: Int, _ end: Int) -> UInt32 {
        let slots = slots.span
        var place = Self.place(hash, slots.count)
        while true {
            let number = slots[place]
            guard number != 0 else { return 0 }
            if hashes[Int(number) - 1] == hash, isEqual(number, target, start, end) { return number }
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

    private static func place(_ hash: UInt64, _ size: Int) -> Int {
        Int(truncatingIfNeeded: hash >> 32) & (size - 1)
    }
}
