import Domain
import Testing

@testable import Console

@Suite struct ItemRowsTests {
    /// Names, owners and lists that share letters, so that filters find some of them.
    private static func policy(_ generator: inout SeededGenerator, clients: Int) throws -> Policy {
        var policy = try SampleStanding.policy()
        let words = ["ann", "Bob", "cat", "an", "b9", "client", "9"]
        for number in 0..<clients {
            let name = words[number % words.count] + "-\(number % 23)-\(number)"
            policy.put(
                .client(
                    Client(
                        name: try Name(name), owner: ["", "team-\(number % 5)", "Ann"][number % 3],
                        status: number % 4 == 0 ? .suspended : .active,
                        roles: number % 2 == 0 ? [try Name("reader")] : [try Name("billing"), try Name("support")],
                        scopes: number % 3 == 0 ? [try Name("orders:read")] : [], note: number % 7 == 0 ? "b ann" : ""))
            )
        }
        return policy
    }

    private static let typed = [
        "a", "n", "b", "9", " ", "-", "*", "or ", "(", ")", "role:", "reader", "owner:", "status:", "active", "none",
        ",",
        "scopes:", "orders:*", "\"", "created>", "5", "name:", "not ",
    ]

    @Test func `rows after any edit of the filter are those of filtering anew`() throws {
        var generator = SeededGenerator(seed: 5)
        let state = try SampleStanding.state(Self.policy(&generator, clients: 300))
        let items = state.items[.client] ?? []
        let fields = ItemFacts.fields(of: [.client])
        var hits: Set<Int> = []
        for _ in 0..<60 {
            var rows = ItemRows()
            var order = ItemRows.Order.standard
            var text = ""
            for _ in 0..<40 {
                if Bool.random(using: &generator), Bool.random(using: &generator) {
                    text = String(text.dropLast())
                } else if Int.random(in: 0..<10, using: &generator) == 0 {
                    order = ItemRows.Order(
                        field: fields.randomElement(using: &generator) ?? "name",
                        isNumber: Bool.random(using: &generator), isDescending: Bool.random(using: &generator))
                } else {
                    text += Self.typed.randomElement(using: &generator) ?? ""
                }
                guard let filter = try? ListFilter(parsing: text, fields: fields) else { continue }
                _ = rows.load(state, kinds: [.client], filter: filter, order: order)
                var fresh = ItemRows()
                _ = fresh.load(state, kinds: [.client], filter: filter, order: order)
                #expect(rows.keys == fresh.keys, "“\(text)” in the order \(order)")
                let passing = items.filter { item in
                    filter.matches(
                        values: { state.facts.values(of: $0, in: item) }, texts: { state.facts.texts(of: item) })
                }
                let sorted = Self.sorted(passing, by: order) {
                    state.facts.values(of: order.field, in: $0).joined(separator: " ")
                }
                #expect(Array(rows.keys) == sorted.map(\.key), "“\(text)” in the order \(order)")
                #expect(rows.keys.indices.allSatisfy { rows[$0].key == rows.keys[$0] })
                hits.insert(rows.count)
            }
        }
        #expect(hits.count > 8, "filters let pass some and not others")
    }

    /// Items in the order of names, put in another.
    private static func sorted(
        _ items: [PolicyItem], by order: ItemRows.Order, _ text: (PolicyItem) -> String
    ) -> [PolicyItem] {
        let keyed = items.enumerated().map { (place: $0, item: $1, text: text($1)) }
        let ascending = keyed.sorted { left, right in
            order.isNumber
                ? (Int64(left.text) ?? .min, left.place) < (Int64(right.text) ?? .min, right.place)
                : (left.text, left.place) < (right.text, right.place)
        }
        return order.isDescending ? ascending.map(\.item).reversed() : ascending.map(\.item)
    }

    @Test func `a policy of another version is filtered anew`() throws {
        var generator = SeededGenerator(seed: 5)
        let filter = try ListFilter(parsing: "ann", fields: ["name"])
        var rows = ItemRows()
        _ = rows.load(
            try SampleStanding.state(Self.policy(&generator, clients: 40), version: 7), kinds: [.client],
            filter: filter, order: .standard)
        let before = rows.count
        _ = rows.load(
            try SampleStanding.state(Self.policy(&generator, clients: 80), version: 8), kinds: [.client],
            filter: filter, order: .standard)
        #expect(rows.count > before)
    }

    @Test func `quotas and tiers that stand in one list are both found`() throws {
        var policy = try SampleStanding.policy()
        policy.put(.tier(Tier(name: try Name("gold"))))
        policy.put(
            .quota(
                Quota(
                    name: try Name("gold-minute"), holder: .tier(try Name("gold")), key: .client,
                    window: .rate(seconds: 60), limit: 5)))
        policy.put(.tier(Tier(name: try Name("silver"))))
        let state = try SampleStanding.state(policy)
        var rows = ItemRows()
        let filter = try ListFilter(parsing: "gold", fields: ["name"])
        _ = rows.load(state, kinds: [.quota, .tier], filter: filter, order: .standard)
        #expect(rows.keys.map(\.description) == ["quota/gold-minute", "tier/gold"])
    }

    @Test func `the same rows are not taken again`() throws {
        let state = try SampleStanding.state(SampleStanding.policy())
        var rows = ItemRows()
        guard case .items = rows.load(state, kinds: [.client], filter: .everything, order: .standard),
            case .none = rows.load(state, kinds: [.client], filter: .everything, order: .standard)
        else {
            Issue.record("they were not taken, or taken twice")
            return
        }
        #expect(rows.count == 4)
    }
}
