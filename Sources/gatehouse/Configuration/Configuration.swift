/// What a person has chosen in `config.yaml`; every field has a default.
struct Configuration: Equatable, Sendable {
    /// The theme's name; nil for the default one.
    var theme: String?
    /// The screen that the console opens with; nil for the first.
    var screen: String?
    /// The columns of the traffic table, in order; nil for the screen's own choice.
    var columns: [String]?
    /// Microseconds between two looks for new data.
    var refresh: Int64 = 1_000_000
    /// Days for which traffic is kept; nil for ever.
    var keepDays: Int?
    /// Whether to draw in ASCII only; nil to ask the locale.
    var isASCII: Bool?
    /// Whether the mouse scrolls and clicks; it then no longer selects text by itself.
    var usesMouse = false
    /// Whether frames are sent as one (terminal mode 2026); nil to go by the terminal's name.
    var synchronizesOutput: Bool?
    /// Other keys for commands, in the order of the file.
    var keys: [KeySetting] = []

    /// Keys that a person wants for a command; none unbinds it.
    struct KeySetting: Equatable, Sendable {
        let command: String
        let keys: [String]
        let place: FileProblem
    }

    /// A console's complaint about a key setting, with the line it stands on.
    func located(_ message: String, forCommand command: String) -> FileProblem {
        guard var problem = keys.first(where: { $0.command == command })?.place else {
            return FileProblem(file: "config.yaml", field: "keys.\(command)", message: message)
        }
        problem.message = message
        return problem
    }
}
