/// Amounts of bytes as text: `512`, `1kB`, `1.5MB`, `2GiB`.
package enum ByteText {
    private static let units: [Quantity.Unit] = [
        .init(names: ["TB", "tb", "T"], factor: 1_000_000_000_000),
        .init(names: ["GB", "gb", "G"], factor: 1_000_000_000),
        .init(names: ["MB", "mb", "M"], factor: 1_000_000),
        .init(names: ["kB", "KB", "kb", "k", "K"], factor: 1000),
        .init(names: ["TiB"], factor: 1 << 40),
        .init(names: ["GiB"], factor: 1 << 30),
        .init(names: ["MiB"], factor: 1 << 20),
        .init(names: ["KiB"], factor: 1 << 10),
        .init(names: ["", "B", "b"], factor: 1),
    ]

    package static let unitNames = "B, kB, MB, GB, TB, KiB, MiB, GiB, TiB"

    /// Bytes; nil for anything else than one number with or without a unit.
    package static func parse(_ text: some StringProtocol) -> Int64? {
        var rest = Substring(text).utf8
        guard let value = Quantity.read(&rest, units: units), rest.isEmpty else { return nil }
        return value
    }

    /// A number and a unit that parse back to the same: `1MB`, `1536`.
    package static func exact(_ bytes: Int64) -> String {
        Quantity.text(bytes, units: units.filter { !($0.names.first ?? "").contains("i") })
    }

    /// Three significant figures for people: `512 B`, `1.54 kB`, `12.3 MB`.
    package static func rounded(_ bytes: Int64) -> String {
        guard bytes >= 0 else { return "-" + rounded(bytes == .min ? .max : -bytes) }
        switch bytes {
        case ..<1000: return "\(bytes) B"
        case ..<999_500: return ThreeFigures.text(bytes, per: 1000) + " kB"
        case ..<999_500_000: return ThreeFigures.text(bytes, per: 1_000_000) + " MB"
        case ..<999_500_000_000: return ThreeFigures.text(bytes, per: 1_000_000_000) + " GB"
        default: return ThreeFigures.text(bytes, per: 1_000_000_000_000) + " TB"
        }
    }
}
