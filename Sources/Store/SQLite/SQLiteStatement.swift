import GRDBSQLite

/// A prepared statement; positions count from 1 when binding and from 0 when reading, as in SQLite.
final class SQLiteStatement {
    private let statement: OpaquePointer
    private let database: SQLiteDatabase

    init(_ statement: OpaquePointer, in database: SQLiteDatabase) {
        self.statement = statement
        self.database = database
    }

    deinit {
        sqlite3_finalize(statement)
    }

    func bind(_ value: Int64, at position: Int32) {
        sqlite3_bind_int64(statement, position, value)
    }

    /// Binds bytes that stay where they are until the statement is reset.
    func bind(blob bytes: UnsafeRawBufferPointer, at position: Int32) {
        guard let start = bytes.baseAddress, !bytes.isEmpty else {
            sqlite3_bind_zeroblob(statement, position, 0)
            return
        }
        sqlite3_bind_blob64(statement, position, start, UInt64(bytes.count), nil)
    }

    /// Binds a copy of some bytes.
    func bind(copying bytes: [UInt8], at position: Int32) {
        // SQLITE_TRANSIENT, which the importer doesn't know: SQLite copies before the call returns.
        let copying = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        bytes.withUnsafeBytes { bytes in
            _ = sqlite3_bind_blob64(statement, position, bytes.baseAddress, UInt64(bytes.count), copying)
        }
    }

    /// Binds UTF-8 text that stays where it is until the statement is reset.
    func bind(text bytes: UnsafeRawBufferPointer, at position: Int32) {
        guard let start = bytes.baseAddress, !bytes.isEmpty else {
            sqlite3_bind_text(statement, position, "", 0, nil)
            return
        }
        let text = start.assumingMemoryBound(to: CChar.self)
        sqlite3_bind_text64(statement, position, text, UInt64(bytes.count), nil, UInt8(SQLITE_UTF8))
    }

    /// Binds a copy of a text.
    func bind(copying text: String, at position: Int32) {
        let copying = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        _ = sqlite3_bind_text64(statement, position, text, UInt64(text.utf8.count), copying, UInt8(SQLITE_UTF8))
    }

    /// Moves to the next row; false after the last one.
    func step() throws(StoreError) -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default:
            let error = database.error()
            sqlite3_reset(statement)
            throw error
        }
    }

    /// Runs a statement without rows, and makes it ready for the next time.
    func run() throws(StoreError) {
        _ = try step()
        reset()
    }

    func reset() {
        sqlite3_reset(statement)
    }

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }

    /// A blob's or text's bytes; they are gone with the next step or reset.
    func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_blob(statement, column)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
    }

    func array(_ column: Int32) -> [UInt8] { Array(bytes(column)) }

    func string(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }
}
