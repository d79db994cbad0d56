import Domain

/// Who holds what the rows of a report are about: a changed policy is held against each holder once, and no row is looked
/// up by its names.
struct UsageHoldings: Sendable {
    private struct Holder {
        let name: String
        /// Where its holdings are.
        let range: Range<Int>
    }

    private struct Holding {
        /// Of its row.
        let place: Int32
        /// Where a role had it.
        let index: Int32
        /// The number of the permission's text, or of the scope's name.
        let text: UInt32
    }

    /// In the order of names.
    private var roles: [Holder] = []
    private var clients: [Holder] = []
    /// Those of a holder beside each other.
    private var holdings: [Holding] = []
    private var permissions: [String] = []
    private var scopes: [String] = []

    init(_ rows: [UsageReport.Row]) {
        var ofRoles: [String: [Holding]] = [:]
        var ofClients: [String: [Holding]] = [:]
        var numbers = (permissions: [String: UInt32](), scopes: [String: UInt32]())
        for (place, row) in rows.enumerated() {
            switch row.thing {
            case .permission(let role, let index, let text):
                let number = Self.number(of: text, in: &permissions, &numbers.permissions)
                let holding = Holding(place: Int32(place), index: Int32(clamping: index), text: number)
                ofRoles[role, default: []].append(holding)
            case .scope(let client, let scope):
                let number = Self.number(of: scope, in: &scopes, &numbers.scopes)
                ofClients[client, default: []].append(Holding(place: Int32(place), index: 0, text: number))
            }
        }
        roles = add(ofRoles)
        clients = add(ofClients)
    }

    private static func number(
        of text: String, in texts: inout [String], _ numbers: inout [String: UInt32]
    ) -> UInt32 {
        if let known = numbers[text] { return known }
        let next = UInt32(texts.count)
        texts.append(text)
        numbers[text] = next
        return next
    }

    private mutating func add(_ held: [String: [Holding]]) -> [Holder] {
        held.sorted { $0.key < $1.key }.map { name, held in
            let start = holdings.count
            holdings += held
            return Holder(name: name, range: start..<holdings.count)
        }
    }

    /// The places of those of the rows that are still held by whom they were held, ascending.
    ///
    /// - Parameter left: Where to look; nil for all.
    func remaining(among left: [Int32]?, in state: PolicyState) -> [Int32] {
        var isThere = [Bool](repeating: false, count: holdings.count)
        if let column = state.columns[.client]?["scopes"] {
            // Names are compared once for each scope, and else numbers.
            let numbers = column.numbers(of: scopes)
            forEach(of: clients, among: state.keys[.client] ?? []) { client, held in
                for holding in held {
                    guard let number = numbers[Int(holding.text)] else { continue }
                    if column.has(number, in: client) { isThere[Int(holding.place)] = true }
                }
            }
        }
        let items = state.items[.role] ?? []
        forEach(of: roles, among: state.keys[.role] ?? []) { place, held in
            guard case .role(let role) = items[place] else { return }
            for holding in held {
                let (text, index) = (permissions[Int(holding.text)], Int(holding.index))
                if AccessRemoval.place(of: text, near: index, in: role.permissions) != nil {
                    isThere[Int(holding.place)] = true
                }
            }
        }
        return (left ?? Array(0..<Int32(holdings.count))).filter { isThere[Int($0)] }
    }

    /// Those holders that are still there, with their places; both are in the order of names.
    private func forEach(
        of holders: [Holder], among keys: [ItemKey], _ body: (_ place: Int, ArraySlice<Holding>) -> Void
    ) {
        var next = 0
        for holder in holders {
            while next < keys.count, keys[next].name != holder.name, keys[next].name < holder.name { next += 1 }
            guard next < keys.count else { return }
            if keys[next].name == holder.name { body(next, holdings[holder.range]) }
        }
    }
}
