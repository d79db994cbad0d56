/// What permissions have to say on a route, method by method, whoever asks and whenever.
package struct Entitlement: Hashable, Sendable {
    package enum Verdict: Hashable, Sendable, CaseIterable {
        /// No permission speaks of any of the methods.
        case none
        /// All methods, on every path, always.
        case allow
        case deny
        /// Some methods, some paths, or under conditions.
        case partly
    }

    /// Always, on all paths.
    package private(set) var allowed: MethodSet = []
    package private(set) var denied: MethodSet = []
    /// Under conditions, or on some of the paths.
    package private(set) var maybeAllowed: MethodSet = []
    package private(set) var maybeDenied: MethodSet = []

    package init() {}

    package init(_ permissions: some Sequence<Permission>, on route: Route) {
        for permission in permissions where !permission.methods.isDisjoint(with: route.methods) {
            let relation = permission.pattern.relation(to: route.pattern)
            guard relation != .disjoint else { continue }
            var isPlain = relation == .covers
            var isOut = false
            for condition in permission.conditions {
                // The route itself settles that one.
                if case .classification(let ceiling) = condition {
                    isOut = isOut || route.classification > ceiling
                } else {
                    isPlain = false
                }
            }
            guard !isOut else { continue }
            let methods = permission.methods.intersection(route.methods)
            switch (permission.effect, isPlain) {
            case (.allow, true): allowed.formUnion(methods)
            case (.allow, false): maybeAllowed.formUnion(methods)
            case (.deny, true): denied.formUnion(methods)
            case (.deny, false): maybeDenied.formUnion(methods)
            }
        }
    }

    package mutating func formUnion(_ other: Entitlement) {
        allowed.formUnion(other.allowed)
        denied.formUnion(other.denied)
        maybeAllowed.formUnion(other.maybeAllowed)
        maybeDenied.formUnion(other.maybeDenied)
    }

    /// One word for some methods; a deny wins over every allow.
    package func verdict(for methods: MethodSet) -> Verdict {
        guard !methods.isEmpty else { return .none }
        if methods.isSubset(of: denied) { return .deny }
        let certain = allowed.subtracting(denied).subtracting(maybeDenied)
        if methods.isSubset(of: certain) { return .allow }
        let spokenOf = allowed.union(maybeAllowed).union(denied).union(maybeDenied)
        return methods.isDisjoint(with: spokenOf) ? .none : .partly
    }
}
