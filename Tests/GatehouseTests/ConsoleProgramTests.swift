import Foundation
import Testing

/// Stories with the real program on a real terminal.
@Suite(.serialized, .enabled(if: TmuxSession.isInstalled, "tmux is not installed"))
struct ConsoleProgramTests {
    private let program: GatehouseProgram
    private var log: String { program.folder.path + "/access.log" }

    init() throws {
        program = try GatehouseProgram()
    }

    private func console(_ arguments: String = "", width: Int = 120, height: Int = 36) throws -> TmuxSession {
        try TmuxSession(
            "exec \(GatehouseProgram.path) \(arguments)", width: width, height: height,
            environment: [
                "GATEHOUSE_STORE": program.store, "XDG_CONFIG_HOME": program.folder.path + "/config",
                "HOME": program.folder.path,
            ])
    }

    private func line(_ address: String, _ user: String, _ request: String, _ status: Int, agent: String = "curl/8")
        -> String
    {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "UTC")
        formatter.dateFormat = "dd/MMM/yyyy:HH:mm:ss Z"
        return
            "\(address) - \(user) [\(formatter.string(from: Date()))] \"\(request) HTTP/1.1\" \(status) 12 \"-\" \"\(agent)\"\n"
    }

    private func append(_ text: String) throws {
        if !FileManager.default.fileExists(atPath: log) { try Data().write(to: URL(fileURLWithPath: log)) }
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
        try file.seekToEnd()
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }

    @Test func `a log that is being written shows its rate, the client that is refused and its address`() throws {
        let console = try console()
        try console.expect("No traffic yet")
        let reader = try program.start(["ingest", "--follow", log])
        defer { reader.terminate() }
        for _ in 0..<30 {
            try append(line("203.0.113.7", "acme", "GET /v1/orders/17", 429))
            try append(line("198.51.100.4", "mobile", "GET /v1/users/42", 200))
        }
        try console.expect("● live")
        try console.expect("60 requests")
        try console.expect("GET    /v1/orders/{id}")
        try console.expect("203.0.113.7")
        try console.press("m")
        try console.expect("clients by limited")
        try console.expect("refreshes") { screen in
            screen.split(separator: "\n").contains { $0.hasPrefix("▸ acme") }
        }
        try console.press("Enter")
        try console.expect("client:acme outcome:limited")
        try console.expect("30 of 60")
        // What is written now arrives in the filtered table.
        try append(line("203.0.113.8", "acme", "DELETE /v1/orders/18", 429))
        try console.expect("DELETE /v1/orders/18")
        try console.press("Escape")
        try console.expect("no filter")
        try console.press("q")
    }

    @Test(arguments: [nil, SIGTERM, SIGHUP, SIGINT])
    func `the terminal is as before after leaving, by key or by signal`(number: Int32?) throws {
        let folder = program.folder.path
        let session = try TmuxSession(
            "stty -a > \(folder)/before; \(GatehouseProgram.path); stty -a > \(folder)/after; echo left; cat",
            environment: ["GATEHOUSE_STORE": program.store, "HOME": folder])
        try session.expect("No traffic yet")
        if let number { try signal(number, toChildOf: session) } else { try session.press("q") }
        try session.expect("left")
        try session.expect("is as it was") { !$0.contains("No traffic yet") }
        #expect(
            try String(contentsOfFile: folder + "/before", encoding: .utf8)
                == String(contentsOfFile: folder + "/after", encoding: .utf8))
    }

    private func signal(_ signal: Int32, toChildOf session: TmuxSession) throws {
        let shell = try session.process
        let children = try String(contentsOfFile: "/proc/\(shell)/task/\(shell)/children", encoding: .utf8)
        for child in children.split(separator: " ") { kill(pid_t(child) ?? 0, signal) }
    }

    @Test func `a storm of sizes leaves the screen right`() throws {
        try append(line("203.0.113.7", "acme", "GET /v1/orders/17", 429))
        #expect(try program.run("ingest", log).status == 0)
        let console = try console()
        try console.expect("clients by requests")
        for step in 0..<40 { try console.resize(30 + step * 37 % 150, 5 + step * 13 % 50) }
        try console.resize(40, 10)
        try console.expect("too small")
        try console.resize(120, 36)
        try console.expect("clients by requests")
        try console.expect("draws every line") { screen in
            let lines = screen.split(separator: "\n", omittingEmptySubsequences: false)
            return lines.count >= 36 && lines[0].contains("gatehouse") && lines[35].contains("open")
        }
        try console.press("q")
    }

    @Test func `whatever the log holds, only the program's own sequences reach the terminal`() throws {
        let hostile = [
            #"\x1b[2J\x1b[H"#, "\u{1B}[31mred", "\u{9B}2J", "\u{202E}reversed", "zero\u{200B}width",
            "\u{1B}]0;owned\u{7}",
            "bell\u{7}\u{8}\u{8}", "tab\tand\rreturn", "\u{FEFF}\u{2066}x", "\u{E0001}\u{E0041}", "👩‍👩‍👧",
        ]
        for text in hostile {
            try append(line("203.0.113.7", "acme", "GET /v1/\(text)", 200, agent: text))
        }
        #expect(try program.run("ingest", log).status == 0)
        let console = try console("--screen traffic")
        try console.expect("203.0.113.7")
        for _ in hostile { try console.press("j", "Enter", "Enter") }
        try console.press("1")
        try console.expect("routes by requests")
        try console.press("q")
        try console.expect("ended") { $0.contains("Pane is dead") || !$0.contains("routes by requests") }
        let sent = try Data(contentsOf: URL(fileURLWithPath: console.output))
        #expect(sent.count > 2000)
        #expect(foreignSequences(in: [UInt8](sent)).isEmpty)
    }

    /// What in the program's output is neither text that may be shown nor a sequence that it sends itself.
    private func foreignSequences(in bytes: [UInt8]) -> [String] {
        var foreign: [String] = []
        var index = 0
        let text = bytes
        while index < text.count {
            let byte = text[index]
            if byte == 0x1B {
                let start = index
                index += 1
                guard index < text.count else { break }
                switch text[index] {
                case UInt8(ascii: "["):
                    index += 1
                    while index < text.count, !(0x40...0x7E).contains(text[index]) { index += 1 }
                    let final = index < text.count ? text[index] : 0
                    if !"mHJKhlrdGXCDABLMPt@".utf8.contains(final) {
                        foreign.append(describe(text[start...min(index, text.count - 1)]))
                    }
                    index += 1
                case UInt8(ascii: "]"):
                    while index < text.count, text[index] != 0x07, text[index] != 0x9C { index += 1 }
                    let body = text[start..<index]
                    if !describe(body).contains("]2;gatehouse") { foreign.append(describe(body)) }
                    index += 1
                case UInt8(ascii: "("), UInt8(ascii: ")"): index += 2
                case UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: "7"), UInt8(ascii: "8"), UInt8(ascii: "M"),
                    UInt8(ascii: "g"):
                    index += 1
                default: foreign.append(describe(text[start...index]))
                }
            } else if byte < 0x20, byte != 0x0D, byte != 0x0A, byte != 0x08, byte != 0x0F, byte != 0x0E {
                foreign.append(describe(text[index...index]))
                index += 1
            } else {
                index += 1
            }
        }
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars where scalar.value > 0x7E {
            switch scalar.properties.generalCategory {
            case .control, .format, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
                foreign.append("U+\(String(scalar.value, radix: 16))")
            default: continue
            }
        }
        return foreign
    }

    private func describe(_ bytes: ArraySlice<UInt8>) -> String {
        bytes.map { (0x20...0x7E).contains($0) ? String(UnicodeScalar($0)) : "\\x\(String($0, radix: 16))" }.joined()
    }

    @Test func `a view is exported as it was filtered, and never over another file`() throws {
        try append(line("203.0.113.7", "=cmd()", "GET /v1/orders/17", 429))
        try append(line("203.0.113.8", "mobile", "GET /v1/users/17", 200))
        #expect(try program.run("ingest", log).status == 0)
        let console = try console("--screen traffic --filter status:429")
        try console.expect("1 of 2")
        let path = program.folder.path + "/out.csv"
        for expected in ["wrote 1 row to", "File exists"] {
            try console.press("E", "C-u")
            try console.type(path)
            try console.press("Enter")
            try console.expect(expected)
        }
        let rows = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        #expect(rows.count == 2)
        #expect(rows[1].contains("'=cmd()"))
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        try console.press("q")
    }

    @Test func `the demo says so, and its store is gone afterwards`() throws {
        let folder = program.folder.path
        let console = try TmuxSession(
            "exec \(GatehouseProgram.path) demo", environment: ["HOME": folder, "TMPDIR": folder])
        try console.expect("DEMO")
        try console.expect("mobile-app")
        #expect(try stores(in: folder) == 1)
        try console.press("q")
        let deadline = Date().addingTimeInterval(90)
        while try stores(in: folder) > 0, Date() < deadline { Thread.sleep(forTimeInterval: 0.1) }
        #expect(try stores(in: folder) == 0)
    }

    private func stores(in folder: String) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("gatehouse-demo-") }.count
    }
}
