/// Reads columns of a segment's blocks.
struct ColumnSource {
    private let query: SQLiteStatement
    private let path: String

    init(_ database: SQLiteDatabase) throws(StoreError) {
        query = try database.prepare("SELECT base, scale, width, data FROM columns WHERE id = ?")
        path = database.path
    }

    /// Fills the target with the codes of a column; one that was left out of the file is all unknown.
    func read(
        _ column: EventColumn, ofBlock first: Int64, into target: UnsafeMutableBufferPointer<Int64>
    ) throws(StoreError) {
        query.bind(first * SegmentSchema.columnsPerBlock + Int64(column.rawValue), at: 1)
        defer { query.reset() }
        guard try query.step() else {
            target.update(repeating: 0)
            return
        }
        let codec = ColumnCodec(base: query.integer(0), scale: query.integer(1), width: Int(query.integer(2)))
        guard codec.decode(query.bytes(3), into: target) else {
            throw StoreError(.corrupt("a column of the block at \(first) is too short"), path: path)
        }
    }
}
