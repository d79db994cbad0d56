/// The steps that make a policy store's tables. One that was released is never edited; a change is another step.
enum PolicySchema {
    /// Written at the file's start, so that file(1) and others can tell it: "GHpl".
    static let applicationID: Int64 = 0x4748_706c

    /// `PRAGMA user_version` counts those that were taken.
    static let steps = [step1, SecretsSchema.step2, SecretsSchema.step3, HistorySchema.step4]

    /// A store that has taken so many of them can be read as it is: the later ones change nothing but how fast,
    /// and what may be written.
    static let readable = 1

    /// In this order: later tables refer to earlier ones.
    private static let step1 = [store, HistorySchema.step1, ItemSchema.step1, SecretsSchema.step1]
        .joined(separator: "\n")

    private static let store = """
        CREATE TABLE store (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            id BLOB NOT NULL CHECK (length(id) = 16),
            created INTEGER NOT NULL
        ) STRICT;
        \(fixed("store", "the store's id"))
        """

    /// Triggers that refuse any change of a table's rows, and their removal.
    static func fixed(_ table: String, _ what: String) -> String {
        """
        CREATE TRIGGER \(table)_are_not_changed BEFORE UPDATE ON \(table)
        BEGIN SELECT RAISE(ABORT, '\(what.quoted) can''t be changed'); END;
        \(kept(table, what))
        """
    }

    /// A trigger that refuses the removal of a table's rows.
    static func kept(_ table: String, _ what: String) -> String {
        """
        CREATE TRIGGER \(table)_are_not_removed BEFORE DELETE ON \(table)
        BEGIN SELECT RAISE(ABORT, '\(what.quoted) can''t be removed'); END;
        """
    }
}

extension String {
    /// For use between the quotes of an SQL text.
    fileprivate var quoted: String {
        var text = ""
        for character in self { text += character == "'" ? "''" : String(character) }
        return text
    }
}
