/// What a filter is about: its fields, and what comes of the terms that the grammar finds.
protocol FilterTerms {
    associatedtype Field
    associatedtype Node

    /// Nil when there is no field of that name.
    func field(_ name: String) -> Field?
    var fieldNames: [String] { get }
    static func name(of field: Field) -> String
    func test(_ term: FilterTerm<Field>) throws(FilterError) -> Node

    static func word(_ pieces: [String]) -> Node
    /// All hold; of none: everything.
    static func all(_ nodes: [Node]) -> Node
    static func any(_ nodes: [Node]) -> Node
    static func not(_ node: Node) -> Node
}

/// A field, an operator and values, as they were read; no value is empty.
struct FilterTerm<Field> {
    let field: Field
    let sign: FilterScanner.Operator
    let values: [FilterScanner.Value]
    /// Where all of it stands.
    let range: Range<Int>
}

/// Filters about requests.
struct TrafficTerms: FilterTerms {
    let now: Timestamp
    let zone: TimeZoneTable

    func field(_ name: String) -> FilterField? { FilterField(name: name) }
    var fieldNames: [String] { FilterField.names }
    static func name(of field: FilterField) -> String { field.name }

    func test(_ term: FilterTerm<FilterField>) throws(FilterError) -> Filter {
        try FilterValues(
            field: term.field, sign: term.sign, values: term.values, term: term.range, now: now, zone: zone
        )
        .filter()
    }

    static func word(_ pieces: [String]) -> Filter { Filter.word(pieces: pieces) }
    static func all(_ nodes: [Filter]) -> Filter { nodes.isEmpty ? .everything : Filter.all(nodes).normalized }
    static func any(_ nodes: [Filter]) -> Filter { Filter.any(nodes).normalized }
    static func not(_ node: Filter) -> Filter { Filter.not(node).normalized }
}

extension TextPattern {
    /// Any text that holds these pieces in their order, whatever the case; nil when there are none.
    init?(containingInOrder pieces: [String]) {
        let pieces = pieces.filter { !$0.isEmpty }.map { Array($0.utf8) }
        guard !pieces.isEmpty else { return nil }
        self.init(pieces: [[]] + pieces + [[]], ignoresCase: true)
    }
}
