import Console
import Domain
import Foundation
import Store
import Testing

@testable import gatehouse

/// Stories of operators at the console, on a real store: press, expect on the screen, in the store and in the audit chain.
struct PolicyConsoleTests {
    // MARK: - Editing

    @Test func `a client's quota is raised in at most 20 keys, and the rise taken back in 4`() throws {
        let console = try PolicyConsole()
        console.press("7")
        console.type("/acme")
        console.press("enter", "e")
        console.type("25/s")
        console.press("ctrl-s")
        console.type("more")
        console.goThrough()
        #expect(console.keys <= 20)
        #expect(try console.quota("acme-rate")?.limit == 25)
        #expect(try console.lastRecord.entry.action == "policy.apply")
        #expect(try console.lastRecord.entry.reason == "more")
        #expect(console.text.contains("version 3 is in force"))
        console.forgetKeys()
        console.press("u")
        console.goThrough()
        #expect(console.keys <= 4)
        #expect(try console.quota("acme-rate")?.limit == 15)
        #expect(try console.lastRecord.entry.action == "policy.undo")
    }

    @Test func `nothing is applied without a review and a reason`() throws {
        let console = try PolicyConsole()
        let before = try console.version
        console.press("3")
        console.type("/globex")
        console.press("enter", "d")
        #expect(console.text.contains("Review: delete client/partner-globex"))
        #expect(console.text.contains("1 credential and "))
        #expect(console.text.contains("brings back none of them"))
        console.press("enter")
        #expect(console.text.contains("say in a line why"))
        console.press("tab", "enter")
        #expect(console.text.contains("say in a line why"))
        #expect(try console.version == before)
        console.press("esc")
        #expect(try console.version == before)
        #expect(try console.client("partner-globex") != nil)
    }

    @Test func `the review tells from recorded traffic who would be refused`() throws {
        let console = try PolicyConsole(traffic: true)
        console.press("4")
        console.type("/shopper")
        console.press("enter", "d")
        // Clients still have the role, so that the policy would not hold together.
        #expect(console.text.contains("client/mobile-app"))
        console.press("esc", "esc", "3")
        console.type("/mobile-app")
        console.press("enter", "e", "down")
        for _ in 0..<10 { console.press("backspace") }
        console.type("suspended")
        console.press("ctrl-s")
        #expect(console.text.contains("status: suspended"))
        #expect(console.text.contains("newly refused"))
        #expect(console.text.contains("mobile-app"))
        #expect(console.text.contains("client_suspended"))
    }

    @Test func `the review of a quota tells from recorded traffic who would be limited`() throws {
        let console = try PolicyConsole(traffic: true)
        console.press("7")
        console.type("/acme")
        console.press("enter", "e")
        console.type("1/h")
        console.press("ctrl-s")
        #expect(console.text.contains("newly refused"))
        #expect(console.text.contains("allowed → quota_exceeded:client"))
    }

    @Test func `several that are marked are removed in one change, and come back with one undo`() throws {
        let console = try PolicyConsole()
        let before = try console.policy()
        console.press("3", "G", "space", "up", "space")
        #expect(console.text.contains("2 marked"))
        console.press("d")
        console.type("not needed")
        console.goThrough()
        #expect(try console.policy().clients.count == before.clients.count - 2)
        console.press("u")
        console.goThrough()
        #expect(try console.policy() == before)
    }

    @Test func `a change that is kept waits as a draft, and the version in force stays`() throws {
        let console = try PolicyConsole()
        let before = try console.version
        console.press("3", "e")
        console.type("team blue")
        console.press("ctrl-s")
        console.type("later")
        console.press("enter", "tab", "enter")
        #expect(console.text.contains("waits for approval"))
        #expect(try console.version == before)
        #expect(try console.stored { try $0.drafts().count } == 1)
        #expect(console.text.contains("1 waiting"))
    }

    @Test func `a dangerous change says before that it will wait for a second operator`() throws {
        let console = try PolicyConsole()
        console.press("7")
        console.type("/acme-r")
        console.press("enter", "e")
        console.type("9000/s")
        console.press("ctrl-s")
        #expect(console.text.contains("takes a second operator: quota-raised"))
        console.type("they asked")
        console.goThrough()
        #expect(console.text.contains("waits for approval"))
        #expect(try console.quota("acme-rate")?.limit == 15)
    }

    // MARK: - Others at work

    @Test func `what another operator changed otherwise comes back field by field, and mine can go on top`() throws {
        let console = try PolicyConsole()
        try console.addEditor()
        console.press("7")
        console.type("/acme-r")
        console.press("enter", "e")
        console.type("25/s")
        try console.meanwhile { policy in
            guard var quota = try console.quota("acme-rate") else { return }
            quota.limit = 18
            policy.put(.quota(quota))
        }
        console.look()
        #expect(console.text.contains("others changed it meanwhile"))
        #expect(console.text.contains("25/s"))
        console.press("ctrl-s")
        #expect(console.text.contains("with yours on top of theirs"))
        console.type("contract")
        console.goThrough()
        #expect(console.text.contains("Changed by others meanwhile"))
        #expect(console.text.contains("before  15"))
        #expect(console.text.contains("mine    25"))
        #expect(console.text.contains("theirs  18"))
        #expect(try console.quota("acme-rate")?.limit == 18)
        console.press("m")
        console.goThrough()
        #expect(try console.quota("acme-rate")?.limit == 25)
        #expect(try console.lastRecord.entry.reason == "contract")
    }

    @Test func `theirs in what both changed leaves what else I wrote`() throws {
        let console = try PolicyConsole()
        try console.addEditor()
        console.press("3")
        console.type("/globex")
        console.press("enter", "e", "ctrl-u")
        console.type("team mine")
        for _ in 0..<7 { console.press("tab") }
        console.type("a long and careful note")
        try console.meanwhile { policy in
            guard var client = try console.client("partner-globex") else { return }
            client.owner = "team theirs"
            policy.put(.client(client))
        }
        console.look()
        console.press("ctrl-s")
        console.type("tidy up")
        console.goThrough()
        #expect(console.text.contains("Changed by others meanwhile"))
        console.press("t")
        #expect(console.text.contains("Review: change client/partner-globex"), "\(console.text)")
        console.press("esc")
        #expect(console.text.contains("a long and careful note") && console.text.contains("team theirs"))
        console.press("ctrl-s")
        console.type("tidy up")
        console.goThrough()
        let client = try console.client("partner-globex")
        #expect(client?.owner == "team theirs" && client?.note == "a long and careful note")
    }

    @Test func `an undo says whose change it takes back`() throws {
        let console = try PolicyConsole()
        try console.addEditor()
        try console.meanwhile { policy in
            guard var client = try console.client("partner-globex") else { return }
            client.owner = "team theirs"
            policy.put(.client(client))
        }
        console.look()
        console.press("3", "u")
        #expect(console.text.contains("of noor, ") && console.text.contains(": meanwhile"), "\(console.text)")
    }

    @Test func `what others did to other things merges, and is told`() throws {
        let console = try PolicyConsole()
        try console.addEditor()
        console.press("7")
        console.type("/acme-r")
        console.press("enter", "e")
        console.type("25/s")
        try console.meanwhile { policy in
            guard var client = try console.client("web-spa") else { return }
            client.note = "moves in December"
            policy.put(.client(client))
        }
        console.press("ctrl-s")
        console.type("contract")
        console.goThrough()
        #expect(console.text.contains("merged with version"))
        #expect(try console.quota("acme-rate")?.limit == 25)
        #expect(try console.client("web-spa")?.note == "moves in December")
    }

    @Test func `two consoles and a command at once lose no change`() throws {
        let first = try PolicyConsole()
        let second = try PolicyConsole(sharing: first.home)
        for (console, name) in [(first, "web-spa"), (second, "mobile-app")] {
            console.press("3")
            console.type("/" + name)
            console.press("enter", "e", "ctrl-u")
            console.type("team of \(name)")
            console.press("ctrl-s")
            console.type("teams")
        }
        second.goThrough()
        first.goThrough()
        #expect(try first.client("web-spa")?.owner == "team of web-spa")
        #expect(try first.client("mobile-app")?.owner == "team of mobile-app")
        #expect(try first.stored { try $0.verify().isIntact })
    }

    // MARK: - Leaving

    @Test func `what is written survives another screen, and is asked about before leaving`() throws {
        let console = try PolicyConsole()
        console.press("3", "e")
        console.type("team blue")
        console.press("alt-4")
        #expect(console.text.contains("4 Roles"))
        #expect(!console.text.contains("team blue"))
        console.press("q")
        #expect(!console.hasQuit)
        #expect(console.text.contains("would be lost"))
        console.press("esc", "3")
        #expect(console.text.contains("team blue"))
        console.press("ctrl-c", "y")
        #expect(console.hasQuit)
    }

    // MARK: - Revoking

    @Test func `all tokens of a client are revoked in at most 22 keys, with the proof of it`() throws {
        let console = try PolicyConsole(traffic: true)
        console.press("3")
        console.type("/glob")
        console.press("enter", "x")
        #expect(console.text.contains("2 live tokens, 1 credential"))
        #expect(console.text.contains("undo"))
        console.press("tab")
        console.type("leak")
        console.press("tab")
        console.type("globex")
        console.press("tab", "enter")
        #expect(console.keys <= 22)
        let record = try console.lastRecord
        #expect(record.entry.action == "client.revoke")
        #expect(record.entry.reason == "leak")
        #expect(console.text.contains("record \(record.sequence)"))
        var selection = TokenSelection()
        selection.client = "partner-globex"
        selection.state = .active
        #expect(try console.stored { try $0.tokens(selection) }.isEmpty)
        console.press("s")
        #expect(console.text.contains("status: suspended"))
    }

    @Test func `Enter alone never revokes, whatever has the focus`() throws {
        let console = try PolicyConsole()
        console.press("3", "x", "enter")
        #expect(try console.stored { try $0.revocations() }.isEmpty)
        console.press("x")
        for _ in 0..<12 { console.press("tab", "enter") }
        #expect(try console.stored { try $0.revocations() }.isEmpty)
    }

    @Test func `what is revoked was fixed when the dialog opened`() throws {
        let console = try PolicyConsole()
        console.press("3")
        console.type("/globex")
        console.press("enter", "x", "tab")
        console.type("leak")
        try PolicyConsole(sharing: console.home).meanwhileRemoveQuota()
        console.look()
        console.press("tab")
        console.type("globex")
        console.press("tab", "enter")
        #expect(try console.stored { try $0.revocations().last?.target } == .client("partner-globex"))
    }
}

extension PolicyConsole {
    /// Somebody else's change, of something else.
    fileprivate func meanwhileRemoveQuota() throws {
        let store = try PolicyStore(folder: folder, for: .writing)
        defer { try? store.close() }
        let active = try store.active()
        guard let quota = active.policy.quotas.first else { return }
        _ = try store.apply(
            [PolicyEdit(key: ItemKey(quota.name), before: .quota(quota), after: nil)], by: .ofProcess(for: folder),
            reason: "meanwhile", basedOn: active.version.number)
    }
}
