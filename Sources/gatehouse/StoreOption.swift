import ArgumentParser
import Foundation

/// Where the store is; the same option on every command that opens one.
struct StoreOption: ParsableArguments {
    @Option(
        name: .customLong("store"),
        help: ArgumentHelp(
            "The store's folder.",
            discussion: "Else $GATEHOUSE_STORE, else $XDG_STATE_HOME/gatehouse, else ~/.local/state/gatehouse.",
            valueName: "dir"
        ),
        completion: .directory
    )
    var given: String?

    /// The store's folder as an absolute path.
    var path: String {
        Self.path(
            given: given, environment: ProcessInfo.processInfo.environment,
            home: FileManager.default.homeDirectoryForCurrentUser.path,
            workingDirectory: FileManager.default.currentDirectoryPath
        )
    }

    /// Picks the folder. An environment variable that is empty counts as unset (XDG Base Directory Specification).
    static func path(
        given: String?, environment: [String: String], home: String, workingDirectory: String
    ) -> String {
        func absolute(_ path: String) -> String {
            path.hasPrefix("/") ? path : workingDirectory + "/" + path
        }
        if let given { return absolute(given) }
        if let path = environment["GATEHOUSE_STORE"], !path.isEmpty { return absolute(path) }
        // A relative $XDG_STATE_HOME is invalid and to be ignored, says the specification.
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state + "/gatehouse" }
        return home + "/.local/state/gatehouse"
    }
}
