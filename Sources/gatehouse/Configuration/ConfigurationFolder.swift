import Foundation

/// Where a person keeps settings: `$XDG_CONFIG_HOME/gatehouse`, else `~/.config/gatehouse`.
struct ConfigurationFolder {
    let path: String

    init(path: String) {
        self.path = path
    }

    /// A variable that is empty or relative counts as unset (XDG Base Directory Specification).
    init(environment: [String: String], home: String) {
        if let base = environment["XDG_CONFIG_HOME"], base.hasPrefix("/") {
            path = base + "/gatehouse"
        } else {
            path = home + "/.config/gatehouse"
        }
    }

    static var current: ConfigurationFolder {
        ConfigurationFolder(
            environment: ProcessInfo.processInfo.environment,
            home: FileManager.default.homeDirectoryForCurrentUser.path)
    }

    var file: String { path + "/config.yaml" }
    var themes: String { path + "/themes" }
}
