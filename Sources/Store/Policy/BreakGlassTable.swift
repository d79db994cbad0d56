import Domain
import GRDB

/// Changes by break-glass as rows.
enum BreakGlassTable {
    /// In force, or over without that all of it was taken back.
    static let isOpen = "(ended IS NULL OR ending = 'failed')"

    static func insert(_ version: Int, expires: Timestamp, into database: Database) throws {
        try database.execute(
            sql: "INSERT INTO break_glass (version, expires) VALUES (?, ?)",
            arguments: [version, expires.microseconds])
    }

    /// Ends a change; one that failed ends again.
    static func end(
        _ version: Int, as ending: BreakGlass.Ending, revertedBy: Int?, now: Timestamp, in database: Database
    ) throws {
        try database.execute(
            sql: "UPDATE break_glass SET ended = ?, ending = ?, reverted_by = ? WHERE version = ?",
            arguments: [now.microseconds, ending.rawValue, revertedBy, version])
    }

    /// Lets it stay, and is its review.
    static func keep(_ version: Int, by actor: Actor, now: Timestamp, in database: Database) throws {
        try database.execute(
            sql: """
                UPDATE break_glass SET ended = ?, ending = 'kept', reviewed = ?, reviewer = ?, reviewer_id = ?
                WHERE version = ?
                """,
            arguments: [
                now.microseconds, now.microseconds, actor.name, actor.userID.map { Int64($0) }, version,
            ])
    }

    static func review(_ version: Int, by actor: Actor, now: Timestamp, in database: Database) throws {
        try database.execute(
            sql: "UPDATE break_glass SET reviewed = ?, reviewer = ?, reviewer_id = ? WHERE version = ?",
            arguments: [now.microseconds, actor.name, actor.userID.map { Int64($0) }, version])
    }

    /// What will be taken back when its time is over, the newest first; in the names of now.
    static func openEdits(in database: SQLiteDatabase) throws -> [PolicyEdit] {
        try changes(in: database, "WHERE \(isOpen) ORDER BY version DESC").flatMap { change in
            let number = change.version.number
            return try BasedEdits(
                try EditTable.edits(of: number, in: database), madeOn: number, in: database
            ).inNamesOfNow
        }
    }

    /// Changes in a condition and order that SQL says.
    static func changes(in database: SQLiteDatabase, _ clause: String) throws -> [BreakGlass] {
        let rows = try database.prepare(
            """
            SELECT version, expires, ending, reverted_by, reviewed, reviewer, reviewer_id, ended
            FROM break_glass \(clause)
            """)
        var changes: [BreakGlass] = []
        while try rows.step() {
            let review = rows.time(4).flatMap { time in
                VersionTable.actor(rows, 5).map { BreakGlass.Review(time: time, reviewer: $0) }
            }
            changes.append(
                BreakGlass(
                    version: try VersionTable.version(Int(rows.integer(0)), in: database),
                    expires: Timestamp(microseconds: rows.integer(1)),
                    ending: rows.optionalString(2).flatMap(BreakGlass.Ending.init(rawValue:)),
                    ended: rows.time(7), revertedBy: rows.optionalInteger(3).map { Int($0) }, review: review))
        }
        return changes
    }
}
