// SQLite's C interface, as thin as it can be, for segments and for whatever is only read.
//
// The catalog is written through GRDB. Segments are not: a cold process opens thirty of them for its first screen, and
// columns are read and written as raw blobs, millions of events a second.

import GRDBSQLite
import Glibc

/// One connection to a file.
final class SQLiteDatabase {
    enum Mode {
        case create
        case write
        case read
        /// For media that can't be written: without locks, and blind to a log that was left behind.
        case immutable
    }

    let path: String
    private let handle: OpaquePointer
    private let isBorrowed: Bool

    /// Uses a connection that somebody else opened, and closes after this has gone.
    init(borrowing handle: OpaquePointer, path: String) {
        self.handle = handle
        self.path = path
        isBorrowed = true
    }

    init(path: String, mode: Mode) throws(StoreError) {
        var handle: OpaquePointer?
        let flags: Int32
        switch mode {
        case .create: flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        case .write: flags = SQLITE_OPEN_READWRITE
        case .read, .immutable: flags = SQLITE_OPEN_READONLY
        }
        if mode == .create { try StoreFolder.createFile(path) }
        let name = mode == .immutable ? Self.immutableName(path) : path
        let naming = mode == .immutable ? SQLITE_OPEN_URI : 0
        let code = sqlite3_open_v2(name, &handle, flags | SQLITE_OPEN_NOMUTEX | naming, nil)
        guard code == SQLITE_OK, let handle else {
            let problem = Self.problem(code: code, handle: handle, path: path)
            sqlite3_close_v2(handle)
            throw StoreError(problem, path: path)
        }
        self.path = path
        self.handle = handle
        isBorrowed = false
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, 5000)
    }

    deinit {
        if !isBorrowed { sqlite3_close_v2(handle) }
    }

    private static func immutableName(_ path: String) -> String {
        var name = "file:"
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "."):
                name.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                name += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return name + "?immutable=1"
    }

    func execute(_ sql: String) throws(StoreError) {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw error() }
    }

    func prepare(_ sql: String) throws(StoreError) -> SQLiteStatement {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil) == SQLITE_OK,
            let statement
        else { throw error() }
        return SQLiteStatement(statement, in: self)
    }

    /// The first column of the first row; nil when there is no row or it is null.
    func integer(_ sql: String) throws(StoreError) -> Int64? {
        let statement = try prepare(sql)
        guard try statement.step(), !statement.isNull(0) else { return nil }
        return statement.integer(0)
    }

    func text(_ sql: String) throws(StoreError) -> String? {
        let statement = try prepare(sql)
        guard try statement.step(), !statement.isNull(0) else { return nil }
        return String(decoding: statement.bytes(0), as: UTF8.self)
    }

    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    func error() -> StoreError {
        StoreError(Self.problem(code: sqlite3_extended_errcode(handle), handle: handle, path: path), path: path)
    }

    /// What a result code means to a person.
    static func problem(code: Int32, handle: OpaquePointer?, path: String) -> StoreError.Problem {
        let detail = handle.map { String(cString: sqlite3_errmsg($0)) } ?? String(cString: sqlite3_errstr(code))
        switch code & 0xff {
        case SQLITE_BUSY, SQLITE_LOCKED: return .locked(holder: "")
        case SQLITE_FULL: return .full
        case SQLITE_CORRUPT, SQLITE_NOTADB: return .corrupt(detail)
        case SQLITE_READONLY: return .readOnly
        case SQLITE_PERM, SQLITE_AUTH: return .permission
        case SQLITE_IOERR: return .inputOutput(detail)
        case SQLITE_CANTOPEN:
            if access(path, F_OK) != 0 { return .missing }
            return access(path, R_OK) != 0 ? .permission : .other(detail)
        default: return .other(detail)
        }
    }
}
