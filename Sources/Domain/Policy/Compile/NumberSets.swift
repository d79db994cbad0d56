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

    func contains(_ number: Int, in row: Int) -> Bool {
        words[row * width + number / 64] >> UInt64(number % 64) & 1 == 1
    }
}
