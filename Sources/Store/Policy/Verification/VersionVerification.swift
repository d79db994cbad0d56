import Domain

/// Replays what versions changed, and compares each with what the audit trail tells of it.
struct VersionVerification {
    private let database: SQLiteDatabase
    private let told: ToldHistory
    private(set) var findings: [AuditFinding] = []
    private(set) var count = 0
    /// The items after the last version that was in force.
    private(set) var items = ItemReplay()

    init(_ database: SQLiteDatabase, _ told: ToldHistory) {
        self.database = database
        self.told = told
    }

    private mutating func note(_ place: AuditFinding.Place, _ problem: String) {
        findings.append(AuditFinding(place, problem))
    }

    mutating func run() throws {
        let rows = try database.prepare("SELECT number, origin FROM policy_versions ORDER BY number")
        while try rows.step() {
            count += 1
            guard rows.integer(0) == count else {
                note(.version(count), "is missing")
                return
            }
            if let version = try readable(count) {
                try check(version)
            } else {
                note(.version(count), "can't be read")
                // What it changed is known all the same, and the next ones build on it.
                _ = items.apply(try EditTable.texts(of: count, in: database), version: count)
                if rows.string(1) == "draft" { items.takeBack() }
            }
        }
        for number in told.versions.keys.sorted() where number > count && !told.doubtful.contains(number) {
            note(.version(number), "is missing, though the audit trail tells of it")
        }
        try checkItems()
        try checkTables()
        try checkBreakGlass()
        try checkPairs()
    }

    /// Columns that say something only together: SQLite leaves constraints out where a file is opened for reading.
    private mutating func checkPairs() throws {
        let versions = try database.prepare(
            "SELECT number FROM policy_versions WHERE (approver IS NULL) <> (approver_id IS NULL)")
        while try versions.step() { note(.version(Int(versions.integer(0))), "who approved it contradicts itself") }
        let quotas = try database.prepare("SELECT name FROM quotas WHERE (tier IS NULL) = (client IS NULL)")
        while try quotas.step() { note(.item("quota/\(quotas.string(0))"), "whose it is contradicts itself") }
        let changes = try database.prepare(
            """
            SELECT version, (ended IS NULL) <> (ending IS NULL) OR reverted_by IS NOT NULL AND ending IS NOT 'reverted',
                (reviewed IS NULL) <> (reviewer IS NULL) OR (reviewed IS NULL) <> (reviewer_id IS NULL)
            FROM break_glass
            """)
        while try changes.step() {
            let place = AuditFinding.Place.breakGlass(Int(changes.integer(0)))
            if changes.integer(1) != 0 { note(place, "how it ended contradicts itself") }
            if changes.integer(2) != 0 { note(place, "who reviewed it contradicts itself") }
        }
    }

    private func readable(_ number: Int) throws -> PolicyVersion? {
        do {
            return try VersionTable.version(number, in: database)
        } catch let error as StoreError {
            guard case .corrupt = error.problem else { throw error }
            return nil
        }
    }

    private mutating func check(_ version: PolicyVersion) throws {
        let place = AuditFinding.Place.version(version.number)
        // What a record tells that was changed itself is no measure.
        let told = self.told.doubtful.contains(version.number) ? nil : self.told.versions[version.number]
        if self.told.versions[version.number] == nil { note(place, "the audit trail doesn't tell of it") }
        let edits = try EditTable.texts(of: version.number, in: database)
        if told.map({ $0.edits != Hex.text(version.edits) }) ?? false
            || PolicyContent.hash(ofEdits: edits) != version.edits
        {
            note(place, "what it changed isn't what was recorded")
        }
        if let key = items.apply(edits, version: version.number) {
            note(place, "what was there before it isn't what it says of \(key)")
        }
        if told.map({ $0.content != Hex.text(version.content) }) ?? false || items.content() != version.content {
            note(place, "its policy isn't the one that was recorded")
        }
        if case .draft = version.origin { items.takeBack() }
        if let told, told.parent != version.parent { note(place, "what it was made from was changed") }
        if let dangers = told?.dangers, dangers != version.dangers.names { note(place, "its dangers were changed") }
        if let told, !Self.agrees(version, told.record.entry) { note(place, "who made it, when or why was changed") }
        let expected = self.told.states[version.number]
        if expected != version.state, self.told.isCertain(version.number) {
            note(place, "its state is \(version.state.rawValue), but was \(expected?.rawValue ?? "unknown")")
        }
    }

    private static func agrees(_ version: PolicyVersion, _ entry: AuditRecord.Entry) -> Bool {
        let action =
            switch version.origin {
            case .first: "policy.init"
            case .change: "policy.apply"
            case .draft: "policy.draft"
            case .approval: "policy.approve"
            case .undo: "policy.undo"
            case .restore: "policy.restore"
            case .breakGlass: "policy.break-glass"
            case .expiry: "policy.expire"
            }
        guard entry.action == action, entry.time == version.created else { return false }
        switch version.origin {
        case .approval(let draft): return version.approver == entry.actor && entry.target == "version/\(draft)"
        case .expiry(let glass):
            guard entry.target == "version/\(glass)" else { return false }
        case .first, .change, .draft, .undo, .restore, .breakGlass: break
        }
        return version.approver == nil && version.author == entry.actor && version.reason == entry.reason
    }

    /// The list of items with their hashes.
    private mutating func checkItems() throws {
        let rows = try database.prepare("SELECT kind, name, version, hash FROM policy_items")
        var left = items.byKey
        while try rows.step() {
            let key = ItemReplay.Key(kind: rows.string(0), name: rows.string(1))
            let item = left.removeValue(forKey: key)
            if item?.hash != rows.array(3) || item.map({ Int64($0.version) }) != rows.integer(2) {
                note(.item("\(key)"), "its hash was changed")
            }
        }
        for key in left.keys.sorted() { note(.item("\(key)"), "its hash is missing") }
    }

    /// The tables that decisions are made from.
    private mutating func checkTables() throws {
        let policy: Policy
        do {
            policy = try ItemReader(database).policy()
        } catch let error as StoreError {
            return note(.store, "the active policy can't be read: \(error.message)")
        }
        var found = policy.items
        for (key, item) in items.byKey.sorted(by: { $0.key < $1.key }) {
            guard let kind = ItemKind(rawValue: key.kind),
                let expected = try? PolicyItem(kind, named: key.name, json: item.json.utf8)
            else {
                note(.item("\(key)"), "its history can't be read")
                continue
            }
            guard let actual = found.removeValue(forKey: expected.key) else {
                note(.item("\(key)"), "was removed by hand")
                continue
            }
            if actual != expected { note(.item("\(key)"), "was changed by hand") }
        }
        for key in found.keys.sorted() { note(.item(key.description), "was added by hand") }
    }

    private mutating func checkBreakGlass() throws {
        let changes: [BreakGlass]
        do {
            changes = try BreakGlassTable.changes(in: database, "ORDER BY version")
        } catch let error as StoreError {
            // A version that can't be read was told already.
            guard case .corrupt = error.problem else { throw error }
            return
        }
        for change in changes {
            let number = change.version.number
            guard told.isCertain(number) else { continue }
            let review = told.reviews[number]
            let end = ToldHistory.End(
                ending: change.ending?.rawValue, time: change.ended, revertedBy: change.revertedBy)
            if told.versions[number]?.expires.map(Int64.init) != change.expires.microseconds {
                note(.breakGlass(number), "when it ends was changed")
            }
            if end != told.end(of: number) { note(.breakGlass(number), "how it ended was changed") }
            if change.review?.reviewer != review?.record.entry.actor || change.review?.time != review?.record.entry.time
            {
                note(.breakGlass(number), "who reviewed it was changed")
            }
        }
        let listed = Set(changes.map(\.version.number))
        for (number, told) in told.versions.sorted(by: { $0.key < $1.key })
        where told.expires != nil && !listed.contains(number) && !self.told.doubtful.contains(number) {
            note(.breakGlass(number), "is missing")
        }
    }
}
