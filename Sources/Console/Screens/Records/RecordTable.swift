/// The records of a list as they were read. Where there may be hundreds of thousands, what keys would have to wait for is
/// made here too, beside the main thread: what filters look at, and the orders of columns.
package struct RecordTable<Record: ListedRecord>: Sendable {
    let records: [Record]
    /// Nil where a filter looks at each record.
    let searched: FilterColumns?
    /// All places by column, ascending; none where they are put in order when they are asked for.
    let orders: [String: [Int32]]

    init(_ records: [Record]) {
        self.records = records
        searched = nil
        orders = [:]
    }

    /// - Parameter values: What a record has in a field, which may hang on no moment.
    init(preparing records: [Record], values: (_ field: String, _ record: Record) -> [String]) {
        self.records = records
        searched = FilterColumns(
            records.count, fields: Record.fields, values: { values($0, records[$1]) }, texts: { records[$0].texts })
        var orders: [String: [Int32]] = [:]
        for column in Record.columns {
            let texts = TextColumn(records.count) { [values(column.id, records[$0]).joined(separator: " ")] }
            orders[column.id] = texts.order(isNumber: column.isNumber)
        }
        self.orders = orders
    }
}
