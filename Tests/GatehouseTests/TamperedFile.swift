import Foundation
import Testing

/// A database that somebody changes by hand, past all triggers and checks.
struct TamperedFile {
    private let path: String

    init(_ path: String) {
        self.path = path
    }

    /// In a process of its own, as that somebody would.
    func change(_ sql: String) throws {
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        shell.arguments = [
            "python3", "-c",
            """
            import sqlite3, sys
            file = sqlite3.connect(sys.argv[1])
            file.execute("PRAGMA ignore_check_constraints = ON")
            for (name,) in list(file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")):
                file.execute(f'DROP TRIGGER "{name}"')
            file.executescript(sys.argv[2])
            file.commit()
            """,
            path, sql,
        ]
        try shell.run()
        shell.waitUntilExit()
        try #require(shell.terminationStatus == 0)
    }
}
