/// Sets of numbers as rows of bits, each row once.
struct NumberSets: Sendable {
    /// Words in a row.
    let width: Int
    private(set) var words: [UInt64] = []
    private(set) var count = 0

    /// For numbers below a bound.
    init(below bound: Int) {
        width = max(1, (bound + 63) / 64)
    }

    /// Adds an empty row and returns its number.
    mutating func append() -> Int {
        words.append(contentsOf: repeatElement(0, count: width))
        count += 1
        return count - 1
    }

    mutating func insert(_ number: Int, in row: Int) {
        words[row * width + number / 64] |= 1 << UInt64(number % 64)
    }

    mutating func formUnion(_ other: Int, in row: Int) {
        for word in 0..<width { words[row * width + word] |= words[other * width + word] }
    }

    /// Unites a row of a table of the same width.
    mutating func formUnion(_ other: Int, of sets: NumberSets, in row: Int) {
        for word in 0..<width { words[row * width + word] |= sets.words[other * width + word] }
    }

    func contains(_ number: Int, in row: Int) -> Bool {
        words[row * width + number / 64] >> UInt64(number % 64) & 1 == 1
    }

    /// Ascending.
    func members(of row: Int) -> [Int] {
        (0..<width * 64).filter { contains($0, in: row) }
    }
}
