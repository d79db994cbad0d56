package import Domain

/// What the operator's configuration and command line say about the console.
package struct ConsoleSettings: Sendable {
    package var screen = ScreenName.overview
    package var columns: [TrafficColumn] = TrafficColumn.standard
    /// Commands with the keys that the operator gave them.
    package var keys: [(command: String, keys: [String])] = []
    package var theme: String
    /// The themes to choose from, by name, with a line about each.
    package var themes: [(name: String, description: String)]
    package var zone: TimeZoneTable
    /// Whether the traffic is simulated, which the screen always says.
    package var isDemo = false
    package var isReadOnly = false
    /// Where the store is, for the screen that explains an empty one.
    package var storePath: String
    /// What was wrong with the configuration, shown once.
    package var warnings: [String] = []

    package init(
        theme: String, themes: [(name: String, description: String)], zone: TimeZoneTable, storePath: String
    ) {
        self.theme = theme
        self.themes = themes
        self.zone = zone
        self.storePath = storePath
    }
}
