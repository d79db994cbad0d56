import Console
import Domain
import Store
import Testing

@testable import gatehouse

/// A dangerous change on its way through two operators' consoles.
struct PolicyApprovalStoryTests {
    private let mine: PolicyConsole
    private let marias: PolicyConsole

    init() throws {
        mine = try PolicyConsole(traffic: true)
        marias = try PolicyConsole(sharing: mine.home, as: PolicyConsole.maria)
    }

    /// A rise that takes a second operator, sent for approval.
    private func askForMore() throws {
        mine.press("7")
        mine.filter("acme-r")
        mine.press("e")
        mine.type("9000/s")
        mine.press("ctrl-s")
        #expect(mine.text.contains("Send for approval"))
        mine.confirm("they asked")
        #expect(mine.text.contains("version 3 waits for approval"))
        marias.look()
    }

    @Test func `a draft is announced on every screen of every operator, until it was approved by a second one`() throws
    {
        try askForMore()
        let narrow = try PolicyConsole(sharing: mine.home, 80, 24)
        for key in ["1", "2", "3", "4", "5", "6", "7", "8", "0", "O", "H", "D"] {
            for console in [mine, marias, narrow] {
                console.press(key)
                #expect(console.text.contains("1 waiting"), "\(key)")
            }
        }
        #expect(try mine.quota("acme-rate")?.limit == 15)
        marias.press("a")
        #expect(marias.text.contains("Review: approve version 3 of \(mine.myself.name)"))
        #expect(marias.text.contains("-   limit: 15") && marias.text.contains("+   limit: 9000"))
        #expect(marias.text.contains("requests that were decided again"))
        #expect(marias.text.contains("! quota/acme-rate: goes from 15 in 1s to 9000 in 1s"))
        for _ in 0..<60 { marias.press("backspace") }
        marias.confirm("by contract")
        #expect(try mine.quota("acme-rate")?.limit == 9000)
        let record = try mine.lastRecord
        #expect(record.entry.action == "policy.approve")
        #expect(record.entry.actor == PolicyConsole.maria)
        #expect(record.entry.reason == "by contract")
        #expect(marias.text.contains("audit record \(record.sequence)"))
        mine.look()
        for console in [mine, marias] { #expect(!console.text.contains("waiting")) }
        #expect(try mine.stored { try $0.active().version.approver } == PolicyConsole.maria)
        #expect(try mine.isIntact())
    }

    @Test func `nobody approves their own change, and the store would refuse it too`() throws {
        try askForMore()
        mine.press("D", "a")
        #expect(mine.text.contains("it is your own: somebody else has to approve it"))
        #expect(!mine.text.contains("Review: approve"))
        #expect(throws: PolicyStoreError.ownChange(version: 3)) {
            let store = try PolicyStore(folder: mine.folder, for: .writing)
            _ = try store.approve(3, by: mine.myself, reason: "mine")
        }
        #expect(try mine.quota("acme-rate")?.limit == 15)
        #expect(try mine.lastRecord.entry.outcome == .refused)
    }

    @Test func `a draft that is rejected is gone from the screens and stays in the history`() throws {
        try askForMore()
        marias.press("D", "r", "enter")
        #expect(marias.text.contains("say in a line why you do this"))
        marias.confirm("ask me first")
        #expect(!marias.text.contains("waiting"))
        #expect(marias.text.contains("nothing waits for approval"))
        #expect(try mine.quota("acme-rate")?.limit == 15)
        let record = try mine.lastRecord
        #expect(record.entry.action == "policy.reject" && record.entry.reason == "ask me first")
        #expect(try mine.stored { try $0.versions(limit: 10) }.first { $0.number == 3 }?.state == .retired)
        mine.look()
        mine.press("H")
        #expect(mine.text.contains("they asked"))
        #expect(try mine.isIntact())
    }

    @Test func `an author takes a draft back`() throws {
        try askForMore()
        mine.press("D", "r")
        mine.confirm("not needed any more")
        #expect(try mine.stored { try $0.drafts() }.isEmpty)
        #expect(try mine.lastRecord.entry.actor == mine.myself)
    }

    @Test func `a draft that somebody else dealt with meanwhile is not approved a second time`() throws {
        try askForMore()
        marias.press("D", "a")
        let store = try PolicyStore(folder: mine.folder, for: .writing)
        try store.reject(3, by: mine.myself, reason: "on second thought")
        try store.close()
        let before = try mine.version
        marias.goThrough()
        #expect(marias.text.contains("version 3"))
        #expect(marias.text.contains("Review: approve"))
        #expect(try mine.version == before)
        marias.press("esc")
        #expect(marias.text.contains("nothing waits for approval"))
    }

    @Test func `what was kept as a draft is put in force later, on top of what came between`() throws {
        mine.press("3")
        mine.filter("web-spa")
        mine.press("e", "ctrl-u")
        mine.type("team blue")
        mine.press("ctrl-s")
        mine.type("from January")
        mine.press("enter", "tab", "enter")
        #expect(try mine.client("web-spa")?.owner == "shop team")
        mine.filter("mobile-app")
        mine.press("e", "ctrl-u")
        mine.type("team red")
        mine.press("ctrl-s")
        mine.confirm("new team")
        #expect(try mine.client("mobile-app")?.owner == "team red")
        marias.look()
        marias.press("D", "a")
        marias.goThrough()
        #expect(try mine.client("web-spa")?.owner == "team blue")
        #expect(try mine.client("mobile-app")?.owner == "team red")
        #expect(try mine.lastRecord.entry.reason == "approved: from January")
        #expect(try mine.isIntact())
    }

    @Test func `a draft that no longer fits what is in force comes back with the conflict`() throws {
        try askForMore()
        mine.press("7")
        mine.filter("acme-r")
        mine.press("e")
        mine.type("10/s")
        mine.press("ctrl-s")
        mine.confirm("less meanwhile")
        #expect(try mine.quota("acme-rate")?.limit == 10)
        marias.look()
        marias.press("D", "a")
        marias.goThrough()
        #expect(marias.text.contains("Changed by others meanwhile"))
        #expect(marias.text.contains("before  15") && marias.text.contains("mine    9000"))
        #expect(marias.text.contains("theirs  10"))
        #expect(try mine.quota("acme-rate")?.limit == 10)
        // She may approve, but not make a change of her own.
        marias.press("m")
        #expect(marias.text.contains("maria doesn't have the duty edit"))
        #expect(try mine.quota("acme-rate")?.limit == 10)
    }
}
