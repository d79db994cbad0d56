/// Lends blobs that are looked up by a number; some can be on loan at the same time.
final class BlobSource {
    private let database: SQLiteDatabase
    private let sql: String
    private var idle: [SQLiteStatement] = []

    /// `sql` selects one blob, by one number.
    init(_ database: SQLiteDatabase, _ sql: String) {
        self.database = database
        self.sql = sql
    }

    /// Lends a blob's bytes; no bytes where there is none.
    func withBlob<Result>(_ id: Int64, _ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result {
        let query = try idle.popLast() ?? database.prepare(sql)
        defer {
            query.reset()
            idle.append(query)
        }
        query.bind(id, at: 1)
        guard try query.step() else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
        return try body(query.bytes(0))
    }
}
