import Terminal

// Lists of hundreds of thousands of rows, told by their places in one table: numbers are compared at each key, and no
// names.

extension ListState<Int32> {
    /// Takes other rows of the same table.
    ///
    /// - Parameter count: How many rows the table has.
    mutating func replacePlaces(_ places: [Int32], of count: Int) {
        replaceRows(places, selecting: index.map { Self.survivor(of: ids, at: $0, in: places, of: count) } ?? 0)
    }

    /// As `survivor` is, with one look into a table instead of many.
    private static func survivor(of old: [Int32], at oldIndex: Int, in new: [Int32], of count: Int) -> Int {
        if oldIndex < new.count, new[oldIndex] == old[oldIndex] { return oldIndex }
        var indices = [Int32](repeating: -1, count: count)
        for (index, place) in new.enumerated() { indices[Int(place)] = Int32(index) }
        for place in old[oldIndex...] where indices[Int(place)] >= 0 { return Int(indices[Int(place)]) }
        for place in old[..<oldIndex].reversed() where indices[Int(place)] >= 0 { return Int(indices[Int(place)]) }
        return oldIndex
    }
}
