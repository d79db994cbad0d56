import ArgumentParser
import Store

struct ConsoleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "console",
        abstract: "Watch the traffic live; what `gatehouse` alone does.",
        discussion: """
            Opens the Overview on the store. A store that doesn't exist yet opens an empty console that says what \
            to do next. Press ? for the keys.

              gatehouse
              gatehouse --screen traffic --filter 'outcome:limited since:1h'
              gatehouse --store /srv/gatehouse --read-only --theme high-contrast

            Settings are read from ~/.config/gatehouse/config.yaml ($XDG_CONFIG_HOME); `gatehouse doctor` checks them.
            """
    )

    @OptionGroup var store: StoreOption

    @Flag(help: "Change nothing, whatever the operator's duties are.")
    var readOnly = false

    @OptionGroup var options: ConsoleOptions

    func run() throws {
        try ConsoleLauncher.run(
            store: StoreFolder(store.path), options: options, isReadOnly: readOnly, isDemo: false)
    }
}
