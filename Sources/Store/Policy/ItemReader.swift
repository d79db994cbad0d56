import Domain

/// Reads the active policy from its tables.
struct ItemReader {
    private let database: SQLiteDatabase

    init(_ database: SQLiteDatabase) {
        self.database = database
    }

    /// Throws `StoreError.Problem.corrupt` for rows that no program of ours writes.
    func policy() throws -> Policy {
        var items: [PolicyItem] = [.settings(try settings())]
        try each("SELECT name, note FROM scopes ORDER BY name") { row in
            items.append(.scope(Scope(name: try row.name(0), note: row.string(1))))
        }
        try each("SELECT name, note FROM tiers ORDER BY name") { row in
            items.append(.tier(Tier(name: try row.name(0), note: row.string(1))))
        }
        items += try roles()
        items += try routes()
        items += try clients()
        try each("SELECT * FROM quotas ORDER BY name") { row in items.append(.quota(try quota(row))) }
        items += try operators()
        return Policy(items)
    }

    private func each(_ sql: String, _ body: (SQLiteStatement) throws -> Void) throws {
        let rows = try database.prepare(sql)
        while try rows.step() {
            do {
                try body(rows)
            } catch let error as BadValue {
                throw StoreError(.corrupt(error.text), path: database.path)
            }
        }
    }

    private func settings() throws -> PolicySettings {
        var settings = PolicySettings()
        var isThere = false
        try each("SELECT * FROM settings") { row in
            settings.anonymousTier = try row.optionalName(1)
            settings.defaultTier = try row.optionalName(2)
            settings.breakGlassSeconds = Int(row.integer(3))
            settings.issuer = row.string(4)
            settings.audience = row.string(5)
            settings.tokenSeconds = Int(row.integer(6))
            isThere = true
        }
        guard isThere else { throw StoreError(.corrupt("the settings are gone"), path: database.path) }
        try each("SELECT role FROM anonymous_roles ORDER BY position") {
            settings.anonymousRoles.append(try $0.name(0))
        }
        try each("SELECT level FROM authentication_levels ORDER BY position") {
            settings.authenticationLevels.append($0.string(0))
        }
        settings.approvals = []
        try each("SELECT danger FROM approvals") { settings.approvals.insert(try $0.word(0, Danger.init(name:))) }
        return settings
    }

    private func roles() throws -> [PolicyItem] {
        var parents = try OwnedRows(database, "SELECT role, parent FROM role_parents ORDER BY role, position")
        var permissions = try OwnedRows(
            database, "SELECT role, effect, methods, pattern, conditions FROM permissions ORDER BY role, position")
        var items: [PolicyItem] = []
        try each("SELECT name, note FROM roles ORDER BY name") { row in
            let name = row.string(0)
            items.append(
                .role(
                    Role(
                        name: try row.name(0), note: row.string(1), parents: try parents.take(name) { try $0.name(1) },
                        permissions: try permissions.take(name, permission))))
        }
        try parents.finish()
        try permissions.finish()
        return items
    }

    private func permission(_ row: SQLiteStatement) throws -> Permission {
        Permission(
            effect: try row.word(1) { name in Permission.Effect.allCases.first { $0.name == name } },
            methods: try row.methods(2), pattern: try row.pattern(3), conditions: try conditions(row.bytes(4)))
    }

    private func conditions(_ json: UnsafeRawBufferPointer) throws -> [Condition] {
        // Most permissions have none.
        if json.elementsEqual("[]".utf8) { return [] }
        guard case .list(let trees)? = try? PolicyTree(parsingJSON: json).content else {
            throw BadValue(text: "conditions that are no list")
        }
        var reader = TreeReader()
        let conditions = trees.compactMap { Condition(tree: $0, reader: &reader) }
        guard conditions.count == trees.count, reader.problems.isEmpty else {
            throw BadValue(text: reader.problems.first?.description ?? "a condition that can't be read")
        }
        return conditions
    }

    private func routes() throws -> [PolicyItem] {
        var scopes = try OwnedRows(database, "SELECT route, scope FROM route_scopes ORDER BY route, position")
        var items: [PolicyItem] = []
        try each("SELECT * FROM routes ORDER BY name") { row in
            items.append(
                .route(
                    Route(
                        name: try row.name(0), pattern: try row.pattern(1), methods: try row.methods(2),
                        requiredScopes: try scopes.take(row.string(0)) { try $0.name(1) },
                        classification: try row.word(3, Classification.init(name:)), cost: Int(row.integer(4)),
                        upstream: row.string(5), version: row.string(6), deprecated: row.time(7), sunset: row.time(8),
                        schema: row.string(9), note: row.string(10))))
        }
        try scopes.finish()
        return items
    }

    private func clients() throws -> [PolicyItem] {
        var roles = try OwnedRows(database, "SELECT client, role FROM client_roles ORDER BY client, position")
        var scopes = try OwnedRows(database, "SELECT client, scope FROM client_scopes ORDER BY client, position")
        var items: [PolicyItem] = []
        try each("SELECT name, owner, status, tier, created, expires, note FROM clients ORDER BY name") { row in
            let name = row.string(0)
            items.append(
                .client(
                    Client(
                        name: try row.name(0), owner: row.string(1),
                        status: try row.word(2) { word in Client.Status.allCases.first { $0.name == word } },
                        tier: try row.optionalName(3), roles: try roles.take(name) { try $0.name(1) },
                        scopes: try scopes.take(name) { try $0.name(1) }, created: row.time(4),
                        expires: row.time(5), note: row.string(6))))
        }
        try roles.finish()
        try scopes.finish()
        return items
    }

    private func quota(_ row: SQLiteStatement) throws -> Quota {
        let holder: Quota.Holder =
            row.isNull(1) ? .client(try row.name(2)) : .tier(try row.name(1))
        let window: Quota.Window =
            switch row.string(4) {
            case "rate": .rate(seconds: Int(row.integer(5)))
            case "rolling": .rolling(seconds: Int(row.integer(5)))
            case "calendar":
                .calendar(
                    try row.word(6) { word in Quota.CalendarUnit.allCases.first { $0.name == word } },
                    zone: row.string(7))
            default: throw BadValue(text: "a quota's window that isn't known")
            }
        let adaptive =
            row.optionalInteger(11).map {
                Quota.Adaptive(percent: Int($0), floor: Int(row.integer(12)), ceiling: Int(row.integer(13)))
            }
        return Quota(
            name: try row.name(0), holder: holder,
            key: try row.word(3) { word in Quota.Key.allCases.first { $0.name == word } }, window: window,
            limit: Int(row.integer(8)), burst: Int(row.integer(9)),
            pattern: row.isNull(10) ? nil : try row.pattern(10), adaptive: adaptive,
            onCounterFailure: try row.word(14) { word in Quota.CounterFailure.allCases.first { $0.name == word } },
            note: row.string(15))
    }

    private func operators() throws -> [PolicyItem] {
        var duties = try OwnedRows(database, "SELECT operator, duty FROM operator_duties ORDER BY operator, duty")
        var items: [PolicyItem] = []
        try each("SELECT name, user_id, note FROM operators ORDER BY name") { row in
            guard let userID = UInt32(exactly: row.integer(1)) else { throw BadValue(text: "a user id out of range") }
            items.append(
                .operator(
                    Operator(
                        name: try row.name(0), userID: userID,
                        duties: Set(try duties.take(row.string(0)) { try $0.word(1, Duty.init(name:)) }),
                        note: row.string(2))))
        }
        try duties.finish()
        return items
    }
}
