/// Ids of a dictionary, as a bit for each.
struct IDSet {
    private(set) var words: [UInt64] = [0]
    /// Ids up to this one were decided on.
    var checked: Int64 = 0
    private(set) var isEmpty = true

    mutating func insert(_ id: Int64) {
        let word = Int(id >> 6)
        if word >= words.count { words += Array(repeating: 0, count: word + 1 - words.count) }
        words[word] |= 1 << UInt64(id & 63)
        isEmpty = false
    }

    /// Makes room so that every id up to one can be asked about without a check.
    mutating func reserve(through id: Int64) {
        let needed = Int(id >> 6) + 1
        if needed > words.count { words += Array(repeating: 0, count: needed - words.count) }
    }
}
