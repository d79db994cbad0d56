import Domain

/// The names of the items of one kind, in an order in which they are found while somebody types.
struct NameTable: Sendable {
    /// In the order of their lower case.
    let names: [String]
    /// The names in lower case, each after a line feed, so that one scan finds a part of any.
    private let bytes: [UInt8]
    /// Where each name begins in `bytes`.
    private let starts: [Int]

    init(_ names: some Sequence<String>) {
        let names = Array(names)
        // Sorted as bytes in one place: strings of their own in lower case would cost ten times as much.
        var unsorted: [UInt8] = []
        var places: [Range<Int>] = []
        unsorted.reserveCapacity(names.count * 20)
        places.reserveCapacity(names.count)
        for var name in names {
            let start = unsorted.count
            name.withUTF8 { unsorted.append(contentsOf: $0) }
            places.append(start..<unsorted.count)
        }
        for index in unsorted.indices where (0x41...0x5A).contains(unsorted[index]) { unsorted[index] |= 0x20 }
        // The first sixteen bytes as one number decide nearly always.
        var order = places.indices.map { (head: Self.head(unsorted[places[$0]]), index: $0) }
        unsorted.withUnsafeBytes { bytes in
            order.sort { left, right in
                guard left.head == right.head else { return left.head < right.head }
                return bytes.precedes(places[left.index], places[right.index])
            }
        }
        var bytes: [UInt8] = []
        var starts: [Int] = []
        bytes.reserveCapacity(unsorted.count + names.count + 1)
        starts.reserveCapacity(names.count)
        for (_, index) in order {
            bytes.append(0x0A)
            starts.append(bytes.count)
            bytes.append(contentsOf: unsorted[places[index]])
        }
        bytes.append(0x0A)
        self.names = order.map { names[$0.index] }
        self.bytes = bytes
        self.starts = starts
    }

    private static func head(_ bytes: ArraySlice<UInt8>) -> UInt128 {
        let head = bytes.prefix(16).reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        return head << UInt128(8 * (16 - min(16, bytes.count)))
    }

    /// At most this many names are looked through for letters that stand apart.
    private static let mostLooseNames = 4000

    /// The names that begin with a text, in order.
    func names(beginningWith prefix: String, limit: Int) -> [String] {
        let prefix = Array(prefix.lowercased().utf8)
        var found: [String] = []
        var index = firstIndex(notBefore: prefix)
        while index < names.count, found.count < limit, begins(index, with: prefix) {
            found.append(names[index])
            index += 1
        }
        return found
    }

    func contains(_ name: String) -> Bool { names(beginningWith: name, limit: 1).first == name }

    /// The names for what was typed: those that begin with it, then those that hold it, then those of few that hold
    /// its letters in order.
    func search(_ text: String, limit: Int) -> [String] {
        let wanted = text.unicodeScalars.filter { $0 != " " }.map(String.init).joined().lowercased()
        var found = names(beginningWith: wanted, limit: limit)
        guard found.count < limit, !wanted.isEmpty else { return found }
        var known = Set(found)
        for index in indices(holding: Array(wanted.utf8), limit: limit) where known.insert(names[index]).inserted {
            found.append(names[index])
        }
        for name in names.prefix(Self.mostLooseNames) where found.count < limit && !known.contains(name) {
            guard Self.holdsInOrder(Array(wanted.utf8), name) else { continue }
            found.append(name)
        }
        return Array(found.prefix(limit))
    }

    /// Whether a text is in a name beside this one, in whatever case.
    func hasOther(holding part: String, than name: String) -> Bool {
        indices(holding: Array(part.lowercased().utf8), limit: 2).contains { names[$0] != name }
    }

    private func name(_ index: Int) -> ArraySlice<UInt8> {
        bytes[starts[index]..<(index + 1 < starts.count ? starts[index + 1] : bytes.count) - 1]
    }

    private func begins(_ index: Int, with prefix: [UInt8]) -> Bool { name(index).starts(with: prefix) }

    private func firstIndex(notBefore prefix: [UInt8]) -> Int {
        var (low, high) = (0, names.count)
        while low < high {
            let middle = (low + high) / 2
            if name(middle).lexicographicallyPrecedes(prefix) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The names that hold a part, found in one pass over the bytes.
    private func indices(holding part: [UInt8], limit: Int) -> [Int] {
        var found: [Int] = []
        guard let first = part.first, first != 0x0A else { return [] }
        bytes.withUnsafeBufferPointer { bytes in
            var index = 0
            var position = 0
            let last = bytes.count - part.count
            while position <= last, found.count < limit {
                defer { position += 1 }
                guard bytes[position] == first else { continue }
                var length = 1
                while length < part.count, bytes[position + length] == part[length] { length += 1 }
                guard length == part.count else { continue }
                while index + 1 < starts.count, starts[index + 1] <= position { index += 1 }
                if found.last != index { found.append(index) }
            }
        }
        return found
    }

    private static func holdsInOrder(_ wanted: [UInt8], _ name: String) -> Bool {
        var rest = wanted[...]
        for byte in name.utf8 {
            guard let next = rest.first else { return true }
            let isUpper = (0x41...0x5A).contains(byte)
            if (isUpper ? byte | 0x20 : byte) == next { rest = rest.dropFirst() }
        }
        return rest.isEmpty
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func precedes(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        var (first, second) = (left.lowerBound, right.lowerBound)
        while first < left.upperBound, second < right.upperBound {
            if self[first] != self[second] { return self[first] < self[second] }
            first += 1
            second += 1
        }
        return left.count < right.count
    }
}
