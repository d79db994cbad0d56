/// Lists of numbers, one after the other in one array.
struct NumberRows: Sendable {
    private(set) var members: [UInt32] = []
    /// Row n lies from `bounds[n]` up to `bounds[n + 1]`.
    private var bounds: [UInt32] = [0]

    var count: Int { bounds.count - 1 }

    func range(_ row: Int) -> Range<Int> { Int(bounds[row])..<Int(bounds[row + 1]) }

    mutating func append(_ row: [UInt32]) {
        members += row
        endRow()
    }

    /// Adds a number to the row that isn't ended.
    mutating func add(_ number: UInt32) { members.append(number) }

    mutating func endRow() { bounds.append(UInt32(members.count)) }

    mutating func reserveCapacity(_ rows: Int, each: Int) {
        bounds.reserveCapacity(rows + 1)
        members.reserveCapacity(rows * each)
    }

    /// The numbers of a row, ascending.
    func sort(_ row: Int, into numbers: inout [UInt32]) {
        numbers.removeAll(keepingCapacity: true)
        for index in range(row) { numbers.append(members[index]) }
        numbers.sort()
    }

    /// Whether no number is twice in a row, and none is `other`.
    func isDistinct(_ row: Int, without other: UInt32) -> Bool {
        let members = members.span
        let range = range(row)
        for index in range {
            if members[index] == other { return false }
            for before in range.lowerBound..<index where members[before] == members[index] { return false }
        }
        return true
    }
}
