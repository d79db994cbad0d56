/// Which row of a `NumberSets` stands for which numbers, while clients are compiled: most share theirs with others.
struct RowTable: Sendable {
    /// For up to four numbers, sixteen bits each, which most are.
    private var short: [UInt64: UInt32] = [:]
    private var long: [[UInt32]: UInt32] = [:]

    /// For ascending numbers.
    subscript(members: [UInt32]) -> UInt32? {
        get { Self.key(members).map { short[$0] } ?? long[members] }
        set {
            if let key = Self.key(members) { short[key] = newValue } else { long[members] = newValue }
        }
    }

    mutating func reserveCapacity(_ rows: Int) { short.reserveCapacity(rows) }

    private static func key(_ members: [UInt32]) -> UInt64? {
        guard members.count <= 4 else { return nil }
        var key: UInt64 = 0
        for member in members {
            guard member < 0xffff else { return nil }
            key = key << 16 | UInt64(member + 1)
        }
        return key
    }
}
