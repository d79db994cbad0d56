import Console
import Domain
import Foundation
import Store
import Terminal
import Testing

@testable import gatehouse

/// What lists of a real store show and export, and what the trail and the traffic are worth.
struct PolicyConsoleListTests {
    private static func lines(_ console: PolicyConsole, _ name: String) throws -> [String] {
        try String(contentsOfFile: console.home.path + "/" + name, encoding: .utf8)
            .split(separator: "\n").map(String.init)
    }

    /// Exports what is on the screen to a file in the console's home.
    private static func export(_ console: PolicyConsole, to name: String) {
        console.press("E", "ctrl-u")
        console.paste(console.home.path + "/" + name)
        console.press("enter")
    }

    @Test func `clients are exported as CSV, and no spreadsheet takes them for formulas`() throws {
        let console = try PolicyConsole()
        try console.put(.client(Client(name: try Name("hostile"), owner: "=cmd|' /C calc'!A0", note: "a, b")))
        console.press("3")
        Self.export(console, to: "clients.csv")
        #expect(console.text.contains("rows to"))
        let lines = try Self.lines(console, "clients.csv")
        #expect(lines[0] == "name,status,tier,roles,scopes,expires,owner,created,note")
        #expect(lines.count == (try console.policy().clients.count) + 1)
        let hostile = try #require(lines.first { $0.hasPrefix("hostile,") })
        #expect(hostile.contains(",'=cmd|' /C calc'!A0,"))
        #expect(hostile.hasSuffix(",\"a, b\""))
    }

    @Test func `tokens are exported as JSON lines, without a secret, and only those that are marked`() throws {
        let console = try PolicyConsole()
        console.press("8", "space", "space")
        Self.export(console, to: "tokens.json")
        let lines = try Self.lines(console, "tokens.json")
        #expect(lines.count == 2)
        for line in lines {
            let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
            #expect(object["client"]?.isEmpty == false)
            #expect(object["state"] == "active")
            // An opaque token and a credential begin so.
            #expect(!line.contains("gh_"))
        }
        Self.export(console, to: "tokens.json")
        #expect(console.text.contains("choose another name"))
    }

    @Test(arguments: ["4", "5", "6", "7", "0", "H", "O"])
    func `every list is exported with a value for each column`(key: String) throws {
        let console = try PolicyConsole()
        console.press(try #require(Key(key)))
        Self.export(console, to: "list.json")
        let lines = try Self.lines(console, "list.json")
        #expect(!lines.isEmpty)
        for line in lines {
            #expect(try JSONSerialization.jsonObject(with: Data(line.utf8)) is [String: String])
        }
    }

    @Test func `a client's detail has everything that is known of it, and scrolls at 80 by 24`() throws {
        let console = try PolicyConsole(80, 24, traffic: true)
        console.press("3")
        console.type("/mobile-app")
        console.goThrough()
        var seen = console.text
        for _ in 0..<8 {
            console.press("pagedown")
            seen += console.text
        }
        // It doesn't scroll past its end.
        let end = console.text
        console.press("up")
        #expect(console.text != end)
        for part in [
            "tier: standard", "roles:", "traffic, last 15 min", "quotas, used now by recorded traffic", "credentials",
            "live tokens:", "may call:", "by role", "last changes", "v2",
        ] {
            #expect(seen.contains(part), "\(part) is missing")
        }
    }

    @Test func `a client's quotas say what recorded traffic has used of them, in units of its routes`() throws {
        let console = try PolicyConsole(traffic: true)
        try console.put(
            .quota(
                Quota(
                    name: try Name("mobile-hourly"), holder: .client(try Name("mobile-app")), key: .client,
                    window: .rolling(seconds: 7200), limit: 100_000)))
        console.press("3")
        console.type("/mobile-app")
        console.goThrough()
        let reader = TrafficReader(folder: console.folder)
        _ = try reader.refresh()
        var units = 0
        let page = try reader.page(
            TrafficQuery(
                start: .oldest, filter: .exactly("mobile-app", in: .client), limit: 10_000, now: SystemClock.now()))
        let snapshot = try PolicySnapshot(compiling: console.policy(), zones: ZoneTables.table(named:))
        for event in page.events where event.outcome == .allowed || event.outcome == .failed {
            guard let fact = TrafficFact(event) else { continue }
            let decision = snapshot.decision(for: snapshot.request(of: fact), revocations: .none)
            units += decision.route.map { max(1, snapshot.route($0).cost) } ?? 0
        }
        #expect(units > 100)
        #expect(page.reachedEnd)
        let used = NumberText.grouped(units).description
        #expect(console.text.contains("\(used) of 100000 per rolling 2h"), "\(used)\n\(console.text)")
    }

    @Test func `a role gets another name in one change with all that refers to it, and undo brings it back`() throws {
        let console = try PolicyConsole()
        let before = try console.policy()
        console.press("4")
        console.type("/shopper")
        console.press("enter", "r")
        #expect(console.text.contains("rename role/shopper"))
        console.type("-two")
        console.press("enter")
        #expect(console.text.contains("Review: rename role/shopper to shopper-two"))
        #expect(console.text.contains("~ role/shopper is called shopper-two"))
        #expect(console.text.contains("tokens that bring roles"))
        console.type("clearer")
        console.goThrough()
        let after = try console.policy()
        #expect(!after.roles.contains { $0.name.text == "shopper" })
        #expect(try console.client("mobile-app")?.roles.map(\.text) == ["shopper-two"])
        #expect(after.items.count == before.items.count)
        #expect(console.text.contains("▸ shopper-two"))
        console.press("u")
        console.goThrough()
        #expect(try console.policy() == before)
    }

    @Test func `a client keeps its name, and a taken one is refused`() throws {
        let console = try PolicyConsole()
        console.press("3", "r")
        #expect(console.text.contains("logs and tokens know a client by its name"))
        console.press("4", "r", "enter")
        #expect(console.text.contains("that is its name"))
        console.press("ctrl-u")
        console.type("shopper")
        console.press("enter")
        #expect(console.text.contains("there is a role/shopper already"))
        console.press("esc")
        #expect(!console.text.contains("rename role/"))
    }

    @Test func `v verifies the traffic too, and says where it was changed`() throws {
        let console = try PolicyConsole(traffic: true)
        console.press("0", "v")
        #expect(console.text.contains("chains hold: "))
        #expect(console.text.contains(" events, verified"))
        let segment = try #require(
            FileManager.default.contentsOfDirectory(atPath: console.folder.path)
                .first { $0.hasPrefix("traffic-") && $0.hasSuffix(".sqlite") })
        try TamperedFile(console.folder.path + "/" + segment).change(
            "UPDATE batches SET time = time + 1 WHERE number = 0")
        console.press("v")
        #expect(console.text.contains("the batch was changed"))
    }
}

extension PolicyConsole {
    /// What somebody adds meanwhile.
    fileprivate func put(_ item: PolicyItem) throws {
        let store = try PolicyStore(folder: folder, for: .writing)
        defer { try? store.close() }
        _ = try store.apply(
            [PolicyEdit(key: item.key, before: nil, after: item)], by: .ofProcess(for: folder), reason: "meanwhile",
            basedOn: store.active().version.number)
        look()
    }
}
