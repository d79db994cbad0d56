import ArgumentParser
import Domain
import Store

/// A moment that lies ahead: `90d` from now, or a time.
enum SecretMoment {
    static func parse(_ text: String, option: String, now: Timestamp = SystemClock.now()) throws -> Timestamp {
        if let duration = DurationText.parse(text) { return now.advanced(by: duration) }
        if let time = TimeText.parse(text, now: now, zone: LocalTimeZone.table()) { return time }
        throw ValidationError(
            "\(option): \(SafeText.quoted(text)) is neither a duration (90d) nor a time (2027-01-01)")
    }

    /// A length of time in whole seconds.
    static func seconds(_ text: String, option: String) throws -> Int64 {
        guard let duration = DurationText.parse(text), duration % 1_000_000 == 0 else {
            throw ValidationError("\(option): \(SafeText.quoted(text)) is no duration like 10m, 1h or 30d")
        }
        return duration / 1_000_000
    }
}
