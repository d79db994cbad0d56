import Domain

/// What a filter looks at in all rows of a long list. Made where the rows are read, since a key must not wait for it.
package struct FilterColumns: Sendable {
    private let fields: [String: TextColumn]
    private let words: TextColumn

    init(
        _ count: Int, fields names: [String], values: (_ field: String, _ row: Int) -> [String],
        texts: (_ row: Int) -> [String]
    ) {
        var fields: [String: TextColumn] = [:]
        for name in names { fields[name] = TextColumn(count) { values(name, $0) } }
        self.fields = fields
        words = TextColumn(count, texts)
    }

    /// Those of these rows, which ascend, that a filter lets pass. What it asks of texts is answered once for each
    /// distinct one.
    func narrow(_ rows: [Int32], to filter: ListFilter) -> [Int32] {
        switch filter {
        case .everything: return rows
        case .all(let parts): return parts.reduce(rows) { narrow($0, to: $1) }
        case .any(let parts):
            let refused = parts.reduce(rows) { Self.without(narrow($0, to: $1), in: $0) }
            return Self.without(refused, in: rows)
        case .not(let part): return Self.without(narrow(rows, to: part), in: rows)
        case .absent(let name): return Self.without(narrow(rows, name, ListFilter.isFilled), in: rows)
        case .field(let name, _), .number(let name, _): return narrow(rows, name, filter.passes)
        case .word: return words.narrow(rows, to: filter.passes)
        }
    }

    /// What rows have in a field; nil where it isn't known.
    subscript(field: String) -> TextColumn? { fields[field] }

    private func narrow(_ rows: [Int32], _ field: String, _ passes: (String) -> Bool) -> [Int32] {
        fields[field]?.narrow(rows, to: passes) ?? []
    }

    /// What is left of rows that ascend without some of them.
    private static func without(_ some: [Int32], in rows: [Int32]) -> [Int32] {
        var left: [Int32] = []
        left.reserveCapacity(rows.count - some.count)
        var next = 0
        for row in rows {
            if next < some.count, some[next] == row { next += 1 } else { left.append(row) }
        }
        return left
    }
}
