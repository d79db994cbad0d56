import Domain

/// The rows of a list: which items, in which order. The items themselves are never copied, since there may be a hundred
/// thousand and a filter goes through them at each key.
struct ItemRows: Sendable {
    private(set) var keys: [ItemKey] = []
    /// Before the filter.
    private(set) var total = 0
    private var all: [PolicyItem] = []
    private var allKeys: [ItemKey] = []
    /// The places among all items that the filter lets pass, in the order of names.
    private var found = FoundPlaces()
    /// The places of the rows among all items; nil for all of them, as they are.
    private var places: [Int32]?
    /// All places as they were last sorted, ascending.
    private var ordered: (field: String, isNumber: Bool, places: [Int32])?
    private var facts = ItemFacts()
    /// What the rows were made for.
    private var version: Int?
    private var filter: ListFilter?
    private var order = Order.standard

    var count: Int { keys.count }

    subscript(index: Int) -> PolicyItem { all[places.map { Int($0[index]) } ?? index] }

    /// Takes what the policy has of these kinds, filtered and sorted; false when the rows are what they were.
    mutating func load(_ state: PolicyState, kinds: [ItemKind], filter: ListFilter, order: Order) -> Bool {
        guard version != state.version.number || self.filter != filter || self.order != order else { return false }
        if version != state.version.number {
            facts = state.facts
            version = state.version.number
            all = kinds.count == 1 ? state.items[kinds[0]] ?? [] : kinds.flatMap { state.items[$0] ?? [] }
            allKeys = kinds.count == 1 ? state.keys[kinds[0]] ?? [] : kinds.flatMap { state.keys[$0] ?? [] }
            total = all.count
            found.forget()
            ordered = nil
        }
        (self.filter, self.order) = (filter, order)
        found.follow(filter, count: all.count) { Self.test(filter, state, kinds) }
        places = order == .standard ? found.places : sorted(found.places, by: order)
        keys = places.map { $0.map { allKeys[Int($0)] } } ?? allKeys
        return true
    }

    /// Whether the item at a place passes, where the kinds stand one after the other.
    private static func test(_ filter: ListFilter, _ state: PolicyState, _ kinds: [ItemKind]) -> (Int) -> Bool {
        let tests = kinds.compactMap { kind in
            state.columns[kind].map { (count: state.items[kind]?.count ?? 0, test: $0.test(filter)) }
        }
        if tests.count == 1 { return tests[0].test.passes }
        return { place in
            var place = place
            for (count, test) in tests {
                if place < count { return test.passes(place) }
                place -= count
            }
            return false
        }
    }

    struct Order: Equatable, Sendable {
        var field: String
        var isNumber: Bool
        var isDescending: Bool

        static let standard = Order(field: "name", isNumber: false, isDescending: false)
    }

    /// The places that were found, in another order than that of names. All are put in order once, and a filter takes
    /// from them.
    private mutating func sorted(_ found: [Int32]?, by order: Order) -> [Int32] {
        let whole = inOrder(of: order)
        guard let found else { return order.isDescending ? whole.reversed() : whole }
        var isFound = [Bool](repeating: false, count: all.count)
        for place in found { isFound[Int(place)] = true }
        let rows = whole.filter { isFound[Int($0)] }
        return order.isDescending ? rows.reversed() : rows
    }

    /// All places, ascending.
    private mutating func inOrder(of order: Order) -> [Int32] {
        if let ordered, ordered.field == order.field, ordered.isNumber == order.isNumber { return ordered.places }
        let places = Array(0..<Int32(all.count))
        let ascending: [Int32]
        if order.isNumber {
            let keyed = places.map { ($0, number: Int64(text(of: order.field, of: all[Int($0)])) ?? .min) }
            ascending = keyed.sorted { ($0.number, $0.0) < ($1.number, $1.0) }.map(\.0)
        } else {
            let keyed = places.map { ($0, text: text(of: order.field, of: all[Int($0)])) }
            ascending = keyed.sorted { ($0.text, $0.0) < ($1.text, $1.0) }.map(\.0)
        }
        ordered = (order.field, order.isNumber, ascending)
        return ascending
    }

    private func text(of field: String, of item: PolicyItem) -> String {
        facts.values(of: field, in: item).joined(separator: " ")
    }

    func text(of field: String, at index: Int) -> String { text(of: field, of: self[index]) }
}
