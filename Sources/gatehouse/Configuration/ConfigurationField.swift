import Console
import Domain
import Terminal

/// One field of `config.yaml`: how it is called, what it may hold, and how it is read.
///
/// The list makes the reader, the errors and `gatehouse help`'s table of fields.
struct ConfigurationField: Sendable {
    let name: String
    /// What may stand there, for people.
    let allowed: String
    let purpose: String
    let read: @Sendable (YAMLFile.Field, inout YAMLFile, inout Configuration) -> Void

    static let all: [ConfigurationField] = [
        ConfigurationField(
            name: "theme", allowed: "a name from `gatehouse theme list`", purpose: "colours"
        ) { field, file, configuration in
            configuration.theme = file.text(field)
        },
        ConfigurationField(
            name: "screen", allowed: screens.joined(separator: ", "), purpose: "the screen to open with"
        ) { field, file, configuration in
            configuration.screen = file.choice(field, among: screens)
        },
        ConfigurationField(
            name: "columns", allowed: "a list of: " + columns.joined(separator: ", "),
            purpose: "columns of the traffic table, in order"
        ) { field, file, configuration in
            configuration.columns = file.choices(field, among: columns)
        },
        ConfigurationField(
            name: "refresh", allowed: "100ms to 60s", purpose: "how often the console looks for new data"
        ) { field, file, configuration in
            configuration.refresh =
                file.duration(field, within: 100_000...60_000_000, allowed: "100ms to 60s") ?? configuration.refresh
        },
        ConfigurationField(
            name: "keep", allowed: "whole days, 1d to 3650d", purpose: "how long traffic is kept; for ever if unset"
        ) { field, file, configuration in
            let days = file.duration(field, within: Day.microseconds...3650 * Day.microseconds, allowed: "1d to 3650d")
            guard let days else { return }
            guard days % Day.microseconds == 0 else { return file.report(field, "must be whole days, as in 30d") }
            configuration.keepDays = Int(days / Day.microseconds)
        },
        ConfigurationField(
            name: "ascii", allowed: "true or false", purpose: "draw in ASCII only; asks the locale if unset"
        ) { field, file, configuration in
            configuration.isASCII = file.flag(field)
        },
        ConfigurationField(
            name: "mouse", allowed: "true or false", purpose: "scroll and click with the mouse"
        ) { field, file, configuration in
            configuration.usesMouse = file.flag(field) ?? configuration.usesMouse
        },
        ConfigurationField(
            name: "synchronized", allowed: "true or false",
            purpose: "send each frame as one (mode 2026); goes by $TERM if unset"
        ) { field, file, configuration in
            configuration.synchronizesOutput = file.flag(field)
        },
        ConfigurationField(
            name: "keys", allowed: "command: key, or command: [key, key]", purpose: "other keys for commands"
        ) { field, file, configuration in
            for entry in file.fields(below: field) ?? [] {
                guard let keys = file.keys(entry) else { continue }
                configuration.keys.append(
                    Configuration.KeySetting(
                        command: entry.key, keys: keys,
                        place: FileProblem(
                            file: file.name, line: entry.line, column: entry.column, field: entry.path, message: "")))
            }
        },
    ]

    static let screens = ScreenName.allCases.map(\.rawValue)
    static let columns = TrafficColumn.allCases.map(\.rawValue)
}

extension YAMLFile {
    /// The field's value if it is one of the names; else nil and a problem that suggests the nearest.
    mutating func choice(_ field: Field, among names: [String]) -> String? {
        guard let text = text(field) else { return nil }
        guard names.contains(text) else {
            report(field, "there is no “\(text)”" + NearestName.hint(for: text, among: names))
            return nil
        }
        return text
    }

    /// The field's values if all are among the names and none comes twice.
    mutating func choices(_ field: Field, among names: [String]) -> [String]? {
        guard let texts = texts(field) else { return nil }
        guard !texts.isEmpty else {
            report(field, "is empty")
            return nil
        }
        for (index, text) in texts.enumerated() {
            guard names.contains(text) else {
                report(field, "there is no “\(text)”" + NearestName.hint(for: text, among: names))
                return nil
            }
            guard !texts[..<index].contains(text) else {
                report(field, "names “\(text)” twice")
                return nil
            }
        }
        return texts
    }

    /// A time span in microseconds.
    mutating func duration(_ field: Field, within range: ClosedRange<Int64>, allowed: String) -> Int64? {
        guard let text = text(field) else { return nil }
        guard let duration = DurationText.parse(text) else {
            report(field, "“\(text)” is no time span; allowed: \(allowed)")
            return nil
        }
        guard range.contains(duration) else {
            report(field, "“\(text)” is out of range; allowed: \(allowed)")
            return nil
        }
        return duration
    }

    /// Names of keys as the console knows them.
    mutating func keys(_ field: Field) -> [String]? {
        guard let texts = texts(field) else { return nil }
        for text in texts where Key(text) == nil {
            report(field, "“\(text)” is not the name of a key; write it like p, P, ctrl-r, f5, space or enter")
            return nil
        }
        return texts
    }
}
