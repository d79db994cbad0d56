import GRDB

/// The tables of the catalog. A migration that was released is never edited; a change is another migration.
enum CatalogSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("traffic 1") { database in
            try database.execute(sql: first)
        }
        migrator.registerMigration("traffic 2: groups") { database in
            try database.execute(sql: groups)
        }
        return migrator
    }

    /// The names of all migrations.
    static var known: [String] { migrator.migrations }

    private static let first = """
        CREATE TABLE store (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            id BLOB NOT NULL CHECK (length(id) = 16),
            created INTEGER NOT NULL,
            heartbeat INTEGER NOT NULL,
            unread INTEGER NOT NULL DEFAULT 0 CHECK (unread >= 0)
        ) STRICT;
        CREATE TABLE sources (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            prefix_hash TEXT NOT NULL,
            prefix_length INTEGER NOT NULL CHECK (prefix_length >= 0),
            name TEXT NOT NULL,
            offset INTEGER NOT NULL CHECK (offset >= 0),
            lines INTEGER NOT NULL CHECK (lines >= 0),
            tail_hash TEXT NOT NULL,
            covered_from INTEGER,
            covered_until INTEGER CHECK (covered_until >= covered_from)
        ) STRICT;
        CREATE TABLE nodes (
            name TEXT PRIMARY KEY
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE segments (
            day INTEGER NOT NULL,
            part INTEGER NOT NULL CHECK (part >= 1),
            count INTEGER NOT NULL CHECK (count > 0),
            earliest INTEGER NOT NULL,
            latest INTEGER NOT NULL CHECK (latest >= earliest),
            sealed INTEGER NOT NULL CHECK (sealed IN (0, 1)),
            head BLOB NOT NULL CHECK (length(head) = 32),
            PRIMARY KEY (day, part)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE dropped_segments (
            day INTEGER NOT NULL,
            part INTEGER NOT NULL,
            count INTEGER NOT NULL,
            head BLOB NOT NULL CHECK (length(head) = 32),
            time INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE unread_reasons (
            reason TEXT PRIMARY KEY,
            count INTEGER NOT NULL CHECK (count > 0)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE unread_lines (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            time INTEGER NOT NULL,
            source TEXT NOT NULL,
            offset INTEGER NOT NULL,
            reason TEXT NOT NULL,
            bytes BLOB NOT NULL CHECK (length(bytes) <= 4096)
        ) STRICT;
        """

    /// Whatever happens to a segment's record, the group that speaks of it goes in the same transaction.
    private static let groups = """
        CREATE TABLE segment_groups (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            day INTEGER NOT NULL,
            days INTEGER NOT NULL CHECK (days > 0),
            header BLOB NOT NULL,
            hours BLOB NOT NULL,
            UNIQUE (day, days)
        ) STRICT;
        CREATE TABLE segment_group_members (
            group_id INTEGER NOT NULL,
            day INTEGER NOT NULL,
            part INTEGER NOT NULL,
            count INTEGER NOT NULL,
            head BLOB NOT NULL CHECK (length(head) = 32),
            PRIMARY KEY (group_id, day, part)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE segment_group_lists (
            id INTEGER PRIMARY KEY,
            data BLOB NOT NULL
        ) STRICT;
        CREATE TRIGGER segment_added AFTER INSERT ON segments BEGIN
            DELETE FROM segment_groups WHERE new.day >= day AND new.day < day + days;
        END;
        CREATE TRIGGER segment_changed AFTER UPDATE ON segments BEGIN
            DELETE FROM segment_groups WHERE
                (new.day >= day AND new.day < day + days) OR (old.day >= day AND old.day < day + days);
        END;
        CREATE TRIGGER segment_removed AFTER DELETE ON segments BEGIN
            DELETE FROM segment_groups WHERE old.day >= day AND old.day < day + days;
        END;
        CREATE TRIGGER segment_group_removed AFTER DELETE ON segment_groups BEGIN
            DELETE FROM segment_group_members WHERE group_id = old.id;
            DELETE FROM segment_group_lists WHERE id BETWEEN old.id * 16 AND old.id * 16 + 15;
        END;
        """
}
