import Console
import Domain
import Store
import Testing

@testable import gatehouse

/// The ways back: two versions side by side, one restored, one taken back out of the middle, undo and its undo.
struct PolicyHistoryStoryTests {
    private let console: PolicyConsole

    /// Three changes after the first policy, versions 3 to 5.
    init() throws {
        console = try PolicyConsole()
        try raise(to: 14, "less for acme")
        console.press("3")
        console.filter("web-spa")
        console.press("e", "ctrl-u")
        console.type("team blue")
        console.press("ctrl-s")
        console.confirm("new team")
        console.press("7")
        console.filter("partner-rate")
        console.press("e")
        console.type("18/s burst 40")
        console.press("ctrl-s")
        console.confirm("less for partners")
        #expect(try console.version == 5)
    }

    private func raise(to limit: Int, _ reason: String) throws {
        console.press("7")
        console.filter("acme-r")
        console.press("e")
        console.type("\(limit)/s")
        console.press("ctrl-s")
        console.confirm(reason)
        #expect(try console.quota("acme-rate")?.limit == limit)
    }

    private func select(_ version: Int) {
        console.press("H", "g")
        while !console.text.contains("─ version \(version) ") { console.press("down") }
    }

    @Test func `the difference of any two versions`() throws {
        select(5)
        console.press("space")
        select(2)
        console.press("enter")
        #expect(console.text.contains("from version 2 to version 5"))
        for line in ["~ quota/acme-rate", "- limit: 15", "+ limit: 14", "~ quota/partner-rate", "- limit: 20"] {
            #expect(console.text.replacing("  ", with: "").contains(line.replacing("  ", with: "")), "\(line)")
        }
        #expect(console.text.contains("~ client/web-spa") && console.text.contains("team blue"))
    }

    @Test func `one change out of the middle is taken back, and what came after stays`() throws {
        select(3)
        console.press("R")
        #expect(console.text.contains("Review: undo version 3"))
        #expect(console.text.contains("+   limit: 15"))
        for _ in 0..<30 { console.press("backspace") }
        console.confirm("the contract says 15")
        #expect(try console.quota("acme-rate")?.limit == 15)
        #expect(try console.quota("partner-rate")?.limit == 18)
        #expect(try console.client("web-spa")?.owner == "team blue")
        let record = try console.lastRecord
        #expect(record.entry.action == "policy.undo" && record.entry.reason == "the contract says 15")
        #expect(try console.isIntact())
    }

    @Test func `a change that later ones rest on comes back as a conflict, and nothing happens`() throws {
        try raise(to: 12, "still less")
        select(3)
        console.press("R")
        console.goThrough()
        #expect(console.text.contains("Changed by others meanwhile"))
        #expect(console.text.contains("before  14") && console.text.contains("mine    15"))
        #expect(console.text.contains("theirs  12"))
        console.press("t")
        #expect(try console.quota("acme-rate")?.limit == 12)
        #expect(try console.version == 6)
    }

    @Test func `what is called otherwise now is taken back under its new name`() throws {
        let noor = try console.add("noor", 4712, [.watch, .edit])
        try console.meanwhile { policy in
            let key = ItemKey(try Name<Quota>("acme-rate"))
            for edit in try policy.edits(renaming: key, to: "acme-limit") { policy[edit.key] = edit.after }
        }
        #expect(try console.lastRecord.entry.actor == noor)
        try console.letApprove()
        select(3)
        console.press("R")
        #expect(console.text.contains("quota/acme-rate is called acme-limit since version 9"))
        #expect(console.text.contains("~ quota/acme-limit") && console.text.contains("+   limit: 15"))
        console.goThrough()
        #expect(try console.quota("acme-rate") == nil)
        #expect(try console.quota("acme-limit")?.limit == 15)
        #expect(try console.isIntact())
    }

    @Test func `a version is restored whole, as a new one`() throws {
        let wanted = try console.stored { try $0.policy(at: 2) }
        select(2)
        console.press("r")
        #expect(console.text.contains("Review: restore version 2"))
        #expect(console.text.contains("~ client/web-spa") && console.text.contains("~ quota/partner-rate"))
        #expect(try console.version == 5)
        console.goThrough()
        #expect(try console.policy() == wanted)
        #expect(try console.version == 6)
        #expect(try console.lastRecord.entry.action == "policy.restore")
        #expect(try console.isIntact())
    }

    @Test func `what is in force is not restored, and before the first nothing was`() throws {
        select(5)
        console.press("r")
        #expect(console.text.contains("it is in force already"))
        select(1)
        console.press("R")
        #expect(console.text.contains("nothing was before the first version"))
        #expect(try console.version == 5)
    }

    @Test func `undo shows what it does first, and its own undo brings the change back`() throws {
        console.press("1", "u")
        #expect(try console.version == 5)
        console.press("4", "u")
        #expect(console.text.contains("Review: undo version 5"))
        #expect(console.text.contains("-   limit: 18") && console.text.contains("+   limit: 20"))
        console.press("esc")
        #expect(try console.version == 5)
        console.press("u")
        console.goThrough()
        #expect(try console.quota("partner-rate")?.limit == 20)
        console.press("u")
        console.goThrough()
        #expect(try console.quota("partner-rate")?.limit == 18)
        #expect(try console.isIntact())
    }
}
