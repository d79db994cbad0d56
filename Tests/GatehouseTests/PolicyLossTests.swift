import Foundation
import Testing

/// What can't be undone is said before it is done, and needs a yes.
struct PolicyLossTests {
    private let program: GatehouseProgram

    init() throws {
        program = try GatehouseProgram.withPolicy()
        let issued = try program.run("client", "credential", "issue", "guest-app", "--reason", "r")
        try #require(issued.status == 0, "\(issued.errors)")
        for _ in 1...2 {
            try #require(try program.run("token", "issue", "--client", "guest-app", "--reason", "r").status == 0)
        }
    }

    private let what = "1 credential and 2 tokens of client/guest-app"

    private func ends(_ object: [String: Any]) -> [Int?] {
        let ends = object["ends"] as? [String: Any]
        return [ends?["credentials"] as? Int, ends?["tokens"] as? Int]
    }

    @Test func `deleting a client says how many credentials and tokens end, and takes a yes`() throws {
        let dry = try program.run("client", "delete", "guest-app", "--dry-run")
        #expect(dry.status == 0 && dry.output.contains("can't be undone: \(what) end for good"), "\(dry.output)")
        #expect(ends(try program.object("client", "delete", "guest-app", "--dry-run", "--json")) == [1, 2])
        let asked = try program.run("client", "delete", "guest-app", "--reason", "r")
        #expect(asked.status == 2 && asked.errors.contains("\(what) end for good"), "\(asked.errors)")
        #expect(asked.errors.contains("--yes"))
        #expect(try program.run("client", "show", "guest-app").status == 0)
        #expect(
            ends(try program.object("client", "delete", "guest-app", "--yes", "--reason", "r", "--json")) == [1, 2])
        // Bringing the client back brings back none of it, so that deleting it again asks nothing.
        #expect(try program.run("policy", "undo", "--reason", "r").status == 0)
        let again = try program.run("client", "delete", "guest-app", "--reason", "r")
        #expect(again.status == 0 && !again.output.contains("ended for good"), "\(again.errors)")
    }

    @Test func `suspending a client says what it keeps out until it is active again`() throws {
        let dry = try program.run("client", "set", "guest-app", "--status", "suspended", "--dry-run")
        #expect(dry.output.contains("\(what) are refused until it is active again"), "\(dry.output)")
        let done = try program.run("client", "set", "guest-app", "--status", "suspended", "--reason", "r")
        #expect(done.status == 0 && done.output.contains("\(what) are refused until it is active again"))
    }

    @Test func `a version that takes a client back, a restored one and a draft ask too`() throws {
        #expect(try program.run("client", "create", "later", "--reason", "r").status == 0)
        #expect(try program.run("client", "credential", "issue", "later", "--reason", "r").status == 0)
        for command in [["undo", "3"], ["restore", "2"]] {
            let asked = try program.runList(["policy"] + command + ["--reason", "r"])
            #expect(asked.status == 2 && asked.errors.contains("1 credential of client/later"))
        }
        let added = try program.run(
            "operator", "create", "maria", "--user-id", "4242", "--duties", "watch,edit,approve", "--reason", "r")
        try #require(added.status == 0, "\(added.errors)")
        let file = try program.run("policy", "export").output
            .replacing("  later:\n", with: "  unlike:\n")
            .replacing("allow: [GET, PUT, PATCH]\n        path: /profile", with: "allow: all\n        path: \"*\"")
        let drafted = try program.run("policy", "apply", "-", "--reason", "r", input: file)
        #expect(drafted.status == 0 && drafted.output.contains("let maria run: gatehouse policy approve 5"))
        let maria = program.acting(asUser: 4242)
        let asked = try maria.run("policy", "approve", "5", "--reason", "r")
        #expect(asked.status == 2 && asked.errors.contains("1 credential of client/later ends for good"))
        let approved = try maria.run("policy", "approve", "5", "--yes", "--reason", "r")
        #expect(approved.status == 0, "\(approved.errors)")
        #expect(approved.output.contains("1 credential of client/later ended for good"))
    }

    @Test func `revoking for good says that nothing can ever be issued again, and the client shows it`() throws {
        let target = ["token", "revoke", "--client", "guest-app"]
        let plain = try program.runList(target + ["--dry-run"]).output
        let dry = try program.runList(target + ["--for-good", "--dry-run"]).output
        let forever = "guest-app can never get a token or a credential again"
        #expect(plain.hasPrefix("client/guest-app: 2 tokens and 1 credential that are alive end for good"))
        #expect(!plain.contains("never") && dry.contains(forever))
        let object = try program.runList(target + ["--for-good", "--dry-run", "--json"]).objects().first
        #expect(object?["for_good"] as? Bool == true && object?["later"] as? String == forever)
        #expect(try !program.run("client", "list").output.contains("revoked"))
        let done = try program.runList(target + ["--for-good", "--yes", "--reason", "r"])
        #expect(done.output.contains("revoked client/guest-app for good, epoch 1"), "\(done.errors)")
        #expect(try program.run("client", "list").output.contains("active, revoked for good"))
        #expect(try program.run("client", "show", "guest-app").output.contains("can never get a token"))
        #expect(try program.object("client", "show", "guest-app", "--json")["revoked_for_good"] as? Int == 1)
        // Once more changes nothing, and says so.
        let again = try program.runList(target + ["--for-good", "--yes", "--reason", "r"])
        #expect(again.status == 0 && again.output.contains("is revoked already, for good"), "\(again.errors)")
        #expect(try program.run("audit", "list", "--json").output.components(separatedBy: "client.revoke").count == 2)
    }

    @Test func `a credential that is revoked already is told so`() throws {
        let prefix = try #require(
            try program.object("client", "credential", "list", "guest-app", "--json")["prefix"] as? String)
        let revoke = ["client", "credential", "revoke", "guest-app", prefix, "--yes", "--reason", "r"]
        let first = try program.runList(revoke)
        #expect(first.output.contains(": 1 credential that is alive ends for good"))
        #expect(first.output.contains("revoked credential/1, epoch 1"), "\(first.output)")
        let second = try program.runList(revoke)
        #expect(second.status == 0 && second.output.contains("is revoked already"), "\(second.errors)")
    }

    @Test(.enabled(if: TmuxSession.isInstalled)) func `at a terminal the question names what ends`() throws {
        let session = try TmuxSession(
            "\(GatehouseProgram.path) client delete guest-app --reason r; "
                + "\(GatehouseProgram.path) client delete guest-app --reason r",
            environment: ["GATEHOUSE_STORE": program.store, "HOME": program.folder.path])
        try session.expect(what)
        try session.expect("go on? type yes:")
        try session.type("y")
        try session.press("Enter")
        try session.expect("nothing was changed")
        try session.expect("go on? type yes:")
        try session.type("yes")
        try session.press("Enter")
        try session.expect("ended for good")
    }
}
