package import Domain
package import Terminal

/// Roles against routes: what each role may do on each route, edited cell by cell.
package struct RoleMatrix: Sendable {
    package enum Outcome: Hashable, Sendable {
        case handled
        /// The key means nothing here.
        case ignored
        /// The changes are to be looked at before they are applied.
        case review([PolicyEdit])
        /// Escape, with nothing open; whether changes may be lost is the caller's question.
        case leave
    }

    let routes: [Route]
    /// As they are now; with their changes.
    private(set) var roles: [Role]
    private let originals: [Role]
    let roleIndices: [String: Int]
    /// In cells, for columns that don't jump.
    let longestRole: Int
    let longestRoute: Int

    private(set) var row = 0
    private(set) var column = 0
    private(set) var notice: String?
    var search: Palette?
    private let roleNames: NameTable
    private let routeNames: NameTable

    /// With a role's row chosen, where one is given.
    package init(roles: [Role], routes: [Route], role: String? = nil) {
        self.roles = roles
        originals = roles
        self.routes = routes
        roleIndices = Dictionary(
            roles.enumerated().map { ($1.name.text, $0) }, uniquingKeysWith: { first, _ in first })
        longestRole = roles.map(\.name.text.utf8.count).max() ?? 0
        longestRoute = routes.map(\.name.text.utf8.count).max() ?? 0
        roleNames = NameTable(roles.map(\.name.text))
        routeNames = NameTable(routes.map(\.name.text))
        row = role.flatMap { roleIndices[$0] } ?? 0
    }

    /// What is changed so far, a role an edit.
    package var edits: [PolicyEdit] {
        roles.indices.filter { roles[$0] != originals[$0] }.map { index in
            PolicyEdit(
                key: ItemKey(roles[index].name), before: .role(originals[index]), after: .role(roles[index]))
        }
    }

    package var hasChanges: Bool { roles != originals }

    package mutating func handle(_ key: Key) -> Outcome {
        if search != nil {
            find(key)
            return .handled
        }
        guard let command = MatrixCommand.keymap.command(for: key) else { return .ignored }
        notice = nil
        switch command {
        case .up: move(rows: -1)
        case .down: move(rows: 1)
        case .left: move(columns: -1)
        case .right: move(columns: 1)
        case .pageUp: move(rows: -10)
        case .pageDown: move(rows: 10)
        case .firstRoute: move(columns: -routes.count)
        case .lastRoute: move(columns: routes.count)
        case .firstRole: move(rows: -roles.count)
        case .lastRole: move(rows: roles.count)
        case .cycle: cycle()
        case .find:
            search = Palette(title: "find a role or a route", entries: [])
            refreshSearch()
        case .review:
            let edits = edits
            guard edits.isEmpty else { return .review(edits) }
            notice = "nothing changed yet"
        case .leave: return .leave
        }
        return .handled
    }

    /// Pasted text is searched for while one searches, and nothing else.
    package mutating func paste(_ text: String) {
        guard search != nil else { return }
        search?.paste(text)
        refreshSearch()
    }

    private mutating func move(rows: Int = 0, columns: Int = 0) {
        row = max(0, min(row + rows, roles.count - 1))
        column = max(0, min(column + columns, routes.count - 1))
    }

    // MARK: - Changing

    /// None, allow, deny, and around: an own permission for exactly the route's pattern and methods.
    private mutating func cycle() {
        guard roles.indices.contains(row), routes.indices.contains(column) else { return }
        let route = routes[column]
        guard let index = Self.own(roles[row], on: route) else {
            let added = Permission(methods: route.methods, pattern: route.pattern)
            let former = Self.own(originals[row], on: route) ?? roles[row].permissions.count
            roles[row].permissions.insert(added, at: min(former, roles[row].permissions.count))
            return
        }
        switch roles[row].permissions[index].effect {
        case .allow: roles[row].permissions[index].effect = .deny
        case .deny: roles[row].permissions.remove(at: index)
        }
    }

    /// The role's own permission for exactly this route, without conditions.
    private static func own(_ role: Role, on route: Route) -> Int? {
        role.permissions.firstIndex {
            $0.pattern == route.pattern && $0.methods == route.methods && $0.conditions.isEmpty
        }
    }

    func isChanged(row: Int, column: Int) -> Bool {
        let route = routes[column]
        let (now, before) = (Self.own(roles[row], on: route), Self.own(originals[row], on: route))
        return now.map { roles[row].permissions[$0].effect } != before.map { originals[row].permissions[$0].effect }
    }

    // MARK: - Searching

    private mutating func find(_ key: Key) {
        switch key {
        case .escape: search = nil
        case .enter:
            guard let id = search?.selected?.id else { return }
            search = nil
            let name = String(id.drop { $0 != " " }.dropFirst())
            if id.hasPrefix("role ") {
                row = roleIndices[name] ?? row
            } else {
                column = routes.firstIndex { $0.name.text == name } ?? column
            }
        default:
            guard search?.handle(key) == true else { return }
            refreshSearch()
        }
    }

    private mutating func refreshSearch() {
        guard let typed = search?.input.text else { return }
        let found =
            roleNames.search(typed, limit: 50).map { (kind: "role", name: $0) }
            + routeNames.search(typed, limit: 50).map { (kind: "route", name: $0) }
        search?.replaceEntries(
            found.map {
                Palette.Entry(id: "\($0.kind) \($0.name)", name: CleanText($0.name), help: CleanText($0.kind))
            })
    }
}
