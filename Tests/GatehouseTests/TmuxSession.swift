// The real program on a real terminal: tmux draws it, presses keys and tells what is on the screen.

import Foundation
import Testing

final class TmuxSession {
    static let isInstalled = ["/usr/bin/tmux", "/usr/local/bin/tmux", "/bin/tmux"]
        .contains { FileManager.default.isExecutableFile(atPath: $0) }

    private let socket = "gatehouse-test-\(UUID().uuidString)"
    private let folder: TemporaryFolder
    /// Everything that the program sent to the terminal.
    let output: String

    /// Runs a shell command line in a window of a size.
    init(_ command: String, width: Int = 120, height: Int = 36, environment: [String: String] = [:]) throws {
        folder = try TemporaryFolder()
        output = folder.path + "/output"
        let configuration = folder.path + "/tmux.conf"
        try """
        set -g status off
        set -g default-terminal tmux-256color
        set -g remain-on-exit on
        set -s escape-time 0
        set -g default-shell /bin/sh
        """.write(toFile: configuration, atomically: true, encoding: .utf8)
        var arguments = ["-f", configuration, "-u", "new-session", "-d", "-x", "\(width)", "-y", "\(height)"]
        for (name, value) in environment.merging(
            ["LANG": "C.UTF-8", "TZ": "UTC"], uniquingKeysWith: { first, _ in first })
        {
            arguments += ["-e", "\(name)=\(value)"]
        }
        // The window waits until its output is being recorded, so that not a byte is missed.
        let gate = folder.path + "/gate"
        try run(arguments + ["--", "/bin/sh", "-c", "until [ -e \(gate) ]; do sleep 0.05; done; \(command)"])
        try run(["pipe-pane", "-t", "0", "cat > \(output)"])
        try Data().write(to: URL(fileURLWithPath: gate))
    }

    deinit {
        _ = try? run(["kill-server"])
    }

    @discardableResult
    private func run(_ arguments: [String]) throws -> String {
        let path = folder.path + "/answer-\(UUID().uuidString)"
        guard FileManager.default.createFile(atPath: path, contents: nil) else { throw POSIXError(.EIO) }
        let answer = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        let process = try ChildProcess(
            "tmux", ["-L", socket] + arguments, environment: ProcessInfo.processInfo.environment, output: answer)
        process.waitUntilExit()
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        return String(decoding: data, as: UTF8.self)
    }

    func press(_ keys: String...) throws {
        for key in keys { try run(["send-keys", "-t", "0", key]) }
    }

    func type(_ text: String) throws { try run(["send-keys", "-t", "0", "-l", text]) }

    /// As a terminal pastes: in brackets, if the program asked for them.
    func paste(_ text: String) throws {
        try run(["set-buffer", "-b", "pasted", text])
        try run(["paste-buffer", "-p", "-r", "-b", "pasted", "-t", "0"])
    }

    /// Where the hardware cursor is: its column, and the row that it stands on.
    private var cursor: (column: Int, row: String) {
        get throws {
            let parts = try run(["display-message", "-p", "-t", "0", "#{cursor_x} #{cursor_y}"])
                .split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
            let rows = try screen.split(separator: "\n", omittingEmptySubsequences: false)
            guard parts.count == 2, rows.indices.contains(parts[1]) else { return (-1, "") }
            return (parts[0], String(rows[parts[1]]))
        }
    }

    /// Waits until the hardware cursor stands on a row with a text, in a column if it matters.
    func expectCursor(
        on text: String, column: Int? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        try expect("has its cursor on “\(text)”", sourceLocation: sourceLocation) { _ in
            guard let cursor = try? cursor else { return false }
            return cursor.row.contains(text) && cursor.column == column ?? cursor.column
        }
    }

    func resize(_ width: Int, _ height: Int) throws {
        try run(["resize-window", "-t", "0", "-x", "\(width)", "-y", "\(height)"])
    }

    var screen: String {
        get throws { try run(["capture-pane", "-p", "-t", "0"]) }
    }

    /// The process in the window.
    var process: pid_t {
        get throws {
            pid_t(
                try run(["display-message", "-p", "-t", "0", "#{pane_pid}"]).trimmingCharacters(
                    in: .whitespacesAndNewlines)) ?? 0
        }
    }

    /// Waits until the screen shows a text; fails with what it shows instead.
    func expect(_ text: String, within seconds: Double = 90, sourceLocation: SourceLocation = #_sourceLocation) throws {
        try expect("shows “\(text)”", within: seconds, sourceLocation: sourceLocation) { $0.contains(text) }
    }

    func expect(
        _ what: String, within seconds: Double = 90, sourceLocation: SourceLocation = #_sourceLocation,
        _ condition: (String) -> Bool
    ) throws {
        let deadline = Date().addingTimeInterval(seconds)
        var shown = ""
        while Date() < deadline {
            shown = try screen
            if condition(shown) { return }
            Thread.sleep(forTimeInterval: 0.05)
        }
        Issue.record("the screen never \(what); it shows:\n\(shown)", sourceLocation: sourceLocation)
    }
}
