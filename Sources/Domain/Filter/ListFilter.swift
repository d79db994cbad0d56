/// A filter of a list whose rows are named texts: clients, roles, tokens, audit records.
///
/// The grammar is that of `Filter`: `tier:gold role:admin,ops -status:suspended (acme or globex) count>10 note:none`.
package indirect enum ListFilter: Hashable, Sendable {
    case everything
    case all([ListFilter])
    case any([ListFilter])
    case not(ListFilter)
    /// One of the field's values matches one of the patterns.
    case field(String, [TextPattern])
    /// The field has no value.
    case absent(String)
    /// One of the field's values is a number in this range.
    case number(String, ClosedRange<Int64>)
    /// Anywhere in the row.
    case word(TextPattern)

    /// Reads a filter about rows with these fields.
    package init(parsing text: String, fields: [String]) throws(FilterError) {
        var parser = FilterParser(text, ListTerms(fieldNames: fields))
        self = try parser.filter()
    }

    /// Whether a row passes; `values` gives the texts of a field, `texts` all that words are looked for in.
    package func matches(values: (String) -> [String], texts: () -> [String]) -> Bool {
        switch self {
        case .everything: true
        case .all(let parts): parts.allSatisfy { $0.matches(values: values, texts: texts) }
        case .any(let parts): parts.contains { $0.matches(values: values, texts: texts) }
        case .not(let part): !part.matches(values: values, texts: texts)
        case .absent(let name): !values(name).contains(where: Self.isFilled)
        case .field(let name, _), .number(let name, _): values(name).contains(where: passes)
        case .word: texts().contains(where: passes)
        }
    }

    /// Whether one text of the field or row has what is asked of it; false for what isn't asked of single texts.
    package func passes(_ text: String) -> Bool {
        switch self {
        case .field(_, let patterns): patterns.contains { $0.matches(text) }
        case .number(_, let range): Int64(text).map(range.contains) ?? false
        case .word(let pattern): pattern.matches(text)
        case .everything, .all, .any, .not, .absent: false
        }
    }

    package static func isFilled(_ text: String) -> Bool { !text.isEmpty }
}

/// Filters about rows of named texts.
private struct ListTerms: FilterTerms {
    let fieldNames: [String]

    func field(_ name: String) -> String? {
        let name = name.lowercased()
        return fieldNames.contains(name) ? name : nil
    }

    static func name(of field: String) -> String { field }

    func test(_ term: FilterTerm<String>) throws(FilterError) -> ListFilter {
        switch term.sign {
        case .colon, .equal: return equal(term)
        case .notEqual: return .not(equal(term))
        case .more, .atLeast, .less, .atMost:
            guard term.values.count == 1, let value = term.values.first, let number = Int64(value.text) else {
                throw FilterError("\(term.sign.rawValue) takes one whole number", at: term.range)
            }
            return .number(term.field, Self.range(term.sign, number))
        }
    }

    private func equal(_ term: FilterTerm<String>) -> ListFilter {
        let absent = term.values.contains { FilterValues.isNone($0) }
        let patterns = term.values.filter { !FilterValues.isNone($0) }.map {
            TextPattern(pieces: $0.pieces.map { Array($0.utf8) }, ignoresCase: true)
        }
        let found: ListFilter? = patterns.isEmpty ? nil : .field(term.field, patterns)
        guard absent else { return found ?? .absent(term.field) }
        return found.map { .any([.absent(term.field), $0]) } ?? .absent(term.field)
    }

    private static func range(_ sign: FilterScanner.Operator, _ number: Int64) -> ClosedRange<Int64> {
        switch sign {
        case .more: number == .max ? .max ... .max : (number + 1)...Int64.max
        case .atLeast: number...Int64.max
        case .less: number == .min ? .min ... .min : Int64.min...(number - 1)
        case .atMost, .colon, .equal, .notEqual: Int64.min...number
        }
    }

    static func word(_ pieces: [String]) -> ListFilter {
        TextPattern(containingInOrder: pieces).map { .word($0) } ?? .everything
    }

    static func all(_ nodes: [ListFilter]) -> ListFilter {
        nodes.isEmpty ? .everything : nodes.count == 1 ? nodes[0] : .all(nodes)
    }

    static func any(_ nodes: [ListFilter]) -> ListFilter { nodes.count == 1 ? nodes[0] : .any(nodes) }
    static func not(_ node: ListFilter) -> ListFilter { .not(node) }
}
