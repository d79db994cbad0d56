// The tables of a traffic segment, and the views through which any SQLite shell (3.37 or newer) can read it.
//
// Versions are steps: a step that was released is never edited, a change is another step. `user_version` holds how many
// were taken.

import Domain

enum SegmentSchema {
    /// Columns have a number below this in `columns.id`, blocks their first ordinal times this.
    static let columnsPerBlock: Int64 = 32

    static let steps: [[String]] = [
        tables + [decoderRows, numberRows, codesView, eventCodesView, eventsView, ratesView]
    ]

    /// Brings a file to the newest version; one that is newer still is an error.
    static func migrate(_ database: SQLiteDatabase) throws(StoreError) {
        let version = try checkedVersion(of: database)
        guard version < steps.count else { return }
        try database.execute("BEGIN IMMEDIATE")
        do {
            for step in steps[version...] {
                for statement in step { try database.execute(statement) }
            }
            try database.execute("PRAGMA user_version = \(steps.count)")
            try database.execute("COMMIT")
        } catch {
            try? database.execute("ROLLBACK")
            throw error
        }
    }

    /// How many steps a file has taken; 0 for an empty file.
    static func checkedVersion(of database: SQLiteDatabase) throws(StoreError) -> Int {
        let version = Int(try database.integer("PRAGMA user_version") ?? 0)
        guard version <= steps.count else {
            throw StoreError(.newerSchema(found: version, known: steps.count), path: database.path)
        }
        return version
    }

    private static let tables = [
        """
        CREATE TABLE segment (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            store BLOB NOT NULL CHECK (length(store) = 16),
            day INTEGER NOT NULL,
            part INTEGER NOT NULL CHECK (part >= 1)
        ) STRICT
        """,
        """
        CREATE TABLE strings (
            field INTEGER NOT NULL CHECK (field BETWEEN 0 AND 14),
            id INTEGER NOT NULL CHECK (id > 0),
            text TEXT NOT NULL,
            PRIMARY KEY (field, id)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE blocks (
            first INTEGER PRIMARY KEY CHECK (first >= 0),
            count INTEGER NOT NULL CHECK (count BETWEEN 1 AND 4096),
            earliest INTEGER NOT NULL,
            latest INTEGER NOT NULL CHECK (latest >= earliest),
            outcomes INTEGER NOT NULL CHECK (outcomes BETWEEN 1 AND 63)
        ) STRICT
        """,
        """
        CREATE TABLE columns (
            id INTEGER PRIMARY KEY CHECK (id >= 0),
            base INTEGER NOT NULL,
            scale INTEGER NOT NULL CHECK (scale > 0),
            width INTEGER NOT NULL CHECK (width BETWEEN 0 AND 8),
            data BLOB NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE rate_buckets (
            resolution INTEGER NOT NULL CHECK (resolution IN (1, 60, 3600)),
            time INTEGER NOT NULL CHECK (time % resolution = 0),
            \(Outcome.allCases.map { "\($0.name) INTEGER NOT NULL" }.joined(separator: ",\n    ")),
            PRIMARY KEY (resolution, time)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE summaries (
            id INTEGER PRIMARY KEY,
            level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 3),
            first INTEGER NOT NULL CHECK (first >= 0),
            count INTEGER NOT NULL CHECK (count > 0),
            earliest INTEGER NOT NULL,
            latest INTEGER NOT NULL CHECK (latest >= earliest),
            header BLOB NOT NULL,
            CHECK (id = first * 4 + level)
        ) STRICT
        """,
        """
        CREATE TABLE summary_lists (
            id INTEGER PRIMARY KEY,
            data BLOB NOT NULL
        ) STRICT
        """,
        """
        CREATE TABLE positions (
            source INTEGER PRIMARY KEY,
            offset INTEGER NOT NULL CHECK (offset >= 0)
        ) STRICT
        """,
        """
        CREATE TABLE batches (
            number INTEGER PRIMARY KEY CHECK (number >= 0),
            first INTEGER NOT NULL CHECK (first >= 0),
            count INTEGER NOT NULL CHECK (count > 0),
            time INTEGER NOT NULL,
            previous BLOB NOT NULL CHECK (length(previous) = 32),
            hash BLOB NOT NULL CHECK (length(hash) = 32)
        ) STRICT
        """,
        "CREATE TABLE decoder (bytes BLOB NOT NULL CHECK (length(bytes) = 256)) STRICT",
        "CREATE TABLE numbers (n INTEGER PRIMARY KEY) STRICT",
        "CREATE TRIGGER batches_stay BEFORE UPDATE ON batches BEGIN SELECT raise(ABORT, 'batches are final'); END",
        "CREATE TRIGGER batches_remain BEFORE DELETE ON batches BEGIN SELECT raise(ABORT, 'batches are final'); END",
        "CREATE TRIGGER strings_stay BEFORE UPDATE ON strings BEGIN SELECT raise(ABORT, 'strings are final'); END",
        "CREATE TRIGGER strings_remain BEFORE DELETE ON strings BEGIN SELECT raise(ABORT, 'strings are final'); END",
    ]

    /// All byte values in order: where a byte is found in it, is its value.
    private static let decoderRows: String = {
        let digits = (0...255).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return "INSERT INTO decoder VALUES (x'\(digits)')"
    }()

    private static let numberRows = """
        INSERT INTO numbers
        WITH RECURSIVE counting(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counting WHERE n < 4095)
        SELECT n FROM counting
        """

    /// Each column's codes, decoded with plain SQL. It is one view for all columns because every connection parses all
    /// views when it opens the file, and a console opens thirty files before its first screen.
    private static let codesView: String = {
        let bytes = (0..<8).map { byte in
            "iif(width>\(byte),instr(bytes,substr(data,n*width+\(byte + 1),1))-1<<\(byte * 8),0)"
        }
        return """
            CREATE VIEW codes AS SELECT id, n, base+scale*(\(bytes.joined(separator: "+"))) AS code
            FROM columns CROSS JOIN decoder CROSS JOIN numbers
            """
    }()

    private static func name(_ column: EventColumn) -> String {
        switch column {
        case .time: "time"
        case .outcome: "outcome"
        case .status: "status"
        case .latency: "latency"
        case .bytes: "bytes_sent"
        default: column.textField?.name ?? ""
        }
    }

    /// Plain SQL for a column's code of the event `n` of block `b`.
    private static func code(_ column: EventColumn) -> String {
        "ifnull((SELECT code FROM codes AS c WHERE c.id=first*\(columnsPerBlock)+\(column.rawValue) AND c.n=m.n),0)"
    }

    /// The codes as they are, a row for each event.
    private static let eventCodesView = """
        CREATE VIEW event_codes AS SELECT first+m.n AS ordinal,
        \(EventColumn.all.map { "\(code($0)) AS \(name($0))" }.joined(separator: ",\n"))
        FROM blocks CROSS JOIN numbers AS m ON m.n < count
        """

    private static func text(_ field: TextField) -> String {
        "(SELECT text FROM strings WHERE field = \(field.rawValue) AND id = e.\(field.name)) AS \(field.name)"
    }

    private static let outcomeName =
        "CASE e.outcome " + Outcome.allCases.map { "WHEN \($0.rawValue) THEN '\($0.name)'" }.joined(separator: " ")
        + " END AS outcome"

    private static let fraction = "(e.time % 1000000 + 1000000) % 1000000"

    /// Access events with the names and the order that `gatehouse traffic --json` gives them.
    private static let eventsView: String = {
        let fields: [TextField] = [
            .node, .source, .client, .subject, .token, .address, .method, .host, .path, .query, .route,
        ]
        let time = """
            strftime('%Y-%m-%dT%H:%M:%S', (e.time - \(fraction)) / 1000000, 'unixepoch')\
            || printf('.%06dZ', \(fraction)) AS time
            """
        let columns =
            [time] + fields.map(text) + ["nullif(e.status, 0) AS status", outcomeName, text(.reason)]
            + ["nullif(e.latency, 0) - 1 AS latency_us", "nullif(e.bytes_sent, 0) - 1 AS bytes"]
            + [.agent, .referrer, .requestID].map(text) + ["e.time AS time_us", "e.ordinal AS ordinal"]
        return "CREATE VIEW events AS SELECT \(columns.joined(separator: ",\n")) FROM event_codes AS e"
    }()

    private static let ratesView = """
        CREATE VIEW rates AS SELECT strftime('%Y-%m-%dT%H:%M:%SZ', time, 'unixepoch') AS time,
        \(Outcome.allCases.map(\.name).joined(separator: ", ")), time AS time_s
        FROM rate_buckets WHERE resolution = 1
        """
}
