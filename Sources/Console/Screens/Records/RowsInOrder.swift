/// Some of many rows, in an order of their own, without being copied.
package struct RowsInOrder<Row: Sendable>: RandomAccessCollection, Sendable {
    private let rows: [Row]
    /// Nil for all of them, as they stand.
    private let places: [Int32]?

    init(_ rows: [Row], at places: [Int32]?) {
        self.rows = rows
        self.places = places
    }

    package var startIndex: Int { 0 }

    package var endIndex: Int { places?.count ?? rows.count }

    package subscript(index: Int) -> Row { rows[places.map { Int($0[index]) } ?? index] }
}

extension RowsInOrder: Equatable where Row: Equatable {
    package static func == (left: Self, right: Self) -> Bool { left.elementsEqual(right) }
}
