import Foundation
import Glibc
import Testing

struct PolicyDutyTests {
    /// Every command that changes something.
    private static let changes: [[String]] =
        ["client", "role", "scope", "route", "tier", "quota", "operator"].flatMap { kind in
            [[kind, "delete", ["operator": "maria", "scope": "admin", "tier": "standard"][kind] ?? names[kind] ?? ""]]
        } + [
            ["client", "create", "x"], ["client", "set", "user-app", "--note", "x"], ["scope", "create", "x"],
            ["policy", "undo", "2"], ["policy", "restore", "2"], ["policy", "approve", "3"], ["policy", "reject", "3"],
            ["policy", "break-glass", "--draft", "3"],
        ]

    private static let names = ["client": "guest-app", "role": "admin", "route": "profile", "quota": "costly-hourly"]

    @Test(.severalOperators) func `nobody without the duty can change anything, and the attempt is in the audit trail`()
        throws
    {
        let program = try Self.withMaria(duties: "watch")
        let draft = try program.run("client", "set", "user-app", "--note", "y", "--reason", "r")
        #expect(draft.status == 0)
        let before = try program.run("policy", "export").output
        // An operator with watch alone, and nobody at all.
        for (stranger, changes) in [
            (program.acting(asUser: 4242), Self.changes), (program.acting(asUser: 4711), Array(Self.changes.suffix(5))),
        ] {
            for change in changes {
                let result = try stranger.runList(change + ["--reason", "let me"])
                #expect(result.status == 3, "\(change): \(result.status) \(result.errors)")
            }
        }
        #expect(try program.run("policy", "export").output == before)
        let refused = try program.run("audit", "list", "--json", "--limit", "1000").objects()
            .filter { $0["outcome"] as? String == "refused" }
        #expect(refused.count == Self.changes.count + 5)
        #expect(Set(refused.compactMap { $0["user_id"] as? Int }) == [4242, 4711])
    }

    @Test(.severalOperators) func `a dangerous change waits for another operator, and then comes into force`() throws {
        let program = try Self.withMaria(duties: "watch,edit,approve")
        let maria = program.acting(asUser: 4242)
        let raised = try program.object(
            "quota", "set", "standard-hourly", "--limit", "100000", "--reason", "sale", "--json")
        #expect(raised["state"] as? String == "draft" && raised["dangers"] as? [String] == ["quota-raised"])
        let draft = String(try #require(raised["version"] as? Int))
        #expect(try program.run("policy", "show").output.contains("draft \(draft) by"))
        let own = try program.run("policy", "approve", draft, "--reason", "mine")
        #expect(own.status == 3 && own.errors.contains("takes a second operator"), "\(own.errors)")
        let approved = try maria.run("policy", "approve", draft, "--reason", "agreed")
        #expect(approved.status == 0 && approved.output.contains("is in force"), "\(approved.errors)")
        let quota = try program.object("quota", "show", "standard-hourly", "--json")
        #expect(quota["limit"] as? Int == 100_000)
        #expect(try maria.run("policy", "reject", draft, "--reason", "late").status == 1)
    }

    @Test(.severalOperators) func `break-glass applies at once, alarms, and is reviewed by another`() throws {
        let program = try Self.withMaria(duties: "watch,edit,approve")
        let maria = program.acting(asUser: 4242)
        let file = "quotas:\n  standard-hourly: {tier: standard, key: client, window: rolling 1h, limit: 100000}\n"
        let broken = try program.run("policy", "break-glass", "-", "--reason", "payments are down", input: file)
        #expect(broken.status == 0, "\(broken.errors)")
        #expect(try program.run("policy", "show").output.contains("by break-glass, not reviewed; ends"))
        let version = try #require(try program.object("policy", "break-glass", "list", "--json")["version"] as? Int)
        let own = try program.run("policy", "break-glass", "review", "\(version)", "--reason", "fine")
        #expect(own.status == 3, "\(own.errors)")
        let kept = try maria.run("policy", "break-glass", "review", "\(version)", "--keep", "--reason", "it was right")
        #expect(kept.status == 0, "\(kept.errors)")
        #expect(try program.object("policy", "break-glass", "list", "--json")["ending"] as? String == "kept")
    }

    @Test func `two changes of one thing are a conflict that ends with 4 and changes nothing`() throws {
        let program = try GatehouseProgram.withPolicy()
        let exported = try program.run("policy", "export").output
        #expect(try program.run("client", "set", "user-app", "--owner", "theirs", "--reason", "r").status == 0)
        let mine = exported.replacing("owner: mobile team", with: "owner: mine")
        let conflict = try program.run("policy", "apply", "-", "--based-on", "2", "--reason", "r", input: mine)
        #expect(conflict.status == 4, "\(conflict.errors)")
        #expect(conflict.errors.contains("client/user-app"))
        #expect(try program.object("client", "show", "user-app", "--json")["owner"] as? String == "theirs")
        // What touches other things merges by itself.
        let other = exported.replacing("owner: web team", with: "owner: mine")
        #expect(try program.run("policy", "apply", "-", "--based-on", "2", "--reason", "r", input: other).status == 0)
        #expect(try program.object("client", "show", "user-app", "--json")["owner"] as? String == "theirs")
        #expect(try program.run("policy", "undo", "2", "--reason", "r").status == 4)
    }

    @Test func `a change is undone as a new version, and history tells of both`() throws {
        let program = try GatehouseProgram.withPolicy()
        let before = try program.object("policy", "show", "--json")
        #expect(try program.run("client", "delete", "guest-app", "--reason", "gone").status == 0)
        let difference = try program.run("policy", "diff", "2").output
        #expect(difference.contains("- client/guest-app"))
        #expect(difference.contains("guest-app may no longer call route public: GET"), "\(difference)")
        let undone = try program.object("policy", "undo", "--reason", "still needed", "--json")
        #expect(undone["version"] as? Int == 4 && undone["origin"] as? String == "undo")
        #expect(undone["content"] as? String == before["content"] as? String)
        let history = try program.run("policy", "history", "--json").objects()
        #expect(history.map { $0["version"] as? Int } == [4, 3, 2, 1])
        let client = try program.run("policy", "history", "--item", "client/guest-app", "--json").objects()
        #expect(client.map { $0["version"] as? Int } == [4, 3, 2])
        #expect(try program.run("policy", "restore", "3", "--reason", "gone again").status == 0)
        #expect(try program.run("client", "show", "guest-app").status == 1)
    }

    @Test(.enabled(if: geteuid() == 0)) func `another account of the system can't even look into the folder`() throws {
        let program = try GatehouseProgram.withPolicy()
        let probe = Process()
        probe.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
        probe.arguments = [
            "--reuid=65534", "--clear-groups", GatehouseProgram.path, "policy", "show", "--store", program.store,
        ]
        let errors = Pipe()
        probe.standardError = errors
        probe.standardOutput = FileHandle.nullDevice
        try probe.run()
        let text = String(decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        probe.waitUntilExit()
        #expect(probe.terminationStatus == 1, "\(text)")
        #expect(text.contains("Run as the store's owner"), "\(text)")
    }

    @Test func `a store without a policy, and a second init, say what to do`() throws {
        let program = try GatehouseProgram()
        let none = try program.run("policy", "show")
        #expect(none.status == 1 && none.errors.contains("gatehouse init"))
        #expect(try program.run("init").status == 0)
        #expect(try program.run("init").status == 1)
    }

    /// A store with the example, and a second operator of user id 4242.
    private static func withMaria(duties: String) throws -> GatehouseProgram {
        let program = try GatehouseProgram.withPolicy()
        let added = try program.run(
            "operator", "create", "maria", "--user-id", "4242", "--duties", duties, "--reason", "second pair of eyes")
        try #require(added.status == 0 && added.output.contains("is in force"), "\(added.errors)")
        return program
    }
}
