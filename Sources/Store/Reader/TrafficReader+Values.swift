package import Domain

extension TrafficReader {
    /// How many segments are looked through for texts, the newest first.
    private static let segmentsSearched = 3

    /// Known texts of a field that start with a prefix, in the order in which they were first seen, newest day first.
    package func values(of field: TextField, prefix: String, limit: Int) throws -> [String] {
        let wanted = Array(prefix.utf8)
        var values: [String] = []
        var seen: Set<String> = []
        for record in (catalog?.segments ?? []).sorted(by: { $0.id > $1.id }).prefix(Self.segmentsSearched) {
            _ = try read(record.id) { reader in
                try reader.eachText(of: field, above: 0) { _, text in
                    guard values.count < limit, text.starts(with: wanted) else { return }
                    let value = String(decoding: text, as: UTF8.self)
                    if seen.insert(value).inserted { values.append(value) }
                }
            }
            guard values.count < limit else { break }
        }
        return values
    }
}
