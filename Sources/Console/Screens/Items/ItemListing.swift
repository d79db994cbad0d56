package import Domain
package import Terminal

/// One kind of thing that a policy has, as a list: what its screen is called and which columns it has.
package protocol ItemListing: Sendable {
    static var name: ScreenName { get }
    /// The kinds that are listed together; new ones are of the first.
    static var kinds: [ItemKind] { get }
    /// All that can be shown.
    static var columns: [ListColumn] { get }
    /// What an empty list says.
    static var placeholder: CleanText { get }
}

package enum ClientListing: ItemListing {
    package static let name = ScreenName.clients
    package static let kinds = [ItemKind.client]
    package static let placeholder: CleanText = "no clients yet: n makes one"
    package static let columns = [
        ListColumn("name", "what logs and tokens call it", width: .flexible(16, weight: 3)),
        ListColumn("status", "active or suspended", width: .fixed(9)),
        ListColumn("tier", "whose quotas it has", width: .flexible(8, weight: 1), drop: 2),
        ListColumn("roles", "what it may call", width: .flexible(12, weight: 3), role: .dim),
        ListColumn("scopes", "what its tokens may be used for", width: .flexible(12, weight: 3), drop: 3, role: .dim),
        ListColumn("expires", "from when on it is refused", width: .fixed(10), drop: 4, role: .dim),
        ListColumn("owner", "who answers for it", width: .flexible(12, weight: 2), drop: 5, role: .dim),
        ListColumn("created", "since when there is one", width: .fixed(10), drop: 6, role: .dim, more: true),
        ListColumn("note", "what was noted", width: .flexible(12, weight: 3), drop: 7, role: .dim, more: true),
    ]
}

package enum RoleListing: ItemListing {
    package static let name = ScreenName.roles
    package static let kinds = [ItemKind.role]
    package static let placeholder: CleanText = "no roles yet: n makes one"
    package static let columns = [
        ListColumn("name", "what clients and claims call it", width: .flexible(16, weight: 2)),
        ListColumn("parents", "whose permissions it has too", width: .flexible(12, weight: 2), role: .dim),
        ListColumn("allows", "permissions of its own that allow", width: .fixed(6), isNumber: true),
        ListColumn("denies", "permissions of its own that deny", width: .fixed(6), isNumber: true),
        ListColumn("clients", "how many have it", width: .fixed(7), drop: 2, role: .dim, isNumber: true),
        ListColumn(
            "path", "the paths of its own permissions", title: "paths", width: .flexible(16, weight: 3), drop: 4,
            role: .dim, more: true),
        ListColumn("note", "what was noted", width: .flexible(16, weight: 4), drop: 3, role: .dim),
    ]
}

package enum ScopeListing: ItemListing {
    package static let name = ScreenName.scopes
    package static let kinds = [ItemKind.scope]
    package static let placeholder: CleanText = "no scopes yet: n makes one"
    package static let columns = [
        ListColumn("name", "what tokens call it", width: .flexible(20, weight: 2)),
        ListColumn("routes", "how many ask for it", width: .fixed(6), drop: 1, isNumber: true),
        ListColumn("clients", "how many may have it", width: .fixed(7), drop: 2, isNumber: true),
        ListColumn("note", "what was noted", width: .flexible(16, weight: 4), drop: 3, role: .dim),
    ]
}

package enum RouteListing: ItemListing {
    package static let name = ScreenName.routes
    package static let kinds = [ItemKind.route]
    package static let placeholder: CleanText = "no routes yet: n makes one, :discovered lists what the traffic calls"
    package static let columns = [
        ListColumn("name", "what the policy calls it", width: .flexible(14, weight: 2), drop: 3),
        ListColumn("methods", "how it may be called", width: .flexible(8, weight: 1)),
        ListColumn("path", "its path template", width: .flexible(20, weight: 4)),
        ListColumn("classification", "how confidential it is", title: "class", width: .fixed(12), drop: 2),
        ListColumn("scopes", "what tokens need for it", width: .flexible(12, weight: 2), drop: 4, role: .dim),
        ListColumn(
            "cost", "units that a request takes from quotas", width: .fixed(4), drop: 5, role: .dim, isNumber: true),
        ListColumn("upstream", "where requests go", width: .flexible(12, weight: 2), drop: 6, role: .dim),
        ListColumn("version", "the version of the API", width: .fixed(7), drop: 7, role: .dim, more: true),
        ListColumn("sunset", "when it may stop answering", width: .fixed(10), drop: 7, role: .dim, more: true),
        ListColumn("note", "what was noted", width: .flexible(12, weight: 3), drop: 8, role: .dim, more: true),
    ]
}

package enum QuotaListing: ItemListing {
    package static let name = ScreenName.quotas
    package static let kinds = [ItemKind.quota, .tier]
    package static let placeholder: CleanText = "no quotas yet: n makes one"
    package static let columns = [
        ListColumn("kind", "quota or tier", width: .fixed(5), drop: 3, role: .dim),
        ListColumn("name", "what the policy calls it", width: .flexible(16, weight: 3)),
        ListColumn("holder", "whose requests are limited", title: "for", width: .flexible(14, weight: 2)),
        ListColumn("limit", "how much in which window", width: .flexible(16, weight: 2)),
        ListColumn("key", "what has a counter of its own", title: "by", width: .fixed(12), drop: 2, role: .dim),
        ListColumn("path", "the paths that it is about", width: .flexible(10, weight: 2), drop: 4, role: .dim),
        ListColumn("note", "what was noted", width: .flexible(10, weight: 2), drop: 5, role: .dim),
    ]
}

package enum OperatorListing: ItemListing {
    package static let name = ScreenName.operators
    package static let kinds = [ItemKind.operator]
    package static let placeholder: CleanText = "no operators"
    package static let columns = [
        ListColumn("name", "what the policy calls them", width: .flexible(16, weight: 2)),
        ListColumn("user_id", "their user on this machine", width: .fixed(8), isNumber: true),
        ListColumn("duties", "what they may do", width: .flexible(26, weight: 2)),
        ListColumn("note", "what was noted", width: .flexible(12, weight: 4), drop: 2, role: .dim),
    ]
}
