import ArgumentParser
import Domain
import Store

/// What the console can be told when it opens.
struct ConsoleOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("The theme's name, from `gatehouse theme list`.", valueName: "name"),
        completion: .custom { _, _, _ in ThemeLibrary(folder: ConfigurationFolder.current.themes).names })
    var theme: String?

    @Option(
        help: ArgumentHelp(
            "The screen to open with: \(ConfigurationField.screens.joined(separator: " or ")).", valueName: "name"),
        completion: .list(ConfigurationField.screens))
    var screen: String?

    @Option(help: ArgumentHelp("Show only what matches, as in 'outcome:limited client:acme'.", valueName: "filter"))
    var filter: String?

    func validate() throws {
        // Read here for its errors; the console reads it again when it knows its own time.
        _ = try WindowOptions.filter(filter, now: SystemClock.now(), zone: .utc)
        guard let screen, !ConfigurationField.screens.contains(screen) else { return }
        let hint = NearestName.hint(for: screen, among: ConfigurationField.screens)
        throw ValidationError("there is no screen “\(screen)”\(hint)")
    }
}
