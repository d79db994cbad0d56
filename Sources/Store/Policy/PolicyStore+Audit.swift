package import Domain

extension PolicyStore {
    /// Audit records after a sequence number, oldest first.
    package func auditRecords(after sequence: Int64 = 0, limit: Int = 1000) throws -> [AuditRecord] {
        try records("WHERE sequence > \(sequence) ORDER BY sequence LIMIT \(max(0, limit))")
    }

    /// The newest audit records, newest first.
    package func newestAuditRecords(limit: Int) throws -> [AuditRecord] {
        try records("ORDER BY sequence DESC LIMIT \(max(0, limit))")
    }

    /// The record of a sequence number; nil when there is none.
    package func auditRecord(_ sequence: Int64) throws -> AuditRecord? {
        try records("WHERE sequence = \(sequence)").first
    }

    private func records(_ clause: String) throws -> [AuditRecord] {
        try read { database in
            let rows = try AuditTable.records(in: database, clause)
            var records: [AuditRecord] = []
            while try rows.step() {
                guard let record = AuditTable.record(rows) else {
                    throw StoreError(.corrupt("audit record \(rows.integer(0)) can't be read"), path: database.path)
                }
                records.append(record)
            }
            return records
        }
    }
}
