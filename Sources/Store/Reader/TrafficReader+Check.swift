extension TrafficReader {
    /// Looks at every page of every segment for damage; `status` then tells what was found.
    ///
    /// This finds files that SQLite can't read; whether what they hold is what was written is for `verify`.
    package func checkSegments() throws {
        for segment in catalog?.segments ?? [] {
            _ = try read(segment.id) { reader in
                let answer = try reader.database.text("PRAGMA quick_check(1)")
                guard answer == "ok" else {
                    throw StoreError(.corrupt(answer ?? "SQLite's check says nothing"), path: reader.database.path)
                }
            }
        }
    }
}
