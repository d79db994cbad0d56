import Domain

/// The rows of a list: which items, in which order.
struct ItemRows: Sendable {
    private(set) var items: [PolicyItem] = []
    /// Before the filter.
    private(set) var total = 0
    private var facts = ItemFacts()
    private var version: Int?

    /// Takes what the policy has of these kinds, filtered and sorted; true when anything may have changed.
    mutating func load(_ state: PolicyState, kinds: [ItemKind], filter: ListFilter, order: Order) {
        if version != state.version.number {
            facts = ItemFacts(state)
            version = state.version.number
        }
        var found = kinds.flatMap { state.items[$0] ?? [] }
        total = found.count
        if filter != .everything {
            found = found.filter { item in
                filter.matches(
                    values: { facts.values(of: $0, in: item) },
                    texts: { facts.texts(of: item) })
            }
        }
        items = sorted(found, by: order)
    }

    struct Order: Equatable, Sendable {
        var field: String
        var isNumber: Bool
        var isDescending: Bool

        static let standard = Order(field: "name", isNumber: false, isDescending: false)
    }

    /// The lists are in the order of names to begin with.
    private func sorted(_ items: [PolicyItem], by order: Order) -> [PolicyItem] {
        guard order != .standard else { return items }
        let keyed = items.map { (item: $0, text: facts.values(of: order.field, in: $0).joined(separator: " ")) }
        let ascending =
            order.isNumber
            ? keyed.map { (item: $0.item, number: Int64($0.text) ?? .min) }
                .sorted { ($0.number, $0.item.key.name) < ($1.number, $1.item.key.name) }.map(\.item)
            : keyed.sorted { ($0.text, $0.item.key.name) < ($1.text, $1.item.key.name) }.map(\.item)
        return order.isDescending ? ascending.reversed() : ascending
    }

    func text(of field: String, at index: Int) -> String {
        facts.values(of: field, in: items[index]).joined(separator: " ")
    }
}
