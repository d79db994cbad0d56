import Console
import Domain
import Foundation
import Store
import Testing

@testable import gatehouse

/// What the console does when the store or its operator's duties aren't what they were.
struct PolicyConsoleTroubleTests {
    @Test func `a duty that is withdrawn while a form is open loses nothing that was written`() throws {
        let console = try PolicyConsole()
        try console.addEditor()
        console.press("3", "e")
        console.type("team blue")
        try console.meanwhile(
            { policy in
                guard var person = policy.operators.first(where: { $0.userID == getuid() }) else { return }
                person.duties = [.watch]
                policy.put(.operator(person))
            }, approvedBy: PolicyConsole.maria)
        console.look()
        #expect(console.text.contains("doesn't have the duty edit"))
        #expect(console.text.contains("team blue"))
        let before = try console.version
        console.press("ctrl-s")
        #expect(console.text.contains("what you wrote stays here"))
        #expect(try console.version == before)
    }

    @Test func `a store that goes away while a form is open loses nothing that was written`() throws {
        let console = try PolicyConsole()
        console.press("3", "e")
        console.type("team blue")
        let path = console.folder.path
        try FileManager.default.moveItem(atPath: path, toPath: path + "-gone")
        console.look()
        console.press("ctrl-s")
        console.type("new team")
        console.goThrough()
        #expect(console.text.contains("team blue") || console.text.contains("Review"))
        try FileManager.default.moveItem(atPath: path + "-gone", toPath: path)
        console.press("esc")
        console.look()
        #expect(console.text.contains("team blue"))
    }

    @Test func `a store that goes away is told on every screen, and its lists stay until it is back`() throws {
        let console = try PolicyConsole(traffic: true)
        console.press("2")
        console.look()
        #expect(console.text.contains("/v1/"))
        let path = console.folder.path
        try FileManager.default.moveItem(atPath: path, toPath: path + "-gone")
        for key in ["2", "1"] {
            console.look()
            console.press(key)
            #expect(console.text.contains("the store is gone"), "\(console.text)")
            #expect(!console.text.contains("no requests yet"))
        }
        console.press("3")
        #expect(console.text.contains("the store is gone"))
        #expect(console.text.contains("mobile-app") && !console.text.contains("gatehouse init"), "\(console.text)")
        try FileManager.default.moveItem(atPath: path + "-gone", toPath: path)
        console.look()
        console.press("2")
        #expect(console.text.contains("/v1/") && !console.text.contains("gone"))
    }

    @Test func `tables that were changed by hand are told, and the history's policy is shown in their place`() throws {
        let console = try PolicyConsole()
        let before = try console.version
        try TamperedFile(console.folder.policy).change("UPDATE clients SET status = 'suspended', note = 'by hand'")
        let second = try PolicyConsole(sharing: console.home)
        second.press("3")
        #expect(second.text.contains("was changed by hand"))
        #expect(second.text.contains("mobile-app") && !second.text.contains("suspended"), "\(second.text)")
        second.press("e")
        #expect(second.text.contains("the policy can't be reached") && second.text.contains("audit verify"))
        second.press("ctrl-s")
        second.confirm("test")
        #expect(try second.stored { try $0.shown().active.version.number } == before)
        // That is when one revokes.
        let third = try PolicyConsole(sharing: console.home)
        third.press("3")
        third.type("/globex")
        third.press("enter", "x")
        third.type("tampered with")
        third.press("tab")
        third.type("globex")
        third.press("tab", "enter")
        #expect(try third.stored { try $0.revocations().last?.target } == .client("partner-globex"), "\(third.text)")
    }

    @Test func `a read-only console says so and changes nothing`() throws {
        let console = try PolicyConsole { $0.isReadOnly = true }
        let before = try console.stored { try $0.newestAuditRecords(limit: 1).first?.sequence }
        for key in ["e", "n", "d", "u", "x"] {
            console.press("3", key)
            #expect(console.text.contains("read-only"))
        }
        #expect(try console.stored { try $0.newestAuditRecords(limit: 1).first?.sequence } == before)
    }

    @Test(.enabled(if: geteuid() == 0)) func `files of another account are told when an edit is begun`() throws {
        let console = try PolicyConsole()
        console.press("3", "e")
        console.type("team blue")
        #expect(chown(console.folder.path, 65534, 65534) == 0)
        console.look()
        #expect(console.text.contains("nothing can be changed: the store belongs to another account"))
        #expect(console.text.contains("what you wrote stays here"))
        console.press("ctrl-s")
        #expect(!console.text.contains("Review:"))
        for key in ["n", "d", "x", "u"] {
            let other = try PolicyConsole(sharing: console.home, as: console.myself)
            other.press("3", key)
            #expect(other.text.contains("the store belongs to another account (uid 65534)"), "\(key)")
        }
        #expect(chown(console.folder.path, geteuid(), getegid()) == 0)
        console.look()
        console.press("ctrl-s")
        #expect(console.text.contains("Review:"))
    }

    @Test func `another store in the place of this one is told once, and its lack of traffic not beside it`() throws {
        let console = try PolicyConsole(traffic: true)
        console.look()
        console.press("3", "e")
        console.type("team blue")
        let path = console.folder.path
        try FileManager.default.moveItem(atPath: path, toPath: path + "-away")
        try DemoPolicy(.shop).make(in: console.folder) { SystemClock.now() }
        console.look()
        #expect(console.text.contains("another store lies there now"))
        #expect(!console.text.contains("is gone") && !console.text.contains("no traffic any more"))
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.moveItem(atPath: path + "-away", toPath: path)
        console.look()
        #expect(console.text.contains("team blue"))
    }

    @Test func `a paused list stays as it was, and what is done from it is held against what is in force`() throws {
        let console = try PolicyConsole()
        try console.addEditor()
        console.press("7")
        console.filter("acme-rate")
        console.press("p")
        let shown = try console.version
        try console.meanwhile { policy in
            guard var quota = try console.quota("acme-rate") else { return }
            quota.limit = 18
            policy.put(.quota(quota))
        }
        console.look()
        #expect(console.text.contains("15/s") && !console.text.contains("18/s"))
        #expect(console.text.contains("(shown is \(shown))"))
        console.press("e")
        #expect(console.text.contains("others changed it meanwhile"))
        console.type("25/s")
        console.press("ctrl-s")
        console.confirm("contract")
        #expect(console.text.contains("Changed by others meanwhile"))
        #expect(try console.quota("acme-rate")?.limit == 18)
        console.press("m")
        console.goThrough()
        #expect(try console.quota("acme-rate")?.limit == 25)
        // One's own act is shown.
        #expect(console.text.contains("paused"))
        #expect(console.text.contains("25/s") && !console.text.contains("shown is"))
        console.press("e")
        #expect(!console.text.contains("others changed it meanwhile"))
        console.press("esc", "p")
        #expect(console.text.contains("25/s") && !console.text.contains("shown is"))
    }

    @Test func `paused, the lists of records take in nothing new`() throws {
        let console = try PolicyConsole()
        _ = try console.issue("web-spa", "eve@shop.example", from: "203.0.113.7")
        console.press("0")
        let records = try #require(try console.stored { try $0.newestAuditRecords(limit: 1).first?.sequence })
        #expect(console.text.contains("▸") && console.text.contains("\(records)"))
        console.press("p")
        let rows = console.text.split(separator: "\n").dropFirst(3).dropLast(3)
        let store = try PolicyStore(folder: console.folder, for: .writing)
        try store.revoke(.subject("eve@shop.example"), by: PolicyConsole.maria, reason: "stolen")
        try store.close()
        console.look()
        #expect(console.text.split(separator: "\n").dropFirst(3).dropLast(3) == rows)
        console.press("p")
        #expect(console.text.contains("\(records + 1)"))
    }

    @Test func `a store without a policy says how to begin one`() throws {
        let home = try TemporaryFolder()
        let console = try PolicyConsole(sharing: home)
        console.press("3")
        #expect(console.text.contains("gatehouse init"))
    }
}
