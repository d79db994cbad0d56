import Domain

extension TrafficReader {
    /// Looks at every page of every segment for damage, and adds up anew what the catalog says of them together;
    /// `status` then tells what was found.
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
        _ = try checkGroups()
    }

    /// Adds up anew what the catalog says of several days together; returns what is wrong there.
    func checkGroups() throws -> [StoreError] {
        for group in catalog?.groups ?? [] { try check(group) }
        return avoidedGroups.sorted { $0.key < $1.key }.compactMap(\.value)
    }

    /// Compares a group with its segments; one that disagrees with them isn't asked any more.
    private func check(_ group: SegmentGroup) throws {
        guard let catalog else { return }
        let segments = catalog.segments.filter { group.holds($0.id.day) }
        guard group.stands(for: segments) else { return tell(group, "aren't of the segments that are there", catalog) }
        var builder = GroupBuilder(first: group.first)
        for segment in segments {
            let isAdded = try read(segment.id) { reader in
                // Without a summary it has just been unsealed, and the group is gone.
                guard reader.top != nil else { return false }
                try builder.add(reader)
                return true
            }
            // What is wrong with the segment is told already.
            guard let isAdded else { return }
            guard isAdded else { break }
        }
        let stored = try read(group) { try catalog.summary(of: group) }
        if let stored, stored != builder.summary { tell(group, "don't agree with its segments", catalog) }
    }

    private func tell(_ group: SegmentGroup, _ problem: String, _ catalog: CatalogReader) {
        let words = "the sums of \(group.name) \(problem); its days answer one by one here"
        avoidedGroups.updateValue(StoreError(.other(words), path: catalog.database.path), forKey: group.id)
        // What was added up with it is as wrong.
        resetItems()
    }
}
