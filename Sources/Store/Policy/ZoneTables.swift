package import Domain
import Foundation

/// The time zones of the IANA database, as tables.
package enum ZoneTables {
    private static let start = Date(timeIntervalSince1970: 946_684_800)
    /// Rules beyond this year are nobody's knowledge.
    private static let end = Date(timeIntervalSince1970: 2_524_608_000)

    /// Nil for a name that the database doesn't have; abbreviations such as `EST` and offsets aren't names of zones.
    package static func table(named name: String) -> TimeZoneTable? {
        guard name == "UTC" || name.contains("/"), name.utf8.count <= 64, let zone = TimeZone(identifier: name) else {
            return nil
        }
        var transitions = [transition(of: zone, at: start)]
        var last = start
        while let next = zone.nextDaylightSavingTimeTransition(after: last), next > last, next < end {
            transitions.append(transition(of: zone, at: next))
            last = next
        }
        return TimeZoneTable(transitions: transitions)
    }

    private static func transition(of zone: TimeZone, at date: Date) -> TimeZoneTable.Transition {
        TimeZoneTable.Transition(
            time: Timestamp(seconds: Int64(date.timeIntervalSince1970)), offset: zone.secondsFromGMT(for: date),
            abbreviation: zone.abbreviation(for: date) ?? "")
    }
}
