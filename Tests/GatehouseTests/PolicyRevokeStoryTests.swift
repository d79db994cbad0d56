import Console
import Domain
import Store
import Testing

@testable import gatehouse

/// Everything that can be revoked from the console: what the dialog counts is what is gone, and the audit trail has it.
struct PolicyRevokeStoryTests {
    private let console: PolicyConsole
    /// Two tokens of a user at one address, and one of somebody else next door.
    private let eves: [TokenRecord]
    private let next: TokenRecord

    init() throws {
        console = try PolicyConsole(traffic: true)
        eves = try ["web-spa", "mobile-app"].map { [console] client in
            try console.issue(client, "eve@shop.example", from: "203.0.113.7")
        }
        next = try console.issue("web-spa", "adam@shop.example", from: "203.0.113.99")
        console.look()
    }

    private func living() throws -> Set<String> {
        var selection = TokenSelection()
        selection.state = .active
        return Set(try console.stored { try $0.tokens(selection) }.map(\.id))
    }

    /// Confirms the open dialog, and gives the ids of the tokens that ended. It has counted as many.
    private func revoke(
        _ title: String, typing code: String, recorded action: String, targets: Int = 1,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Set<String> {
        let before = try living()
        let records = try console.stored { try $0.newestAuditRecords(limit: 1).first?.sequence ?? 0 }
        #expect(console.text.contains(title), sourceLocation: sourceLocation)
        #expect(console.text.contains("not possible: what is revoked stays revoked"), sourceLocation: sourceLocation)
        let dialog = console.text
        // Cancel has the focus, and Enter alone has never done anything but close.
        console.press("tab")
        console.type("stolen laptop")
        console.press("tab")
        console.type(code)
        console.press("tab", "enter")
        let after = try living()
        let ended = before.subtracting(after)
        #expect(
            ended.isEmpty || dialog.contains("\(ended.count) live token\(ended.count == 1 ? "" : "s")"),
            "\(ended.count): \(dialog)",
            sourceLocation: sourceLocation)
        let record = try console.lastRecord
        #expect(record.sequence == records + Int64(targets), sourceLocation: sourceLocation)
        #expect(record.entry.action == action && record.entry.reason == "stolen laptop", sourceLocation: sourceLocation)
        #expect(console.text.contains("record \(record.sequence)"), "\(console.text)", sourceLocation: sourceLocation)
        let epoch = try console.stored { try $0.revocations().last?.epoch ?? 0 }
        #expect(console.text.contains("epoch    \(epoch)"), sourceLocation: sourceLocation)
        #expect(try console.isIntact(), sourceLocation: sourceLocation)
        console.press("esc")
        return ended
    }

    private var eve: Set<String> { Set(eves.map(\.id)) }

    private func showToken(_ token: TokenRecord) {
        console.press("8")
        console.filter("id:\(token.id.prefix(8))")
    }

    @Test func `a token`() throws {
        showToken(eves[0])
        console.press("x")
        let ended = try revoke(
            "Revoke the token \(eves[0].id)", typing: String(eves[0].id.prefix(8)), recorded: "token.revoke")
        #expect(ended == [eves[0].id])
        #expect(console.text.contains("nothing matches the filter") || console.text.contains("revoked"))
    }

    @Test func `a family`() throws {
        showToken(eves[0])
        console.command("revoke its family")
        let ended = try revoke(
            "Revoke the token family \(eves[0].family)", typing: "\(eves[0].family)", recorded: "family.revoke")
        #expect(ended == [eves[0].id])
    }

    @Test func `a credential`() throws {
        console.press("3")
        console.filter("web-spa")
        console.command("revoke credential")
        #expect(console.text.contains("secret, active"))
        console.press("enter")
        let credential = try #require(try console.stored { try $0.credentials(of: try Name("web-spa")) }.first)
        _ = try revoke(
            "Revoke the credential \(credential.id)", typing: "\(credential.id)", recorded: "credential.revoke")
        let now = SystemClock.now()
        let state = try console.stored { try $0.credentials(of: try Name("web-spa")) }.first?.state(at: now)
        #expect(state == .revoked)
    }

    @Test func `a client, from one of its tokens, with the requests that will stop`() throws {
        showToken(eves[0])
        console.command("revoke its client")
        #expect(console.text.contains("will be refused from now on"))
        #expect(console.text.contains("new ones can be issued unless the client is suspended too"))
        let ended = try revoke("every token and credential of web-spa", typing: "web-spa", recorded: "client.revoke")
        #expect(ended.contains(eves[0].id) && ended.contains(next.id) && !ended.contains(eves[1].id))
    }

    @Test func `a subject, from any screen`() throws {
        console.command("revoke eve@shop.example")
        let ended = try revoke(
            "every token for eve@shop.example", typing: "eve@shop.example", recorded: "subject.revoke")
        #expect(ended == eve)
    }

    @Test func `an address, from one of the tokens`() throws {
        showToken(eves[0])
        console.command("revoke its address")
        #expect(try revoke("issued to 203.0.113.7", typing: "203.0.113.7", recorded: "network.revoke") == eve)
    }

    @Test func `a network, from any screen`() throws {
        console.press("6")
        console.command("revoke 203.0.113.0/24")
        let ended = try revoke("issued to 203.0.113.0/24", typing: "203.0.113.0/24", recorded: "network.revoke")
        #expect(ended == eve.union([next.id]))
    }

    @Test func `a selection of tokens`() throws {
        console.press("8")
        console.filter("from:203.0.113.*")
        console.press("g", "space", "space", "x")
        #expect(try revoke("Revoke 2 tokens", typing: "2 tokens", recorded: "token.revoke", targets: 2).count == 2)
    }

    @Test func `everything that a filter matches`() throws {
        console.press("8", "X")
        #expect(console.text.contains("without a filter it would be everybody's"))
        console.filter("subject:eve*")
        console.press("X")
        #expect(try revoke("Revoke 2 tokens", typing: "2 tokens", recorded: "token.revoke", targets: 2) == eve)
    }

    @Test func `everything that a filter matches, in one row where it is one subject or family`() throws {
        for filter in ["subject:eve@shop.example", "family:\(next.family)"] {
            console.press("8")
            console.filter(filter)
            console.press("X")
            let isSubject = filter.hasPrefix("subject")
            #expect(console.text.contains("filter   \(filter)"))
            let ended = try revoke(
                isSubject ? "Revoke every token for eve@shop.example" : "Revoke the token family \(next.family)",
                typing: isSubject ? "eve@shop.example" : "\(next.family)",
                recorded: isSubject ? "subject.revoke" : "family.revoke")
            #expect(ended == (isSubject ? eve : [next.id]))
        }
        #expect(try console.stored { try $0.revocations().count } == 2)
    }

    @Test func `a token by its id, by the short one in the list, or with the menu's own words, from any screen`() throws
    {
        for words in [eves[0].id, String(eves[0].id.prefix(8)), "token \(eves[0].id.prefix(6))"] {
            console.command("revoke \(words)")
            #expect(console.text.contains("Revoke the token \(eves[0].id)"), "\(words): \(console.text)")
            console.press("esc")
        }
        console.command("revoke family:\(eves[1].family)")
        #expect(
            try revoke("Revoke the token family", typing: "\(eves[1].family)", recorded: "family.revoke") == [
                eves[1].id
            ])
    }

    @Test func `a subject that nobody ever heard of is said to be none`() throws {
        console.command("revoke evil@shop.example")
        #expect(console.text.contains("NOBODY IS KNOWN BY THAT NAME"), "\(console.text)")
        console.press("esc")
        console.command("revoke eve@shop.example")
        #expect(!console.text.contains("NOBODY IS KNOWN"))
    }

    @Test func `a selection of clients, each with its own record`() throws {
        console.press("3")
        console.filter("partner")
        console.press("g", "space", "space", "x")
        let ended = try revoke("Revoke 2 clients", typing: "2 clients", recorded: "client.revoke", targets: 2)
        #expect(ended.count == 6 || ended.count == 4)
    }

    @Test func `a client that was revoked is suspended with one key from the result, reviewed and with a reason`()
        throws
    {
        console.press("3")
        console.filter("globex")
        console.press("x", "tab")
        console.type("leak")
        console.press("tab")
        console.type("globex")
        console.press("tab", "enter")
        #expect(console.text.contains("s suspends the client too"))
        console.press("s")
        #expect(console.text.contains("Review: change client/partner-globex"))
        console.confirm("leak")
        #expect(try console.client("partner-globex")?.status == .suspended)
        #expect(try console.lastRecord.entry.action == "policy.apply")
        console.press("u")
        console.goThrough()
        #expect(try console.client("partner-globex")?.status == .active)
        #expect(try console.isIntact())
    }

    @Test func `what ends is counted again when others end some of it, and said as it was at the end`() throws {
        let console = try PolicyConsole()
        let tokens = try (1...2).map { try console.issue("web-spa", "eve@shop.example", from: "203.0.113.\($0)") }
        console.type(":revoke eve@shop.example")
        console.press("enter")
        #expect(console.text.contains("2 live tokens"), "\(console.text)")
        let store = try PolicyStore(folder: console.folder, for: .writing)
        try store.revoke(
            .token(issuer: tokens[0].issuer, id: tokens[0].id), by: PolicyConsole.maria, reason: "one of them")
        console.look()
        #expect(console.text.contains("what     1 live token\n"))
        #expect(console.text.contains("it changed while this was open: before, 2 live tokens"))
        // Between the last look and the confirmation.
        console.type("leaked")
        console.press("tab")
        console.type("eve@shop.example")
        console.press("enter")
        try store.revoke(
            .token(issuer: tokens[1].issuer, id: tokens[1].id), by: PolicyConsole.maria, reason: "the other")
        try store.close()
        console.press("enter")
        #expect(console.text.contains("on the disk, but nothing was alive to end"))
        #expect(try console.stored { try $0.revocations().last?.target } == .subject("eve@shop.example"))
    }

    @Test func `the id that has to be typed can't be pasted, and another one doesn't do`() throws {
        console.command("revoke eve@shop.example")
        let before = try living()
        console.press("tab")
        console.type("stolen laptop")
        console.press("tab")
        console.paste("eve@shop.example")
        console.press("tab", "enter")
        console.type("exampel")
        console.press("enter", "tab", "enter")
        #expect(
            console.text.contains("that is not eve@shop.example")
                || console.text.contains("type eve@shop.example first"))
        #expect(try living() == before)
        console.press("esc")
        #expect(try living() == before)
        #expect(try console.stored { try $0.revocations().isEmpty })
    }
}
