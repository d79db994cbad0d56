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

    @Test func `a store without a policy says how to begin one`() throws {
        let home = try TemporaryFolder()
        let console = try PolicyConsole(sharing: home)
        console.press("3")
        #expect(console.text.contains("gatehouse init"))
    }
}
