import Console
import Domain
import Foundation
import Store
import Testing

@testable import gatehouse

/// Two consoles and the real program's commands, all on one store at the same time: whatever was said to be done is
/// there afterwards.
struct PolicyTogetherTests {
    private let program: GatehouseProgram
    private let mine: PolicyConsole
    private let noors: PolicyConsole

    init() throws {
        program = try GatehouseProgram()
        try DemoPolicy(.shop).make(in: StoreFolder(program.store))
        mine = try PolicyConsole(sharing: program.folder)
        let noor = try mine.add("noor", 4712, [.watch, .edit])
        noors = try PolicyConsole(sharing: program.folder, as: noor)
    }

    /// A change by a command, done again where others were faster; the operator takes turns.
    private func start(_ arguments: [String], _ number: Int) throws -> ChildProcess {
        let program = number.isMultiple(of: 2) ? program : program.acting(asUser: 4712)
        return try program.start(arguments + ["--reason", "by command \(number)"])
    }

    private func scopes(_ client: String) throws -> Set<String> {
        Set(try #require(try mine.client(client)).scopes.map(\.text))
    }

    /// Adds a scope to the selected client in its form, on top of what others did meanwhile.
    private func add(_ scope: String, at console: PolicyConsole) {
        for _ in 0..<20 {
            console.press("e", "down", "down", "down", "down", "end")
            console.type(", " + scope)
            console.press("ctrl-s")
            console.confirm("needs \(scope)")
            guard console.text.contains("Changed by others meanwhile") else {
                return #expect(console.text.contains("is in force, audit record"), "\(console.text)")
            }
            // Theirs stays; what was written is thrown away, and written again on what is in force now.
            console.press("t")
            console.look()
        }
        Issue.record("never in force: \(console.text)")
    }

    @Test(.severalOperators) func `everybody adds to the same list, and all of it is there`() throws {
        for number in 1...8 {
            #expect(try program.run("scope", "create", "s\(number)", "--reason", "for the test").status == 0)
        }
        for console in [mine, noors] {
            console.look()
            console.press("3")
            console.filter("web-spa")
        }
        let before = try scopes("web-spa")
        var waiting = try (1...4).map { number in
            (number, try start(["client", "set", "web-spa", "--scopes=+s\(number)"], number))
        }
        add("s5", at: mine)
        add("s6", at: noors)
        for (number, child) in waiting {
            var child = child
            for _ in 0..<20 {
                child.waitUntilExit()
                if child.terminationStatus == 0 { break }
                child = try start(["client", "set", "web-spa", "--scopes=+s\(number)"], number)
            }
            #expect(child.terminationStatus == 0)
        }
        waiting = []
        mine.look()
        noors.look()
        add("s7", at: noors)
        mine.look()
        add("s8", at: mine)
        let after = try scopes("web-spa")
        #expect(after == before.union((1...8).map { "s\($0)" }))
        #expect(try mine.isIntact())
    }

    @Test func `other things merge silently, and who made the change is told with what`() throws {
        let clients = ["svc-search", "iot-fleet", "backoffice", "svc-billing"]
        for (console, name) in [(mine, "web-spa"), (noors, "mobile-app")] {
            console.press("3")
            console.filter(name)
            console.press("e", "ctrl-u")
            console.type("team of \(name)")
        }
        let children = try clients.enumerated().map { number, name in
            try start(["client", "set", name, "--note", "by command \(number)"], number)
        }
        for child in children { child.waitUntilExit() }
        for child in children { #expect(child.terminationStatus == 0) }
        for console in [mine, noors] {
            console.press("ctrl-s")
            console.confirm("teams")
            #expect(console.text.contains("is in force"))
            #expect(console.text.contains("; merged with version"), "\(console.text)")
        }
        for name in ["web-spa", "mobile-app"] { #expect(try mine.client(name)?.owner == "team of \(name)") }
        for (number, name) in clients.enumerated() {
            #expect(try mine.client(name)?.note == "by command \(number)")
        }
        let versions = try mine.stored { try $0.versions(limit: 100) }.map(\.number)
        #expect(versions.sorted() == Array(1...versions.count))
        #expect(try mine.isIntact())
    }

    @Test func `other fields of one thing merge silently, and nothing of either is lost`() throws {
        noors.press("3")
        noors.filter("web-spa")
        noors.press("e", "ctrl-u")
        noors.type("team blue")
        let changed = try program.run(
            "client", "set", "web-spa", "--note", "moves in May", "--scopes=-profile", "--reason", "by command")
        #expect(changed.status == 0, "\(changed.errors)")
        noors.press("ctrl-s")
        noors.confirm("new team")
        #expect(noors.text.contains("is in force") && noors.text.contains("; merged with version"), "\(noors.text)")
        let client = try #require(try mine.client("web-spa"))
        #expect(client.owner == "team blue" && client.note == "moves in May")
        #expect(!client.scopes.contains(try Name("profile")))
        #expect(try mine.isIntact())
    }

    @Test func `mine on top is so in the fields that both changed, and theirs stays theirs in the others`() throws {
        noors.press("3")
        noors.filter("web-spa")
        noors.press("e", "ctrl-u")
        noors.type("team blue")
        let changed = try program.run(
            "client", "set", "web-spa", "--owner", "team red", "--note", "moves in May", "--reason", "by command")
        #expect(changed.status == 0, "\(changed.errors)")
        noors.press("ctrl-s")
        noors.confirm("new team")
        #expect(noors.text.contains("mine    team blue") && noors.text.contains("theirs  team red"))
        #expect(noors.text.contains("goes together by itself: note (theirs)"), "\(noors.text)")
        noors.press("m")
        noors.confirm("new team")
        #expect(try mine.client("web-spa")?.owner == "team blue")
        #expect(try mine.client("web-spa")?.note == "moves in May")
    }

    @Test func `keeping theirs drops what was written of it, and leads back to the list`() throws {
        noors.press("3")
        noors.filter("web-spa")
        noors.press("e", "ctrl-u")
        noors.type("team blue")
        #expect(try program.run("client", "set", "web-spa", "--owner", "team red", "--reason", "r").status == 0)
        noors.press("ctrl-s")
        noors.confirm("new team")
        noors.press("t")
        #expect(noors.text.contains(", and what you wrote of it is dropped"))
        noors.look()
        noors.press("q")
        #expect(noors.hasQuit, "\(noors.text)")
        #expect(try mine.client("web-spa")?.owner == "team red")
    }

    @Test func `the same thing deleted here and changed there is a conflict, whoever comes second`() throws {
        mine.press("3")
        mine.filter("svc-search")
        mine.press("d")
        mine.type("not needed")
        let changed = try program.run("client", "set", "svc-search", "--note", "needed again", "--reason", "wait")
        #expect(changed.status == 0)
        mine.goThrough()
        #expect(mine.text.contains("Changed by others meanwhile"), "\(mine.text)")
        #expect(try mine.client("svc-search")?.note == "needed again")
        mine.press("esc")

        noors.look()
        noors.press("3")
        noors.filter("iot-fleet")
        noors.press("e", "ctrl-u")
        noors.type("team green")
        #expect(try program.run("client", "delete", "iot-fleet", "--yes", "--reason", "sold").status == 0)
        noors.look()
        noors.press("ctrl-s")
        noors.confirm("new team")
        #expect(noors.text.contains("Changed by others meanwhile"), "\(noors.text)")
        #expect(try mine.client("iot-fleet") == nil)
        #expect(try mine.isIntact())
    }

    @Test func `of several that are changed at once, only those in the way come back, and all are applied on top`()
        throws
    {
        mine.press("3")
        mine.filter("svc-")
        mine.press("g", "space", "space", "d")
        mine.type("moved elsewhere")
        #expect(try program.run("client", "set", "svc-billing", "--note", "until May", "--reason", "x").status == 0)
        mine.goThrough()
        #expect(mine.text.contains("client/svc-billing") && mine.text.contains("until May"), "\(mine.text)")
        #expect(!mine.text.contains("client/svc-search"))
        mine.press("m")
        #expect(mine.text.contains("- client/svc-billing") && mine.text.contains("Review: change 2 things"))
        mine.confirm("moved elsewhere")
        #expect(try !mine.policy().clients.contains { $0.name.text.hasPrefix("svc-") })
        #expect(try mine.isIntact())
    }

    @Test func `two who make a thing of one name both hear of it`() throws {
        for (console, note) in [(mine, "first"), (noors, "second")] {
            console.press("5", "n")
            console.type("reports")
            console.press("tab")
            console.type(note)
            console.press("ctrl-s")
            console.type("wanted")
        }
        mine.goThrough()
        #expect(mine.text.contains("is in force"), "\(mine.text)")
        noors.goThrough()
        #expect(noors.text.contains("Changed by others meanwhile"), "\(noors.text)")
        #expect(noors.text.contains("first") && noors.text.contains("second"))
        #expect(try mine.isIntact())
    }
}
