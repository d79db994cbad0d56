import Foundation
import Testing

struct PolicyItemCommandTests {
    @Test(arguments: [
        (
            "client", ["--owner", "web", "--tier", "standard", "--roles", "user", "--scopes", "users:read"],
            ["--note", "x"]
        ),
        ("role", ["--parents", "guest", "--allow", "GET /reports/*"], ["--note", "x"]),
        ("scope", ["--note", "Read"], ["--note", "Read it"]),
        ("tier", [], ["--note", "x"]),
        (
            "quota", ["--tier", "standard", "--key", "subject", "--window", "rate 1m", "--limit", "5"],
            ["--burst", "2"]
        ),
        ("route", ["--path", "/v1/{x}", "--methods", "GET,PUT"], ["--cost", "7"]),
        ("operator", ["--user-id", "12345", "--duties", "watch"], ["--duties", "+revoke"]),
    ])
    func `each kind is made, listed, shown, changed and removed`(kind: String, fields: [String], more: [String]) throws
    {
        let program = try GatehouseProgram.withPolicy()
        let reason = ["--reason", "try"]
        let made = try program.runList([kind, "create", "thing-1"] + fields + reason)
        #expect(made.status == 0 && made.output.contains("created \(kind)/thing-1"), "\(made.errors)")
        #expect(try program.runList([kind, "create", "thing-1"] + fields + reason).complaint.contains("already"))
        #expect(try program.run(kind, "list").output.contains("thing-1"))
        let listed = try program.run(kind, "list", "--json").objects()
        #expect(listed.contains { $0["name"] as? String == "thing-1" && $0["kind"] as? String == kind })
        #expect(try program.run(kind, "show", "thing-1").output.hasPrefix("\(kind)/thing-1\n"))
        let before = try program.object(kind, "show", "thing-1", "--json")
        let preview = try program.runList([kind, "set", "thing-1", "--dry-run"] + more)
        #expect(preview.status == 0 && preview.output.contains("nothing was changed"), "\(preview.errors)")
        // What an operator gets waits where there are two of them.
        let set = try program.runList([kind, "set", "thing-1"] + more + reason)
        #expect(set.status == 0, "\(set.errors)")
        if kind == "operator" {
            #expect(set.output.contains("waits for a second operator: operators"))
            return
        }
        let after = try program.object(kind, "show", "thing-1", "--json")
        #expect(NSDictionary(dictionary: before) != NSDictionary(dictionary: after))
        #expect(try program.runList([kind, "set", "thing-1"] + more + reason).complaint.contains("is so already"))
        let deleted = try program.runList([kind, "delete", "thing-1"] + reason)
        #expect(deleted.status == 0, "\(deleted.errors)")
        if kind == "quota" {
            #expect(deleted.output.contains("waits for a second operator: quota-raised"))
            return
        }
        #expect(try program.run(kind, "show", "thing-1").complaint.contains("there is no \(kind) “thing-1”"))
    }

    @Test func `lists are given whole, or by what comes and goes`() throws {
        let program = try GatehouseProgram.withPolicy()
        func scopes() throws -> [String]? {
            try program.object("client", "show", "user-app", "--json")["scopes"] as? [String]
        }
        func set(_ value: String) throws -> GatehouseProgram.Result {
            try program.runList(
                ["client", "set", "user-app"] + (value.isEmpty ? ["--scopes", ""] : ["--scopes=\(value)"])
                    + ["--reason", "r"])
        }
        #expect(try set("+admin,-users:read").status == 0)
        #expect(try scopes() == ["users:write", "admin"])
        #expect(try set("users:read").status == 0)
        #expect(try scopes() == ["users:read"])
        #expect(try set("-admin").complaint.contains("there is no “admin” to take out"))
        #expect(try set("").status == 0)
        #expect(try scopes() == nil)
    }

    @Test func `permissions come and go one by one, with conditions`() throws {
        let program = try GatehouseProgram.withPolicy()
        let added = try program.run(
            "role", "set", "guest", "--allow", "GET,HEAD /terms if {networks: [10.0.0.0/8]}, {mtls: true}", "--deny",
            "all /public/secret", "--reason", "r")
        #expect(added.status == 0, "\(added.errors)")
        let permissions = try program.object("role", "show", "guest", "--json")["permissions"] as? [[String: Any]]
        #expect(permissions?.count == 3)
        #expect((permissions?[1]["conditions"] as? [[String: Any]])?.count == 2)
        #expect(permissions?[2]["deny"] as? String == "all")
        let removed = try program.run("role", "set", "guest", "--remove", "2", "--reason", "r")
        #expect(removed.status == 0, "\(removed.errors)")
        #expect(try program.run("role", "set", "guest", "--remove", "9", "--reason", "r").status == 2)
        #expect(try program.run("role", "set", "guest", "--allow", "GET", "--reason", "r").status == 2)
        // Taking the deny away takes two.
        let opened = try program.run("role", "set", "guest", "--remove", "2", "--reason", "r")
        #expect(opened.status == 0 && opened.output.contains("waits for a second operator: deny-removed"))
    }

    @Test func `hostile names are refused as usage, and don't come back as they were`() throws {
        let program = try GatehouseProgram.withPolicy(example: false)
        let names = [
            "", "a b", "a\u{1b}[31m", "a\u{202e}b", "раypal", "-x", "a/b", String(repeating: "x", count: 10_240),
            "a\nb", "é",
        ]
        for name in names {
            let result = try program.run("client", "create", "--reason", "r", "--", name)
            #expect(result.status == 2, "\(result.errors.prefix(300))")
            #expect(result.errors.utf8.count < 4000)
            #expect(!result.errors.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0 == "\u{202e}" })
        }
        for kind in ["role", "route", "tier", "quota", "operator", "scope"] {
            #expect(try program.run(kind, "create", "--reason", "r", "--", "a\u{1b}[31m").status == 2)
        }
    }

    @Test func `every change asks for a reason`() throws {
        let program = try GatehouseProgram.withPolicy()
        for arguments in [
            ["client", "create", "x"], ["client", "set", "user-app", "--note", "x"], ["client", "delete", "user-app"],
            ["policy", "undo"], ["policy", "restore", "1"], ["policy", "approve", "1"], ["policy", "reject", "1"],
            ["policy", "break-glass", "review", "1"],
        ] {
            for reason in [[], ["--reason", ""]] {
                let result = try program.runList(arguments + reason)
                #expect(result.status == 2 && result.errors.contains("say in a line why"), "\(arguments)")
            }
        }
        let exported = try program.run("policy", "export").output.replacing("limit: 200", with: "limit: 100")
        #expect(try program.run("policy", "apply", "-", input: exported).status == 2)
        #expect(try program.object("policy", "show", "--json")["version"] as? Int == 2)
    }

    @Test func `what the policy's own rules refuse ends with 3, and says the line of the file`() throws {
        let program = try GatehouseProgram.withPolicy()
        let dangling = try program.run("client", "create", "x", "--roles", "nobody", "--reason", "r")
        #expect(dangling.status == 3 && dangling.errors.contains("nobody"), "\(dangling.errors)")
        let file = "roles:\n  a:\n    parents: [b]\n  b:\n    parents: [a]\n"
        let cycle = try program.run("policy", "check", "-", input: file)
        #expect(cycle.status == 3)
        #expect(cycle.errors.contains("standard input:3:"), "\(cycle.errors)")
        let unread = try program.run("policy", "check", "-", input: "rolls: {}")
        #expect(unread.status == 1 && unread.errors.contains("standard input:1:1: rolls: there is no such field"))
        #expect(try program.run("policy", "apply", "/nonexistent", "--reason", "r").status == 1)
    }
}
