import Domain

/// The rows of a list: which items, in which order. The items themselves are never copied, since there may be a hundred
/// thousand and a filter goes through them at each key.
struct ItemRows: Sendable {
    private(set) var keys: [ItemKey] = []
    /// Before the filter.
    private(set) var total = 0
    private var all: [PolicyItem] = []
    private var allKeys: [ItemKey] = []
    /// The places of the rows among all items; nil for all of them, as they are.
    private var places: [Int]?
    private var facts = ItemFacts()
    private var version: Int?

    var count: Int { keys.count }

    subscript(index: Int) -> PolicyItem { all[places?[index] ?? index] }

    /// Takes what the policy has of these kinds, filtered and sorted.
    mutating func load(_ state: PolicyState, kinds: [ItemKind], filter: ListFilter, order: Order) {
        if version != state.version.number {
            facts = ItemFacts(state)
            version = state.version.number
            all = kinds.count == 1 ? state.items[kinds[0]] ?? [] : kinds.flatMap { state.items[$0] ?? [] }
            allKeys = kinds.count == 1 ? state.keys[kinds[0]] ?? [] : kinds.flatMap { state.keys[$0] ?? [] }
            total = all.count
        }
        var found: [Int]?
        if filter != .everything {
            found = all.indices.filter { index in
                filter.matches(
                    values: { facts.values(of: $0, in: all[index]) },
                    texts: { facts.texts(of: all[index]) })
            }
        }
        places = order == .standard ? found : sorted(found ?? Array(all.indices), by: order)
        keys = places.map { $0.map { allKeys[$0] } } ?? allKeys
    }

    struct Order: Equatable, Sendable {
        var field: String
        var isNumber: Bool
        var isDescending: Bool

        static let standard = Order(field: "name", isNumber: false, isDescending: false)
    }

    private func sorted(_ places: [Int], by order: Order) -> [Int] {
        let ascending: [Int]
        if order.isNumber {
            let keyed = places.map { ($0, number: Int64(text(of: order.field, of: all[$0])) ?? .min) }
            ascending = keyed.sorted { ($0.number, $0.0) < ($1.number, $1.0) }.map(\.0)
        } else {
            let keyed = places.map { ($0, text: text(of: order.field, of: all[$0])) }
            ascending = keyed.sorted { ($0.text, $0.0) < ($1.text, $1.0) }.map(\.0)
        }
        return order.isDescending ? ascending.reversed() : ascending
    }

    private func text(of field: String, of item: PolicyItem) -> String {
        facts.values(of: field, in: item).joined(separator: " ")
    }

    func text(of field: String, at index: Int) -> String { text(of: field, of: self[index]) }
}
