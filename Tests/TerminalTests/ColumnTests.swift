import Foundation
import Terminal
import Testing

/// What a terminal emulator makes of hostile text, as tmux understands it.
struct ColumnTests {
    @Test(arguments: ["blns.txt", "trojan-commenting-out.py.txt", "trojan-invisible.sh.txt"])
    func `whatever a line holds, the column after it stays where it was put`(file: String) throws {
        let tmux = Tmux(
            columns: 200, rows: 50, command: [try PseudoTerminal.probe(), "text", NaughtyStrings.path(of: file)])
        defer { tmux.stop() }
        let isLong = file == "blns.txt"
        var last: [String] = []
        for _ in 0..<(isLong ? 12 : 1) {
            let rows = tmux.rows(until: "|end|", unlike: last)
            last = rows
            for row in rows where row.contains("|end|") {
                let columns = row.unicodeScalars.reduce(0) { $0 + $1.columns }
                #expect(row.hasSuffix("|end|"), "\(row)")
                #expect(columns == 200, "\(row)")
            }
            tmux.send("Space")
        }
    }
}

/// A tmux server of its own with one window.
private struct Tmux {
    private let socket = "gatehouse-test-\(UUID().uuidString)"

    init(columns: Int, rows: Int, command: [String]) {
        // The server lives on, so it must not hold the pipe of the command that started it.
        _ = run(
            "new-session -d -x \(columns) -y \(rows) env LC_ALL=C.UTF-8 \(command.joined(separator: " ")) "
                + "</dev/null >/dev/null")
    }

    func send(_ key: String) {
        _ = run("send-keys \(key)")
    }

    /// The screen, once it holds `text` and other rows than before, and stays as it is: tmux may be at work on it.
    func rows(until text: String, unlike before: [String]) -> [String] {
        var last: [String] = []
        for _ in 0..<900 {
            let rows = run("capture-pane -p").split(separator: "\n").map(String.init)
            if rows == last, rows != before, rows.contains(where: { $0.contains(text) }) { return rows }
            last = rows
            usleep(100_000)
        }
        Issue.record("“\(text)” did not appear")
        return []
    }

    func stop() {
        _ = run("kill-server")
    }

    private func run(_ arguments: String) -> String {
        guard let pipe = popen("LC_ALL=C.UTF-8 tmux -L \(socket) -f /dev/null \(arguments) 2>/dev/null", "r") else {
            return ""
        }
        defer { pclose(pipe) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&chunk, 1, chunk.count, pipe), count > 0 { bytes += chunk.prefix(count) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
