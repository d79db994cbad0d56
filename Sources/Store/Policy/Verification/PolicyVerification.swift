import Domain

/// Walks the audit trail once, and then looks whether everything else is what it tells.
struct PolicyVerification {
    private let database: SQLiteDatabase
    private let store: [UInt8]
    private(set) var report = AuditReport()

    init(_ database: SQLiteDatabase, store: [UInt8]) {
        self.database = database
        self.store = store
    }

    mutating func run(exported: [Checkpoint], trusting keys: Set<[UInt8]>?) {
        attempt(.store) { try $0.checkSchema() }
        var told = ToldHistory()
        var rows = ToldRows()
        var heads = ChainHeads()
        attempt(.store) { try $0.walk(&told, &rows, &heads, marking: exported) }
        attempt(.store) { verification in
            var versions = VersionVerification(verification.database, told)
            try versions.run()
            verification.report.findings += versions.findings
            verification.report.versions = versions.count
            verification.report.items = versions.items.count
        }
        attempt(.store) { $0.report.findings += try rows.findings(in: $0.database) }
        attempt(.store) { try $0.checkCheckpoints(exported, heads, trusting: keys) }
    }

    /// Damage ends one part of the work, not all of it.
    private mutating func attempt(_ place: AuditFinding.Place, _ body: (inout PolicyVerification) throws -> Void) {
        do {
            try body(&self)
        } catch let error as StoreError {
            report.findings.append(AuditFinding(place, error.message))
        } catch {
            report.findings.append(AuditFinding(place, "\(error)"))
        }
    }

    // MARK: - Tables and triggers

    /// Compares the tables, indexes and triggers with those that this program makes.
    private mutating func checkSchema() throws {
        if let answer = try database.text("PRAGMA quick_check(1)"), answer != "ok" {
            report.findings.append(AuditFinding(.store, "damaged: \(answer)"))
        }
        let expected = try SQLiteDatabase(path: ":memory:", mode: .write)
        let taken = Int(try database.integer("PRAGMA user_version") ?? 0)
        for step in PolicySchema.steps.prefix(max(PolicySchema.readable, taken)) { try expected.execute(step) }
        let (known, found) = (try Self.schema(of: expected), try Self.schema(of: database))
        for name in Set(known.keys).union(found.keys).sorted() where known[name] != found[name] {
            let problem =
                found[name] == nil ? "is missing" : known[name] == nil ? "doesn't belong here" : "was changed"
            report.findings.append(AuditFinding(.store, "\(name) \(problem)"))
        }
    }

    private static func schema(of database: SQLiteDatabase) throws -> [String: String] {
        let rows = try database.prepare("SELECT type || ' ' || name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
        var schema: [String: String] = [:]
        while try rows.step() { schema[rows.string(0)] = rows.string(1) }
        return schema
    }

    // MARK: - The audit trail

    private mutating func walk(
        _ told: inout ToldHistory, _ rows: inout ToldRows, _ heads: inout ChainHeads, marking: [Checkpoint]
    ) throws {
        let stored = try PolicyStore.checkpoints(in: database)
        let wanted = Set((stored + marking).filter { $0.chain == PolicyStore.policyChain }.map(\.length))
        var trail = AuditTrail(database, AuditWalk(store: store))
        heads.byLength[0] = trail.walk.heads
        try trail.read { step in
            report.findings += step.problems.map { AuditFinding(.record($0.sequence), $0.problem) }
            if step.isGap {
                told.miss()
                rows.miss()
            }
            guard let record = step.record else { return }
            told.take(record, isSound: step.isSound)
            rows.take(record, isSound: step.isSound)
            report.records += 1
            report.head = record.hash
            if wanted.contains(record.sequence) { heads.byLength[record.sequence] = step.heads }
        }
        heads.length = trail.walk.sequence
    }

    /// The audit trail's heads at the lengths that checkpoints speak of.
    struct ChainHeads {
        var length: Int64 = 0
        var byLength: [Int64: [[UInt8]]] = [:]
    }

    // MARK: - Checkpoints

    private mutating func checkCheckpoints(
        _ exported: [Checkpoint], _ heads: ChainHeads, trusting keys: Set<[UInt8]>?
    ) throws {
        // What is kept here is often what was kept elsewhere too.
        var seen: Set<Checkpoint> = []
        for checkpoint in try PolicyStore.checkpoints(in: database) + exported where seen.insert(checkpoint).inserted {
            report.checkpoints += 1
            report.keys.insert(checkpoint.key)
            if let problem = problem(of: checkpoint, heads, trusting: keys) {
                let place = AuditFinding.Place.checkpoint(chain: checkpoint.chain, length: checkpoint.length)
                report.findings.append(AuditFinding(place, problem))
            }
        }
    }

    private func problem(of checkpoint: Checkpoint, _ heads: ChainHeads, trusting keys: Set<[UInt8]>?) -> String? {
        guard checkpoint.store == store else { return "is of another store" }
        guard checkpoint.isSignedByItsKey else { return "its signature doesn't hold" }
        if let keys, !keys.contains(checkpoint.key) { return "signed by a key that isn't trusted" }
        guard checkpoint.chain == PolicyStore.policyChain else { return nil }
        guard checkpoint.length <= heads.length else {
            return "the audit trail ends at \(heads.length): it was cut, or the file was put back to an older state"
        }
        guard let known = heads.byLength[checkpoint.length] else {
            return "audit record \(checkpoint.length), at which it was made, can't be read or is missing"
        }
        return known.contains(checkpoint.head) ? nil : "the audit trail was written anew"
    }
}
