import ArgumentParser
import LogFormats

/// A format as it is named on the command line.
enum FormatOption: ExpressibleByArgument, Equatable {
    case automatic
    case format(LogFormat)

    init?(argument: String) {
        if argument == "auto" {
            self = .automatic
            return
        }
        guard let format = LogFormat(rawValue: argument), Self.named.contains(format) else { return nil }
        self = .format(format)
    }

    /// The formats that have a name to choose; a mapping is chosen by its file.
    static let named = LogFormat.allCases.filter { $0 != .mapped }

    static var allValueStrings: [String] { ["auto"] + named.map(\.name) }

    var defaultValueDescription: String { "auto" }

    var choice: LogParser.Choice {
        switch self {
        case .automatic: .automatic
        case .format(let format): .format(format)
        }
    }
}
