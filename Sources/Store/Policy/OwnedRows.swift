import Domain

/// Rows that belong to items, read alongside them: both in the order of the items' names.
struct OwnedRows {
    private let rows: SQLiteStatement
    private let path: String
    private var owner: String?

    /// The first column is the owner's name.
    init(_ database: SQLiteDatabase, _ sql: String) throws {
        path = database.path
        rows = try database.prepare(sql)
        try advance()
    }

    private mutating func advance() throws {
        owner = try rows.step() ? rows.string(0) : nil
    }

    /// What the owner has; owners are asked for in ascending order.
    mutating func take<Element>(_ name: String, _ element: (SQLiteStatement) throws -> Element) throws -> [Element] {
        var elements: [Element] = []
        while owner == name {
            elements.append(try element(rows))
            try advance()
        }
        return elements
    }

    /// Rows that are left belong to nobody.
    func finish() throws {
        guard let owner else { return }
        throw StoreError(.corrupt("rows of \(owner), which isn't there"), path: path)
    }
}

/// What a row holds that can't be there.
struct BadValue: Error {
    let text: String
}

extension SQLiteStatement {
    func name<Thing>(_ column: Int32) throws(BadValue) -> Name<Thing> {
        do {
            return try Name(string(column))
        } catch {
            throw BadValue(text: "\(error)")
        }
    }

    func optionalName<Thing>(_ column: Int32) throws(BadValue) -> Name<Thing>? {
        isNull(column) ? nil : try name(column)
    }

    func word<Value>(_ column: Int32, _ value: (String) -> Value?) throws(BadValue) -> Value {
        guard let value = value(string(column)) else { throw BadValue(text: "a word that isn't known") }
        return value
    }

    func methods(_ column: Int32) throws(BadValue) -> MethodSet {
        guard let bits = UInt16(exactly: integer(column)), bits & ~MethodSet.all.rawValue == 0 else {
            throw BadValue(text: "methods that aren't known")
        }
        return MethodSet(rawValue: bits)
    }

    func pattern(_ column: Int32) throws(BadValue) -> RoutePattern {
        do {
            return try RoutePattern(string(column))
        } catch {
            throw BadValue(text: "\(error)")
        }
    }

    func time(_ column: Int32) -> Timestamp? {
        optionalInteger(column).map(Timestamp.init(microseconds:))
    }
}
