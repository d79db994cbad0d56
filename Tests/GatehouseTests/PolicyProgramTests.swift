import Domain
import Foundation
import Store
import Testing

@testable import gatehouse

/// The policy's screens as the real program draws them on a real terminal.
@Suite(.serialized, .enabled(if: TmuxSession.isInstalled, "tmux is not installed"))
struct PolicyProgramTests {
    private let program: GatehouseProgram

    init() throws {
        program = try GatehouseProgram()
        try DemoPolicy(.shop).make(in: StoreFolder(program.store))
    }

    private func console(_ arguments: String = "", width: Int = 120, height: Int = 36) throws -> TmuxSession {
        let console = try TmuxSession(
            "\(GatehouseProgram.path) \(arguments); echo left; cat", width: width, height: height,
            environment: [
                "GATEHOUSE_STORE": program.store, "XDG_CONFIG_HOME": program.folder.path + "/config",
                "HOME": program.folder.path,
            ])
        try console.expect("policy 2")
        return console
    }

    /// Filters the list of a screen until one row is left.
    private func find(_ name: String, on screen: String, _ console: TmuxSession) throws {
        try console.press(screen)
        try console.expect("enter opens")
        try console.type("/\(name)")
        try console.press("Enter")
        try console.expect("1 of ")
    }

    /// Gives a reason, and confirms once the change was checked.
    private func confirm(_ reason: String, _ console: TmuxSession) throws {
        try console.expect("is checked") { $0.contains("Review: ") && !$0.contains("checking what comes out") }
        if !reason.isEmpty { try console.type(reason) }
        try console.press("Enter", "Enter")
    }

    private func limit() throws -> Int? {
        let quota = try program.object("quota", "show", "acme-rate", "--json")
        return quota["limit"] as? Int
    }

    @Test func `a client's quota is raised from the keyboard, and the rise taken back`() throws {
        let console = try console(width: 80, height: 24)
        try find("acme-r", on: "7", console)
        try console.press("e")
        try console.expect("edit quota acme-rate")
        try console.type("25/s")
        try console.press("C-s")
        try console.expect("+   limit: 25")
        try confirm("contract", console)
        try console.expect("version 3 is in force")
        #expect(try limit() == 25)
        try console.press("u")
        try console.expect("Review: undo version 3")
        try confirm("", console)
        try console.expect("version 4 is in force")
        #expect(try limit() == 15)
        let records = try program.run("audit", "list", "--json").objects()
        #expect(records.suffix(2).map { $0["action"] as? String } == ["policy.apply", "policy.undo"])
        #expect(records.suffix(2).map { $0["reason"] as? String } == ["contract", "undo version 3"])
        #expect(try program.run("audit", "verify").status == 0)
        try console.press("q")
        try console.expect("left")
    }

    @Test func `a client's tokens are revoked, with the record of it on the screen`() throws {
        let console = try console()
        try find("globex", on: "3", console)
        try console.press("x")
        try console.expect("2 live tokens, 1 credential")
        try console.press("Enter")
        try console.expect("closed the dialog") { !$0.contains("live tokens, 1 credential") }
        try console.press("x")
        try console.expect("2 live tokens, 1 credential")
        try console.press("Tab")
        try console.type("leak")
        try console.press("Tab")
        try console.type("globex")
        try console.press("Tab", "Enter")
        try console.expect("revoked, and on the disk")
        let record = try #require(try program.run("audit", "list", "--json").objects().last)
        #expect(record["action"] as? String == "client.revoke" && record["reason"] as? String == "leak")
        try console.expect("record \(record["sequence"] ?? record["number"] ?? 0)")
        #expect(try program.run("audit", "verify").status == 0)
        try console.press("Escape")
        try console.expect("closed it") { !$0.contains("on the disk") }
        try console.press("q")
        try console.expect("left")
    }

    @Test func `w on a denied request says why, and e writes the remedy into a form that nothing applies`() throws {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "UTC")
        formatter.dateFormat = "dd/MMM/yyyy:HH:mm:ss Z"
        let line =
            "203.0.113.7 - partner-acme [\(formatter.string(from: Date()))] \"POST /v1/orders HTTP/1.1\" 403 12 \"-\" \"curl/8\"\n"
        try line.write(toFile: program.folder.path + "/access.log", atomically: true, encoding: .utf8)
        #expect(try program.run("ingest", program.folder.path + "/access.log").status == 0)
        let console = try console()
        try console.expect("POST   /v1/orders")
        try console.press("w")
        try console.expect("why  POST /v1/orders")
        try console.expect("✗ no_permission")
        try console.press("e")
        try console.expect("edit client partner-acme")
        try console.expect("partner, shopper")
        #expect(try program.object("policy", "show", "--json")["version"] as? Int ?? 2 == 2)
        try console.press("Escape")
        try console.expect("throw away what you wrote?")
        try console.press("y", "q")
        try console.expect("left")
    }

    @Test func `a form keeps what was written while the terminal changes its size, and the cursor is on its field`()
        throws
    {
        let console = try console()
        try find("web-spa", on: "3", console)
        try console.press("e")
        try console.expect("edit client web-spa")
        try console.press("C-u")
        try console.type("team blue")
        for (width, height) in [(80, 24), (60, 16), (40, 10), (200, 60), (120, 36)] {
            try console.resize(width, height)
            guard width >= 60 else {
                try console.expect("too small")
                continue
            }
            try console.expectCursor(on: "▸~owner    team blue", column: "▸~owner    team blue".count)
        }
        try console.press("Down")
        try console.expectCursor(on: "▸ status")
        try console.press("C-s")
        try console.expect("+   owner: team blue")
        try console.expectCursor(on: "reason")
        try console.press("Escape")
        try console.expect("is back in the form") { !$0.contains("Review") && $0.contains("edit client") }
        try console.press("Escape")
        try console.expect("throw away what you wrote?")
        try console.press("y")
        try console.expect("enter opens")
        try console.expectCursor(on: "▸ web-spa")
    }

    @Test func `what is pasted is text, whatever it holds`() throws {
        let console = try console()
        let pasted = "one\nq\ny\u{1B}[31m:quit\r\u{3}d"
        try find("web-spa", on: "3", console)
        try console.paste(pasted)
        try console.expect("pasted text goes only into an input")
        try console.press("e")
        try console.expect("edit client web-spa")
        try console.press("C-u")
        try console.paste(pasted)
        try console.expect("shows it as text") { $0.contains("one") && $0.contains(":quit") }
        #expect(try console.screen.contains("edit client web-spa"))
        #expect(try !console.screen.contains("Review"))
        try console.press("Escape")
        try console.expect("throw away what you wrote?")
        try console.press("n", "C-s")
        // What can't be seen is said to be wrong, or shows in the review; nothing was applied by pasting.
        #expect(try program.run("client", "show", "web-spa").output.contains("shop team"))
        #expect(try !console.screen.contains("left"))
    }

    @Test func `leaving with something unsaved asks first`() throws {
        let console = try console(width: 80, height: 24)
        try find("web-spa", on: "3", console)
        try console.press("e")
        try console.expect("edit client web-spa")
        try console.type("x")
        try console.press("M-4")
        try console.expect("role/billing")
        try console.press("q")
        try console.expect("What was written on Clients would be lost")
        try console.press("Escape")
        try console.expect("stays") { !$0.contains("would be lost") }
        try console.press("C-c")
        try console.expect("What was written on Clients would be lost")
        try console.press("y")
        try console.expect("left")
        #expect(try program.run("client", "show", "web-spa").output.contains("shop team"))
    }
}
