import ArgumentParser
import Domain
import Store

/// Which traffic a command is about: a filter and a stretch of time.
struct WindowOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Only what matches, as in 'outcome:limited client:acme -method:GET'.", valueName: "filter"))
    var filter: String?

    @Option(help: ArgumentHelp("From: a duration before now (5m, 2d), a time, or all.", valueName: "t"))
    var since: String?

    @Option(help: ArgumentHelp("Up to, without: a duration before now, or a time.", valueName: "t"))
    var until: String?

    func validate() throws {
        // Read here as well, so that the usage shown with an error is the command's own.
        _ = try window(now: SystemClock.now(), zone: LocalTimeZone.table())
    }

    /// The options with their texts read.
    struct Window {
        let filter: Filter
        /// Nil when not given.
        let since: Timestamp?
        let until: Timestamp?
    }

    /// Reads the texts; throws usage errors that say what is wrong and where.
    func window(now: Timestamp, zone: TimeZoneTable) throws -> Window {
        let since = try since.map { text in
            text == "all" ? .distantPast : try Self.moment(text, option: "--since", now: now, zone: zone)
        }
        let until = try until.map { try Self.moment($0, option: "--until", now: now, zone: zone) }
        if let since, let until, until <= since {
            throw ValidationError("--until must be later than --since")
        }
        return Window(filter: try Self.filter(filter, now: now, zone: zone), since: since, until: until)
    }

    static func filter(_ text: String?, now: Timestamp, zone: TimeZoneTable) throws -> Filter {
        guard let text, !text.isEmpty else { return .everything }
        do {
            return try Filter(parsing: text, now: now, zone: zone)
        } catch {
            throw ValidationError("--filter doesn't read:\n\(error.rendered(in: text))")
        }
    }

    static func moment(_ text: String, option: String, now: Timestamp, zone: TimeZoneTable) throws -> Timestamp {
        if let duration = DurationText.parse(text) { return now.advanced(by: -duration) }
        if let time = TimeText.parse(text, now: now, zone: zone) { return time }
        let all = option == "--since" ? ", or all" : ""
        throw ValidationError(
            "\(option): “\(text)” is neither a duration (10m, 2d) nor a time (12:30, 2026-11-20T08:00Z)\(all)")
    }
}
