import Domain

/// The rows of a list: which items, in which order. The items themselves are never copied, since there may be a hundred
/// thousand and a filter goes through them at each key.
struct ItemRows: Sendable {
    /// What became of the rows.
    enum Change {
        case none
        /// Others of the same items.
        case rows
        /// Other items; with the keys of the rows before.
        case items(RowsInOrder<ItemKey>)
    }

    /// The places of the rows among all items, in their order.
    private(set) var places: [Int32] = []
    private var all: [PolicyItem] = []
    private var allKeys: [ItemKey] = []
    /// The places among all items that the filter lets pass, in the order of names.
    private var found = FoundPlaces()
    /// All places as they were last sorted, ascending.
    private var ordered: (field: String, isNumber: Bool, places: [Int32])?
    private var facts = ItemFacts()
    /// What the rows were made for.
    private var version: Int?
    private var filter: ListFilter?
    private var order = Order.standard

    var count: Int { places.count }

    /// Before the filter.
    var total: Int { all.count }

    var keys: RowsInOrder<ItemKey> { RowsInOrder(allKeys, at: places) }

    subscript(index: Int) -> PolicyItem { all[Int(places[index])] }

    /// Takes what the policy has of these kinds, filtered and sorted.
    mutating func load(_ state: PolicyState, kinds: [ItemKind], filter: ListFilter, order: Order) -> Change {
        var change = Change.rows
        if version != state.version.number {
            change = .items(keys)
            facts = state.facts
            version = state.version.number
            all = kinds.count == 1 ? state.items[kinds[0]] ?? [] : kinds.flatMap { state.items[$0] ?? [] }
            allKeys = kinds.count == 1 ? state.keys[kinds[0]] ?? [] : kinds.flatMap { state.keys[$0] ?? [] }
            found.forget()
            ordered = nil
        } else if self.filter == filter, self.order == order {
            return .none
        }
        (self.filter, self.order) = (filter, order)
        found.follow(filter, of: all.count) { Self.narrow($0, to: filter, state, kinds) }
        places =
            order == .standard
            ? found.places ?? everywhere
            : FoundPlaces.ordered(found.places, as: inOrder(of: order, state, kinds), isDescending: order.isDescending)
        return change
    }

    private var everywhere: [Int32] { Array(0..<Int32(all.count)) }

    /// Those of some places that pass, where the kinds stand one after the other.
    private static func narrow(
        _ places: [Int32], to filter: ListFilter, _ state: PolicyState, _ kinds: [ItemKind]
    ) -> [Int32] {
        if kinds.count == 1 { return state.columns[kinds[0]]?.narrow(places, to: filter) ?? [] }
        var found: [Int32] = []
        var start: Int32 = 0
        for kind in kinds {
            guard let columns = state.columns[kind], let count = state.items[kind]?.count else { continue }
            let end = start + Int32(count)
            let own = places.filter { (start..<end).contains($0) }.map { $0 - start }
            found += columns.narrow(own, to: filter).map { $0 + start }
            start = end
        }
        return found
    }

    struct Order: Equatable, Sendable {
        var field: String
        var isNumber: Bool
        var isDescending: Bool

        static let standard = Order(field: "name", isNumber: false, isDescending: false)
    }

    /// All places, ascending.
    private mutating func inOrder(of order: Order, _ state: PolicyState, _ kinds: [ItemKind]) -> [Int32] {
        if let ordered, ordered.field == order.field, ordered.isNumber == order.isNumber { return ordered.places }
        let known =
            kinds.count == 1 ? state.columns[kinds[0]]?[order.field]?.order(isNumber: order.isNumber) : nil
        let ascending = known ?? sorted(by: order)
        ordered = (order.field, order.isNumber, ascending)
        return ascending
    }

    private func sorted(by order: Order) -> [Int32] {
        if order.isNumber {
            let keyed = everywhere.map { ($0, number: Int64(text(of: order.field, of: all[Int($0)])) ?? .min) }
            return keyed.sorted { ($0.number, $0.0) < ($1.number, $1.0) }.map(\.0)
        }
        let keyed = everywhere.map { ($0, text: text(of: order.field, of: all[Int($0)])) }
        return keyed.sorted { ($0.text, $0.0) < ($1.text, $1.0) }.map(\.0)
    }

    private func text(of field: String, of item: PolicyItem) -> String {
        facts.values(of: field, in: item).joined(separator: " ")
    }

    func text(of field: String, at index: Int) -> String { text(of: field, of: self[index]) }
}
