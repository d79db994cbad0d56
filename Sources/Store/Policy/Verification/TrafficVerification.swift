import Domain

/// Looks at the traffic's segments: each by its own chain, and against checkpoints that were kept elsewhere.
struct TrafficVerification {
    private let folder: StoreFolder
    private let cancellation: Cancellation

    init(_ folder: StoreFolder, cancellation: Cancellation = Cancellation()) {
        self.folder = folder
        self.cancellation = cancellation
    }

    func run(
        exported: [Checkpoint], into report: inout AuditReport,
        progress: (_ events: Int64, _ total: Int64) -> Void = { _, _ in }
    ) throws {
        let reader = TrafficReader(folder: folder)
        do {
            guard try reader.refresh() else {
                return checkMissing(exported, into: &report)
            }
        } catch let error as StoreError {
            report.findings.append(AuditFinding(.segment(StoreFolder.catalogName), error.message))
            return
        }
        var intact: [String: Int64] = [:]
        let segments = reader.catalog?.segments ?? []
        let total = segments.reduce(0) { $0 + $1.count }
        var done: Int64 = 0
        for segment in segments {
            let name = StoreFolder.fileName(of: segment.id)
            report.segments += 1
            do {
                let verdict = try reader.verify(segment.id) { events in
                    try cancellation.check()
                    progress(done + events, max(total, done + events))
                }
                switch verdict {
                case .intact(_, let events, _):
                    report.events += events
                    intact[PolicyStore.chainName(of: segment.id)] = events
                case .broken(let batch, let events, let reason):
                    let place = "batch \(batch), events \(events.lowerBound)..<\(events.upperBound)"
                    report.findings.append(AuditFinding(.segment(name), "\(place): \(reason)"))
                }
            } catch let error as StoreError {
                report.findings.append(AuditFinding(.segment(name), error.message))
            }
            done += segment.count
        }
        try cancellation.check()
        for problem in try reader.checkGroups() {
            report.findings.append(AuditFinding(.segment(StoreFolder.catalogName), problem.message))
        }
        let dropped = try droppedHeads()
        for checkpoint in exported where checkpoint.chain != PolicyStore.policyChain {
            let place = AuditFinding.Place.checkpoint(chain: checkpoint.chain, length: checkpoint.length)
            if let events = intact[checkpoint.chain] {
                if let problem = try problem(of: checkpoint, events: events) {
                    report.findings.append(AuditFinding(place, problem))
                }
            } else if let (count, head) = dropped[checkpoint.chain] {
                if count < checkpoint.length || count == checkpoint.length && head != checkpoint.head {
                    report.findings.append(AuditFinding(place, "what was dropped is not what was there"))
                }
            } else if !(reader.catalog?.segments ?? []).contains(where: {
                PolicyStore.chainName(of: $0.id) == checkpoint.chain
            }) {
                report.findings.append(AuditFinding(place, "the segment is gone, and nothing says that it was dropped"))
            }
        }
    }

    private func checkMissing(_ exported: [Checkpoint], into report: inout AuditReport) {
        for checkpoint in exported where checkpoint.chain != PolicyStore.policyChain {
            let place = AuditFinding.Place.checkpoint(chain: checkpoint.chain, length: checkpoint.length)
            report.findings.append(AuditFinding(place, "there is no traffic"))
        }
    }

    /// A batch ended where the checkpoint says, with the hash that it says.
    private func problem(of checkpoint: Checkpoint, events: Int64) throws -> String? {
        guard checkpoint.length <= events else {
            return "the segment ends at \(events): it was cut, or the file was put back to an older state"
        }
        let (database, _) = try SQLiteDatabase.openForReading("\(folder.path)/\(checkpoint.chain).sqlite")
        let query = try database.prepare(
            "SELECT hash FROM batches WHERE first + count = \(checkpoint.length) AND count > 0")
        guard try query.step(), query.array(0) == checkpoint.head else { return "the segment was written anew" }
        return nil
    }

    /// How segments ended that retention dropped.
    private func droppedHeads() throws -> [String: (Int64, [UInt8])] {
        let (database, _) = try SQLiteDatabase.openForReading(folder.catalog)
        let rows = try database.prepare("SELECT day, part, count, head FROM dropped_segments")
        var heads: [String: (Int64, [UInt8])] = [:]
        while try rows.step() {
            let segment = SegmentID(day: Day(number: rows.integer(0)), part: Int(rows.integer(1)))
            heads[PolicyStore.chainName(of: segment)] = (rows.integer(2), rows.array(3))
        }
        return heads
    }
}
