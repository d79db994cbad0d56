/// What a snapshot says about one request, as indices into that snapshot, which has their names.
package struct Decision: Hashable, Sendable, BitwiseCopyable {
    package var reason: Reason
    /// Nil when the request didn't get as far.
    package var route: RouteIndex?
    package var client: ClientIndex?
    /// The permission that decided: the allow, or the deny; nil when none did.
    package var rule: RuleIndex?
    /// The units that the request takes from each of its quotas.
    package var cost: Int32

    package init(
        _ reason: Reason, route: RouteIndex? = nil, client: ClientIndex? = nil, rule: RuleIndex? = nil, cost: Int32 = 0
    ) {
        self.reason = reason
        self.route = route
        self.client = client
        self.rule = rule
        self.cost = cost
    }

    package var outcome: Outcome { reason.outcome }

    /// Whether the request may pass. There is one way to get here, and every other one is a deny.
    package var isAllowed: Bool { reason == .allowed }
}

/// A client in one snapshot: its place in the order of names.
package struct ClientIndex: Hashable, Comparable, Sendable, BitwiseCopyable {
    package let number: UInt32

    package init(_ number: Int) { self.number = UInt32(number) }

    package static func < (left: ClientIndex, right: ClientIndex) -> Bool { left.number < right.number }
}

/// A route in one snapshot: its place in the order of names.
package struct RouteIndex: Hashable, Comparable, Sendable, BitwiseCopyable {
    package let number: UInt32

    package init(_ number: Int) { self.number = UInt32(number) }

    package static func < (left: RouteIndex, right: RouteIndex) -> Bool { left.number < right.number }
}

/// A role in one snapshot: its place in the order of names.
package struct RoleIndex: Hashable, Comparable, Sendable, BitwiseCopyable {
    package let number: UInt32

    package init(_ number: Int) { self.number = UInt32(number) }

    package static func < (left: RoleIndex, right: RoleIndex) -> Bool { left.number < right.number }
}

/// A permission in one snapshot: roles in the order of names, and their permissions as they are listed.
package struct RuleIndex: Hashable, Comparable, Sendable, BitwiseCopyable {
    package let number: UInt32

    package init(_ number: Int) { self.number = UInt32(number) }

    package static func < (left: RuleIndex, right: RuleIndex) -> Bool { left.number < right.number }
}

/// Which permission of which role.
package struct Rule: Hashable, Sendable {
    package let role: Name<Role>
    /// From 0, in the role's list.
    package let position: Int
    package let permission: Permission

    package init(role: Name<Role>, position: Int, permission: Permission) {
        self.role = role
        self.position = position
        self.permission = permission
    }
}
