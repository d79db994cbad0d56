import Domain

/// The audit trail as it can be read: past records that are none, and past pages that are damaged.
struct AuditTrail {
    /// A record, or what is in the place of some.
    struct Step {
        var problems: [(sequence: Int64, problem: String)] = []
        /// Nil where it can't be read.
        var record: AuditRecord?
        /// What the next record may follow.
        var heads: [[UInt8]]?

        /// Whether the record is as it was written.
        var isSound = true
        /// Whether something that was told is missing.
        var isGap = false
    }

    /// So many records are tried after a damaged page when it can't be told how many there are.
    private static let mostTried: Int64 = 10_000

    private let database: SQLiteDatabase
    private(set) var walk: AuditWalk

    init(_ database: SQLiteDatabase, _ walk: AuditWalk) {
        self.database = database
        self.walk = walk
    }

    mutating func read(_ body: (Step) throws -> Void) throws {
        while let damage = try readOn(body) {
            let first = walk.sequence + 1
            guard let next = nextReadable(from: first + 1) else {
                try body(Self.gap(first, "can't be read, nor can any after it (\(damage.message)); \(Self.advice)"))
                return
            }
            walk.skip(to: next - 1)
            let range = next - 1 == first ? "" : ", nor can those up to \(next - 1)"
            try body(Self.gap(first, "can't be read\(range) (\(damage.message)); \(Self.advice)"))
        }
    }

    private static let advice = "restore the file from a copy that holds it; all other records are read"

    private static func gap(_ sequence: Int64, _ problem: String) -> Step {
        Step(problems: [(sequence, problem)], isGap: true)
    }

    /// Reads on up to the end, or to what is damaged.
    private mutating func readOn(_ body: (Step) throws -> Void) throws -> StoreError? {
        let records: SQLiteStatement
        do {
            records = try AuditTable.records(in: database, "WHERE sequence >= \(walk.sequence + 1) ORDER BY sequence")
        } catch let error as StoreError {
            return error
        }
        while true {
            do {
                guard try records.step() else { return nil }
            } catch {
                return error
            }
            try body(step(records))
        }
    }

    private mutating func step(_ row: SQLiteStatement) -> Step {
        guard let record = AuditTable.record(row) else {
            var step = Step(isGap: true)
            step.problems = walk.take(unreadable: row.integer(0), hash: row.array(12)).map { ($0.sequence, $0.text) }
            step.problems.append((row.integer(0), "can't be a record"))
            return step
        }
        let breaks = walk.take(record)
        var step = Step(problems: breaks.map { ($0.sequence, $0.text) }, record: record, heads: walk.heads)
        step.isGap = breaks.contains(where: \.isGap)
        step.isSound = breaks.allSatisfy(\.isGap)
        return step
    }

    /// The first record from which on reading in order gets further. The same query reads on: looking for the number before
    /// could meet the damaged page again.
    private func nextReadable(from start: Int64) -> Int64? {
        let last = (try? database.integer("SELECT max(sequence) FROM audit_records")) ?? nil
        for number in start...max(start, last ?? start + Self.mostTried) {
            guard
                let row = try? AuditTable.records(
                    in: database, "WHERE sequence >= \(number) ORDER BY sequence LIMIT 1"),
                (try? row.step()) == true
            else { continue }
            return row.integer(0)
        }
        return nil
    }
}

extension AuditChain.Break {
    fileprivate var isGap: Bool {
        switch problem {
        case .missing: true
        case .unlinked, .changed: false
        }
    }

    fileprivate var text: String {
        switch problem {
        case .missing(let next): "is missing; the next one that is there is \(next)"
        case .unlinked: "doesn't follow the one before"
        case .changed: "was changed or moved"
        }
    }
}
