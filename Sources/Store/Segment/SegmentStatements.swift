/// The statements by which a segment is written, prepared once.
struct SegmentStatements {
    let addString: SQLiteStatement
    let addBlock: SQLiteStatement
    let removeBlock: SQLiteStatement
    let addColumn: SQLiteStatement
    let removeColumns: SQLiteStatement
    let addRates: SQLiteStatement
    let setPosition: SQLiteStatement
    let addBatch: SQLiteStatement
    let addSummary: SQLiteStatement
    let addSummaryList: SQLiteStatement

    init(_ database: SQLiteDatabase) throws(StoreError) {
        addString = try database.prepare("INSERT INTO strings (field, id, text) VALUES (?, ?, ?)")
        addBlock = try database.prepare(
            "INSERT INTO blocks (first, count, earliest, latest, outcomes) VALUES (?, ?, ?, ?, ?)")
        removeBlock = try database.prepare("DELETE FROM blocks WHERE first = ?")
        addColumn = try database.prepare(
            "INSERT INTO columns (id, base, scale, width, data) VALUES (?, ?, ?, ?, ?)")
        removeColumns = try database.prepare("DELETE FROM columns WHERE id BETWEEN ?1 AND ?1 + 31")
        addRates = try database.prepare(
            """
            INSERT INTO rate_buckets VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
            allowed = allowed + excluded.allowed, unauthenticated = unauthenticated + excluded.unauthenticated,
            forbidden = forbidden + excluded.forbidden, limited = limited + excluded.limited,
            invalid = invalid + excluded.invalid, failed = failed + excluded.failed
            """)
        setPosition = try database.prepare("INSERT OR REPLACE INTO positions (source, offset) VALUES (?, ?)")
        addBatch = try database.prepare(
            "INSERT INTO batches (number, first, count, time, previous, hash) VALUES (?, ?, ?, ?, ?, ?)")
        addSummary = try database.prepare(
            "INSERT OR REPLACE INTO summaries (id, level, first, count, earliest, latest, header)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)")
        addSummaryList = try database.prepare("INSERT OR REPLACE INTO summary_lists (id, data) VALUES (?, ?)")
    }
}
