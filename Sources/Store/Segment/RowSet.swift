/// Some rows of a block: a bit for each.
struct RowSet: Sequence {
    static let wordCount = EventColumns.capacity / 64

    var words: InlineArray<64, UInt64>

    static var none: RowSet { RowSet() }

    private init() {
        words = .init(repeating: 0)
    }

    /// The first so many rows.
    init(first count: Int) {
        self.init()
        for word in 0..<count / 64 { words[word] = ~0 }
        if count % 64 > 0 { words[count / 64] = 1 << UInt64(count % 64) - 1 }
    }

    /// The rows whose value passes a test, of the first so many.
    @inline(__always)
    init(of values: UnsafeMutableBufferPointer<Int64>, count: Int, where test: (Int64) -> Bool) {
        self.init()
        var row = 0
        while row < count {
            let end = Swift.min(row + 64, count)
            var word: UInt64 = 0
            for index in row..<end {
                word |= (test(values[index]) ? 1 : 0) << UInt64(index - row)
            }
            words[row / 64] = word
            row = end
        }
    }

    var isEmpty: Bool {
        for word in 0..<Self.wordCount where words[word] != 0 { return false }
        return true
    }

    var count: Int {
        var count = 0
        for word in 0..<Self.wordCount { count += words[word].nonzeroBitCount }
        return count
    }

    mutating func formIntersection(_ other: RowSet) {
        for word in 0..<Self.wordCount { words[word] &= other.words[word] }
    }

    mutating func formUnion(_ other: RowSet) {
        for word in 0..<Self.wordCount { words[word] |= other.words[word] }
    }

    mutating func subtract(_ other: RowSet) {
        for word in 0..<Self.wordCount { words[word] &= ~other.words[word] }
    }

    func makeIterator() -> Iterator { Iterator(set: self) }

    struct Iterator: IteratorProtocol {
        private let set: RowSet
        private var word = 0
        private var bits: UInt64

        init(set: RowSet) {
            self.set = set
            bits = set.words[0]
        }

        @inline(__always)
        mutating func next() -> Int? {
            while bits == 0 {
                word += 1
                guard word < RowSet.wordCount else { return nil }
                bits = set.words[word]
            }
            let row = word * 64 + bits.trailingZeroBitCount
            bits &= bits - 1
            return row
        }
    }
}
