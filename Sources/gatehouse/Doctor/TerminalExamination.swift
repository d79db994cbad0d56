import Glibc
import Terminal

/// What the doctor says of the terminal and the locale.
struct TerminalExamination {
    let environment: [String: String]

    private static let area = "terminal"
    /// The size below which the console only says that it needs more.
    private static let leastSize = (columns: 60, rows: 16)

    var findings: [Finding] { [type, color, size, locale].compactMap(\.self) }

    private var term: String { environment["TERM"] ?? "" }

    private var type: Finding {
        guard !term.isEmpty else {
            return Finding(
                Self.area, "type", .doubtful, "TERM is not set; the console will take xterm-256color",
                advice: "Set it to what your terminal is, as in: export TERM=xterm-256color")
        }
        guard TerminfoEntry(term: term, environment: environment) != nil else {
            return Finding(
                Self.area, "type", .doubtful, "TERM=\(term) is unknown here; the console will take xterm-256color",
                advice: "Install its description (Debian: ncurses-term), or set TERM to a known one")
        }
        return Finding(Self.area, "type", .fine, term)
    }

    private var color: Finding {
        if !(environment["NO_COLOR"] ?? "").isEmpty {
            return Finding(Self.area, "colours", .fine, "none, as NO_COLOR asks; attributes tell things apart")
        }
        guard let entry = TerminfoEntry(term: term, environment: environment) else {
            return Finding(Self.area, "colours", .doubtful, "unknown")
        }
        guard entry.colors >= 8 else {
            return Finding(Self.area, "colours", .fine, "none; attributes tell things apart")
        }
        guard entry.colors >= 256 else {
            return Finding(
                Self.area, "colours", .fine, "\(entry.colors); themes are matched to them",
                advice: "If the terminal can do more, say so: export TERM=\(Self.richer(term))")
        }
        return Finding(Self.area, "colours", .fine, "\(entry.colors)")
    }

    private static func richer(_ term: String) -> String {
        term.hasPrefix("screen") || term.hasPrefix("tmux") ? "tmux-256color" : "xterm-256color"
    }

    /// Nil when the output goes elsewhere.
    private var size: Finding? {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        let isLarge = Int(size.ws_col) >= Self.leastSize.columns && Int(size.ws_row) >= Self.leastSize.rows
        return Finding(
            Self.area, "size", isLarge ? .fine : .doubtful, "\(size.ws_col)×\(size.ws_row)",
            advice: isLarge ? nil : "The console needs \(Self.leastSize.columns)×\(Self.leastSize.rows)")
    }

    private var locale: Finding {
        let name = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? "not set"
        guard TextStyle.isUTF8 else {
            return Finding(
                "locale", "characters", .doubtful,
                "\(name) is not UTF-8; charts are drawn in ASCII if C.UTF-8 isn't there",
                advice: "export LANG=C.UTF-8")
        }
        return Finding("locale", "characters", .fine, "\(name), UTF-8")
    }
}
