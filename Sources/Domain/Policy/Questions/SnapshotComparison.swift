// Which clients, routes and methods two snapshots can differ in, and whether they do.

struct SnapshotComparison {
    /// A client, or requests without credentials.
    struct Caller {
        /// Nil for requests without credentials.
        let name: String?
        let old: ClientTable.Record?
        let new: ClientTable.Record?
    }

    /// A route with one of its methods.
    struct Call {
        let route: String
        let method: Method
        let old: RouteIndex?
        let new: RouteIndex?
        /// Whether the route itself differs, so that every client has to be looked at.
        let isChanged: Bool
    }

    let old: PolicySnapshot
    let new: PolicySnapshot
    let calls: [Call]
    let allCallers: [Caller]
    /// Those that differ themselves, or whose roles do.
    let changedCallers: [Caller]
    private let changedOldRoles: [Bool]
    private let changedNewRoles: [Bool]

    init(_ old: PolicySnapshot, _ new: PolicySnapshot, at time: Timestamp) {
        self.old = old
        self.new = new
        calls = Self.calls(old, new)
        let roles = Self.changedRoles(old, new)
        func usable(_ snapshot: PolicySnapshot, _ name: String) -> ClientTable.Record? {
            guard let index = snapshot.clientTable.numbers[name] else { return nil }
            let record = snapshot.clientTable.records[Int(index)]
            return record.isSuspended || time >= record.expires ? nil : record
        }
        var all: [Caller] = []
        var changed: [Caller] = []
        let added = new.lists.clients.filter { old.clientTable.numbers[$0.name.text] == nil }
        for client in old.lists.clients + added {
            let name = client.name.text
            let caller = Caller(name: name, old: usable(old, name), new: usable(new, name))
            guard caller.old != nil || caller.new != nil else { continue }
            all.append(caller)
            let after = new.clientTable.numbers[name].map { new.lists.clients[Int($0)] }
            if after != client || caller.old == nil || client.roles.contains(where: { roles.contains($0) }) {
                changed.append(caller)
            }
        }
        let anonymous = Caller(name: nil, old: old.clientTable.anonymous, new: new.clientTable.anonymous)
        if anonymous.old != nil || anonymous.new != nil {
            all.append(anonymous)
            changed.append(anonymous)
        }
        allCallers = all
        changedCallers = changed
        changedOldRoles = old.roles(inRows: Set(changed.compactMap(\.old?.roles)))
        changedNewRoles = new.roles(inRows: Set(changed.compactMap(\.new?.roles)))
    }

    /// The roles that permit something else than before, themselves or by an ancestor.
    private static func changedRoles(_ old: PolicySnapshot, _ new: PolicySnapshot) -> Set<Name<Role>> {
        var changed: Set<Name<Role>> = []
        for edit in old.policy.edits(to: new.policy) {
            if case .role(let role)? = edit.before ?? edit.after { changed.insert(role.name) }
        }
        for snapshot in [old, new] {
            let sources = snapshot.lists.roles.indices.filter { changed.contains(snapshot.lists.roles[$0].name) }
            for role in snapshot.lists.roles.indices
            where sources.contains(where: { snapshot.roleTable.contains($0, in: role) }) {
                changed.insert(snapshot.lists.roles[role].name)
            }
        }
        return changed
    }

    private static func calls(_ old: PolicySnapshot, _ new: PolicySnapshot) -> [Call] {
        var calls: [Call] = []
        let after = Dictionary(uniqueKeysWithValues: new.lists.routes.enumerated().map { ($1.name, $0) })
        let before = Dictionary(uniqueKeysWithValues: old.lists.routes.enumerated().map { ($1.name, $0) })
        for name in Set(after.keys).union(before.keys).sorted() {
            let (earlier, later) = (before[name], after[name])
            let (oldRoute, newRoute) = (earlier.map { old.lists.routes[$0] }, later.map { new.lists.routes[$0] })
            let isChanged =
                oldRoute?.pattern != newRoute?.pattern || oldRoute?.requiredScopes != newRoute?.requiredScopes
                || oldRoute?.classification != newRoute?.classification
            let methods = (oldRoute?.methods ?? []).union(newRoute?.methods ?? [])
            for method in methods.methods {
                let (was, is_) = (
                    oldRoute?.methods.contains(method) ?? false, newRoute?.methods.contains(method) ?? false
                )
                calls.append(
                    Call(
                        route: name.text, method: method, old: was ? earlier.map(RouteIndex.init) : nil,
                        new: is_ ? later.map(RouteIndex.init) : nil, isChanged: isChanged || was != is_))
            }
        }
        return calls
    }

    func accesses(to call: Call) -> AccessMemo {
        // Where only some clients are looked at, only their roles matter.
        call.isChanged
            ? AccessMemo(self, call, oldRoles: nil, newRoles: nil)
            : AccessMemo(self, call, oldRoles: changedOldRoles, newRoles: changedNewRoles)
    }
}

extension ClientTable {
    /// Requests without credentials as if they were a client; nil when they may do nothing.
    var anonymous: Record? {
        guard anonymousMayCall else { return nil }
        return Record(expires: .distantFuture, roles: anonymousRoles, scopes: Self.noScopes, isSuspended: false)
    }
}

/// What each set of roles may do with one route and method, before and after; each set is looked at once.
final class AccessMemo {
    private let sides: [(snapshot: PolicySnapshot, route: RouteTable.Record?, grants: [AccessGrant])]
    private var known: [[UInt32: Contents?]] = [[:], [:]]

    /// An access by what it says, because rules have other numbers in another snapshot.
    private struct Contents: Equatable {
        let ways: Set<Permission>
        let exceptions: Set<Permission>
    }

    init(_ comparison: SnapshotComparison, _ call: SnapshotComparison.Call, oldRoles: [Bool]?, newRoles: [Bool]?) {
        let pairs = [(comparison.old, call.old, oldRoles), (comparison.new, call.new, newRoles)]
        sides = pairs.map { snapshot, index, roles in
            guard let index else { return (snapshot, nil, []) }
            let route = snapshot.route(index)
            return (
                snapshot, snapshot.routeTable.records[Int(index.number)],
                snapshot.grants(on: .pattern(route.pattern), call.method, route.classification, ofRoles: roles)
            )
        }
    }

    /// What happens to a caller; nil for nothing.
    func kind(_ caller: SnapshotComparison.Caller) -> AccessDifference.Kind? {
        let (before, after) = (contents(0, caller.old), contents(1, caller.new))
        switch (before, after) {
        case (nil, nil): return nil
        case (nil, _?): return .gained
        case (_?, nil): return .lost
        case (let before?, let after?): return before == after ? nil : .changed
        }
    }

    private func contents(_ side: Int, _ client: ClientTable.Record?) -> Contents? {
        let (snapshot, route, grants) = sides[side]
        guard let client, let route else { return nil }
        let hasScopes =
            client.scopes == ClientTable.noScopes ? route.scopeCount == 0 : snapshot.hasScopes(client, of: route)
        guard hasScopes else { return nil }
        if let found = known[side][client.roles] { return found }
        let contents = snapshot.access(grants, roles: Int(client.roles)).map { access in
            Contents(
                ways: Set(access.ways.map { snapshot.rule($0).permission }),
                exceptions: Set(access.exceptions.map { snapshot.rule($0).permission }))
        }
        known[side][client.roles] = .some(contents)
        return contents
    }
}
