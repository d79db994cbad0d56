extension WeeklyWindow {
    package static let fields: [ItemField<WeeklyWindow>] = [
        ItemField("from", "a time of day like \"09:00\"", "when it begins", isRequired: true) {
            .text(clock($0.start))
        },
        ItemField("to", "a time of day like \"17:00\"", "when it is over; maybe on the next day", isRequired: true) {
            .text(clock($0.end))
        },
        ItemField(
            "days", TreeForm.some(of: Weekday.allCases.map(\.name)), "on which days it begins; every day if left out"
        ) {
            .words($0.days.sorted().map(\.name))
        },
        ItemField("zone", "a time zone like Europe/Berlin, or UTC", "whose clock counts", isRequired: true) {
            .text($0.zone)
        },
    ]

    package var tree: PolicyTree { .fields(of: self, Self.fields, .full) }

    init?(tree: PolicyTree, reader: inout TreeReader) {
        let window = reader.fields(of: tree, known: Self.fields.map(\.name)) { reader -> WeeklyWindow? in
            let start = reader.minutes("from", within: 0...1439)
            let end = reader.minutes("to", within: 1...1440)
            let days = reader.words("days", among: Weekday.allCases.map { ($0.name, $0) })
            let zone = reader.text("zone")
            for field in Self.fields where field.isRequired { reader.reportMissing(field.name, field.form) }
            guard let start, let end, let zone else { return nil }
            return WeeklyWindow(start: start, end: end, days: days ?? Set(Weekday.allCases), zone: zone)
        }
        guard let window else { return nil }
        self = window
    }

    /// Minutes after midnight as `09:00`; midnight at the end of a day is `24:00`.
    static func clock(_ minutes: Int) -> String {
        let (hours, rest) = minutes.quotientAndRemainder(dividingBy: 60)
        return (hours < 10 ? "0" : "") + "\(hours):" + (rest < 10 ? "0" : "") + "\(rest)"
    }
}

extension TreeReader {
    fileprivate mutating func minutes(_ name: String, within range: ClosedRange<Int>) -> Int? {
        field(name) { tree, reader in
            guard let text = reader.text(of: tree) else { return nil }
            let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            let digits = parts.allSatisfy { $0.count == 2 && $0.allSatisfy { (0x30...0x39).contains($0) } }
            if parts.count == 2, digits, let hours = Int(Substring(parts[0])), let minutes = Int(Substring(parts[1])),
                minutes < 60, range.contains(hours * 60 + minutes)
            {
                return hours * 60 + minutes
            }
            // YAML 1.1 takes 17:30 without quotes for the number 1050.
            reader.report(
                "\(SafeText.quoted(text)) is no time of day; write it like \"09:00\", in quotes", at: tree.place)
            return nil
        }
    }
}
