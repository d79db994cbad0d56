package import Domain
package import Terminal

/// One kind of thing that a policy has, as a list: what its screen is called and which columns it has.
package protocol ItemListing: Sendable {
    static var name: ScreenName { get }
    /// The kinds that are listed together; new ones are of the first.
    static var kinds: [ItemKind] { get }
    static var columns: [ItemColumn] { get }
    /// What an empty list says.
    static var placeholder: CleanText { get }
}

/// A column of such a list.
package struct ItemColumn: Sendable {
    /// The field's name, which the filter knows it by too.
    let field: String
    let table: TableColumn
    let role: StyleRole
    let isNumber: Bool

    init(
        _ field: String, _ title: CleanText? = nil, width: ColumnWidth, drop: Int = 0, role: StyleRole = .text,
        isNumber: Bool = false
    ) {
        self.field = field
        table = TableColumn(
            title ?? CleanText(field), width: width, align: isNumber ? .right : .left, dropOrder: drop,
            truncation: .end)
        self.role = role
        self.isNumber = isNumber
    }
}

package enum ClientListing: ItemListing {
    package static let name = ScreenName.clients
    package static let kinds = [ItemKind.client]
    package static let placeholder: CleanText = "no clients yet: n makes one"
    package static let columns = [
        ItemColumn("name", width: .flexible(16, weight: 3)),
        ItemColumn("status", width: .fixed(9)),
        ItemColumn("tier", width: .flexible(8, weight: 1), drop: 2),
        ItemColumn("roles", width: .flexible(12, weight: 3), role: .dim),
        ItemColumn("scopes", width: .flexible(12, weight: 3), drop: 3, role: .dim),
        ItemColumn("expires", width: .fixed(10), drop: 4, role: .dim),
        ItemColumn("owner", width: .flexible(12, weight: 2), drop: 5, role: .dim),
    ]
}

package enum RoleListing: ItemListing {
    package static let name = ScreenName.roles
    package static let kinds = [ItemKind.role]
    package static let placeholder: CleanText = "no roles yet: n makes one"
    package static let columns = [
        ItemColumn("name", width: .flexible(16, weight: 2)),
        ItemColumn("parents", width: .flexible(12, weight: 2), role: .dim),
        ItemColumn("allows", width: .fixed(6), isNumber: true),
        ItemColumn("denies", width: .fixed(6), isNumber: true),
        ItemColumn("clients", width: .fixed(7), drop: 2, role: .dim, isNumber: true),
        ItemColumn("note", width: .flexible(16, weight: 4), drop: 3, role: .dim),
    ]
}

package enum ScopeListing: ItemListing {
    package static let name = ScreenName.scopes
    package static let kinds = [ItemKind.scope]
    package static let placeholder: CleanText = "no scopes yet: n makes one"
    package static let columns = [
        ItemColumn("name", width: .flexible(20, weight: 2)),
        ItemColumn("routes", width: .fixed(6), drop: 1, isNumber: true),
        ItemColumn("clients", width: .fixed(7), drop: 2, isNumber: true),
        ItemColumn("note", width: .flexible(16, weight: 4), drop: 3, role: .dim),
    ]
}

package enum RouteListing: ItemListing {
    package static let name = ScreenName.routes
    package static let kinds = [ItemKind.route]
    package static let placeholder: CleanText = "no routes yet: n makes one, :discovered lists what the traffic calls"
    package static let columns = [
        ItemColumn("name", width: .flexible(14, weight: 2), drop: 3),
        ItemColumn("methods", width: .flexible(8, weight: 1)),
        ItemColumn("path", width: .flexible(20, weight: 4)),
        ItemColumn("classification", "class", width: .fixed(12), drop: 2),
        ItemColumn("scopes", width: .flexible(12, weight: 2), drop: 4, role: .dim),
        ItemColumn("cost", width: .fixed(4), drop: 5, role: .dim, isNumber: true),
        ItemColumn("upstream", width: .flexible(12, weight: 2), drop: 6, role: .dim),
    ]
}

package enum QuotaListing: ItemListing {
    package static let name = ScreenName.quotas
    package static let kinds = [ItemKind.quota, .tier]
    package static let placeholder: CleanText = "no quotas yet: n makes one"
    package static let columns = [
        ItemColumn("kind", width: .fixed(5), drop: 3, role: .dim),
        ItemColumn("name", width: .flexible(16, weight: 3)),
        ItemColumn("holder", "for", width: .flexible(14, weight: 2)),
        ItemColumn("limit", width: .flexible(16, weight: 2)),
        ItemColumn("key", "by", width: .fixed(12), drop: 2, role: .dim),
        ItemColumn("path", width: .flexible(10, weight: 2), drop: 4, role: .dim),
        ItemColumn("note", width: .flexible(10, weight: 2), drop: 5, role: .dim),
    ]
}

package enum OperatorListing: ItemListing {
    package static let name = ScreenName.operators
    package static let kinds = [ItemKind.operator]
    package static let placeholder: CleanText = "no operators"
    package static let columns = [
        ItemColumn("name", width: .flexible(16, weight: 2)),
        ItemColumn("user_id", width: .fixed(8), isNumber: true),
        ItemColumn("duties", width: .flexible(26, weight: 2)),
        ItemColumn("note", width: .flexible(12, weight: 4), drop: 2, role: .dim),
    ]
}
