import Console
import Domain
import Store
import Terminal
import Testing

@testable import gatehouse

/// What operators may not do: the console says so and why before anything is written, and the store has the last word.
struct PolicyRefusalStoryTests {
    private static let lists = ["3", "4", "5", "6", "7", "O"]

    /// What happened in the store so far.
    private func trail(_ console: PolicyConsole) throws -> Int64 { try console.lastRecord.sequence }

    @Test func `without the duty edit no list opens a form, deletes or undoes, and each says why`() throws {
        let home = try PolicyConsole()
        let console = try PolicyConsole(sharing: home.home, 80, 24, as: PolicyConsole.maria)
        let before = try trail(console)
        for screen in Self.lists {
            for key in ["n", "e", "d", "u"] {
                console.press(screen, key)
                #expect(console.text.contains("maria doesn't have the duty edit"), "\(screen) \(key)")
                #expect(!console.text.contains("Review:"))
            }
            console.press("?")
            for _ in 0..<4 where !console.text.contains("doesn't have the duty edit") { console.press("pgdn") }
            #expect(console.text.contains("doesn't have the duty edit"), "\(console.text)")
            console.press("esc")
        }
        #expect(try trail(console) == before)
    }

    @Test func `without the duty edit no version comes back, no matrix is applied and no access removed`() throws {
        let home = try PolicyConsole(traffic: true)
        let console = try PolicyConsole(sharing: home.home, as: PolicyConsole.maria)
        let before = try trail(console)
        for keys in [["8", "u"], ["0", "u"], ["H", "j", "r"], ["H", "R"]] {
            for key in keys { console.press(Key(key) ?? .escape) }
            #expect(console.text.contains("maria doesn't have the duty edit"), "\(keys)")
        }
        console.command("access review")
        console.press("d")
        #expect(console.text.contains("maria doesn't have the duty edit"))
        console.press("4", "m", "space", "ctrl-s")
        #expect(console.text.contains("maria doesn't have the duty edit; what you changed stays here"))
        #expect(try trail(console) == before)
    }

    @Test func `without the duty revoke nothing is revoked from anywhere`() throws {
        let home = try PolicyConsole(traffic: true)
        let noor = try home.add("noor", 4712, [.watch, .edit])
        let console = try PolicyConsole(sharing: home.home, as: noor)
        let before = try trail(console)
        for keys in [["1", "x"], ["2", "x"], ["3", "x"], ["8", "x"], ["8", "X"]] {
            for key in keys { console.press(Key(key) ?? .escape) }
            #expect(console.text.contains("noor doesn't have the duty revoke"), "\(keys)")
        }
        for command in ["revoke mobile-app", "revoke 203.0.113.7", "revoke its family", "revoke credential"] {
            console.command(command)
            #expect(console.text.contains("noor doesn't have the duty revoke"), "\(command)")
        }
        #expect(try trail(console) == before)
    }

    @Test func `without the duty approve a draft is not approved, rejected, nor an alarm reviewed`() throws {
        let home = try PolicyConsole()
        let noor = try home.add("noor", 4712, [.watch, .edit])
        home.press("7")
        home.filter("acme-r")
        home.press("e")
        home.type("9000/s")
        home.press("ctrl-s")
        home.confirm("they asked")
        let console = try PolicyConsole(sharing: home.home, as: noor)
        let before = try trail(console)
        console.press("D")
        for key in ["a", "r"] {
            console.press(Key(key) ?? .escape)
            #expect(console.text.contains("noor doesn't have the duty approve"), "\(key)")
        }
        #expect(try trail(console) == before)
    }

    @Test func `who may only watch sees everything and changes nothing`() throws {
        let home = try PolicyConsole(traffic: true)
        let kim = try home.add("kim", 4713, [.watch])
        let console = try PolicyConsole(sharing: home.home, as: kim)
        let before = try trail(console)
        for screen in Self.lists + ["8", "0", "H", "D"] {
            for key in ["e", "d", "x", "n"] {
                console.press(screen, key)
                #expect(!console.text.contains("Review:") && !console.text.contains("Revoke "), "\(screen) \(key)")
            }
        }
        #expect(console.text.contains("kim"))
        #expect(try trail(console) == before)
    }

    @Test func `a stranger is shown nothing of the policy`() throws {
        let home = try PolicyConsole()
        let console = try PolicyConsole(sharing: home.home, as: Actor(name: "eve", userID: 6666))
        for screen in Self.lists {
            console.press(screen)
            #expect(console.text.contains("eve is no operator, so can't do what takes the duty watch"))
            #expect(!console.text.contains("partner-acme") && !console.text.contains("acme-rate"))
            console.press("e")
            #expect(console.text.contains("there is no policy that can be changed"))
        }
    }

    @Test func `nobody changes their own entry, and the review says so for as long as it is open`() throws {
        let console = try PolicyConsole()
        let before = try console.version
        console.press("O")
        console.filter("id:\(console.myself.userID ?? 0)")
        console.filter(console.myself.name)
        console.press("e", "down", "down")
        console.type("x")
        console.press("esc", "y", "d")
        #expect(console.text.contains("Review: delete operator/\(console.myself.name)"))
        #expect(console.text.contains("nobody changes their own entry"))
        console.confirm("leaving")
        #expect(console.text.contains("nobody changes their own entry"))
        #expect(!console.text.contains("still being checked"))
        #expect(try console.version == before)
    }

    @Test func `the last who may edit can't be removed, whoever approves it`() throws {
        let mine = try PolicyConsole()
        let noor = try mine.add("noor", 4712, [.watch, .edit])
        let noors = try PolicyConsole(sharing: mine.home, as: noor)
        noors.press("O")
        noors.filter(mine.myself.name)
        noors.press("d")
        noors.confirm("left the company")
        #expect(noors.text.contains("waits for approval"))
        mine.look()
        mine.press("O")
        mine.filter("noor")
        mine.press("d")
        mine.confirm("left the company")
        let marias = try PolicyConsole(sharing: mine.home, as: PolicyConsole.maria)
        marias.press("D")
        marias.filter("author:\(mine.myself.name)")
        marias.press("a")
        marias.goThrough()
        #expect(try !mine.policy().operators.contains { $0.name.text == "noor" })
        marias.press("esc", "a")
        marias.goThrough()
        #expect(marias.text.contains("nobody would be left who can edit the policy"))
        #expect(try mine.policy().operators.contains { $0.userID == mine.myself.userID })
        #expect(try mine.isIntact())
    }

    @Test func `what would not hold together is said and never applied`() throws {
        let console = try PolicyConsole()
        let before = try console.version
        console.press("4")
        console.filter("shopper")
        console.press("d")
        console.confirm("not needed")
        #expect(console.text.contains("! client/mobile-app"))
        #expect(console.text.contains("the policy would not hold together: esc goes back"))
        #expect(try console.version == before)
    }
}
