import Domain
import Terminal

/// Which records of a table a list shows, and in which order, told by their places: a key copies none of them.
struct RecordsInSight<Record: ListedRecord>: Sendable {
    private(set) var table = RecordTable<Record>([])
    /// The places in the table that are of account; nil for all.
    private(set) var left: [Int32]?
    /// The places in their order, and which is selected.
    var list = ListState<Int32>(newest: .first)
    private var found = FoundPlaces()

    /// Those of account, as they were read.
    var all: RowsInOrder<Record> { RowsInOrder(table.records, at: left) }

    var rows: RowsInOrder<Record> { RowsInOrder(table.records, at: list.ids) }

    /// Another table, in which the same records are the same rows wherever they stand.
    mutating func take(
        _ table: RecordTable<Record>, leaving left: [Int32]?, filter: ListFilter, order: ItemRows.Order?,
        in context: ScreenContext
    ) {
        let old = rows
        (self.table, self.left) = (table, left)
        found.forget()
        let places = places(filter, order, context)
        let new = RowsInOrder(table.records, at: places)
        let index = list.index.map {
            ListState<Record.ID>.survivor(of: old.lazy.map(\.id), at: $0, in: new.lazy.map(\.id))
        }
        list.replaceRows(places, selecting: index ?? 0)
    }

    /// Takes no account of any but these places any more.
    mutating func keep(_ left: [Int32], filter: ListFilter, order: ItemRows.Order?, in context: ScreenContext) {
        self.left = left
        found.forget()
        update(filter: filter, order: order, in: context)
    }

    mutating func update(filter: ListFilter, order: ItemRows.Order?, in context: ScreenContext) {
        list.replacePlaces(places(filter, order, context), of: table.records.count)
    }

    mutating func select(_ id: Record.ID) {
        if let index = rows.firstIndex(where: { $0.id == id }) { list.select(list.ids[index]) }
    }

    private var everywhere: [Int32] { Array(0..<Int32(table.records.count)) }

    private mutating func places(
        _ filter: ListFilter, _ order: ItemRows.Order?, _ context: ScreenContext
    ) -> [Int32] {
        let found = filtered(filter, context)
        return order.map { sorted(found, by: $0, context) } ?? found ?? everywhere
    }

    /// Nil for all of the table.
    private mutating func filtered(_ filter: ListFilter, _ context: ScreenContext) -> [Int32]? {
        guard filter != .everything else { return left }
        if let searched = table.searched {
            found.follow(filter, among: left, of: table.records.count) { searched.narrow($0, to: filter) }
            return found.places
        }
        return (left ?? everywhere).filter { place in
            let record = table.records[Int(place)]
            return filter.matches(values: { record.values(of: $0, in: context) }, texts: { record.texts })
        }
    }

    private func sorted(_ found: [Int32]?, by order: ItemRows.Order, _ context: ScreenContext) -> [Int32] {
        if let whole = table.orders[order.field] {
            return FoundPlaces.ordered(found, as: whole, isDescending: order.isDescending)
        }
        let keyed = (found ?? everywhere).map { place in
            let text = table.records[Int(place)].values(of: order.field, in: context).joined(separator: " ")
            return (place: place, text: text, number: Int64(text) ?? .min)
        }
        let ascending =
            order.isNumber
            ? keyed.sorted { ($0.number, $0.place) < ($1.number, $1.place) }
            : keyed.sorted { ($0.text, $0.place) < ($1.text, $1.place) }
        let places = ascending.map(\.place)
        return order.isDescending ? places.reversed() : places
    }
}
