/// Which row stands for which numbers, while clients are compiled: most share theirs with others.
struct RowTable: Sendable {
    /// For up to four numbers, sixteen bits each, which most are; plus one.
    private var short = NumberTable()
    private var long: [[UInt32]: UInt32] = [:]

    /// For ascending numbers.
    func row(of members: [UInt32]) -> UInt32? {
        guard let key = Self.key(members) else { return long[members] }
        let found = short.find(key)
        return found == 0 ? nil : found - 1
    }

    /// For numbers that have no row yet.
    mutating func insert(_ row: UInt32, for members: [UInt32]) {
        if let key = Self.key(members) { short.insert(key, row + 1) } else { long[members] = row }
    }

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
