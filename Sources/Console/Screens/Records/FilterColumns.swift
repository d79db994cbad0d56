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

    /// A filter made ready for these rows: what it asks of texts is answered for each distinct one.
    indirect enum Test: Sendable {
        case always(Bool)
        case all([Test])
        case any([Test])
        case not(Test)
        case has(TextColumn, among: [Bool])

        func passes(_ row: Int) -> Bool {
            switch self {
            case .always(let passes): passes
            case .all(let parts): parts.allSatisfy { $0.passes(row) }
            case .any(let parts): parts.contains { $0.passes(row) }
            case .not(let part): !part.passes(row)
            case .has(let column, let passed): column.hasText(in: row, among: passed)
            }
        }
    }

    func test(_ filter: ListFilter) -> Test {
        switch filter {
        case .everything: .always(true)
        case .all(let parts): .all(parts.map(test))
        case .any(let parts): .any(parts.map(test))
        case .not(let part): .not(test(part))
        case .absent(let name): .not(test(name, ListFilter.isFilled))
        case .field(let name, _), .number(let name, _): test(name, filter.passes)
        case .word: Self.test(words, filter.passes)
        }
    }

    private func test(_ field: String, _ passes: (String) -> Bool) -> Test {
        fields[field].map { Self.test($0, passes) } ?? .always(false)
    }

    private static func test(_ column: TextColumn, _ passes: (String) -> Bool) -> Test {
        .has(column, among: column.texts.map(passes))
    }
}
