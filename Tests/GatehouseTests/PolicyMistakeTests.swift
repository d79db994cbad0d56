import Foundation
import Testing

/// Mistakes are told in their own words, with what to do, and end with the code of their kind.
struct PolicyMistakeTests {
    private let program: GatehouseProgram

    init() throws {
        program = try GatehouseProgram.withPolicy()
    }

    @Test(arguments: [
        ["client", "set", "user-app", "--note", "x"], ["client", "set", "user-app", "--note", "x", "--reason", ""],
        ["client", "set", "user-app", "--note", "x", "--reason", "   "],
        ["client", "set", "user-app", "--note", "x", "--reason", "a\u{1b}b"],
        ["client", "create", "a\u{1b}b", "--reason", "r"],
        ["client", "set", "user-app", "--owner", "a\u{1b}b", "--reason", "r"],
        ["client", "set", "user-app", "--roles", "+us\u{202e}er", "--reason", "r"],
        ["role", "set", "user", "--remove", "99", "--reason", "r"],
        ["role", "set", "user", "--allow", "GET", "--reason", "r"],
        ["quota", "set", "costly-hourly", "--limit", "many", "--reason", "r"],
        ["policy", "who-can", "FETCH", "/users/42"],
        ["token", "issue", "--client", "user-app", "--lifetime", "99w", "--reason", "r"],
    ])
    func `a mistake in a value ends with 2, and says what is wrong and not how commands are called`(
        arguments: [String]
    ) throws {
        let result = try program.runList(arguments)
        #expect(result.status == 2, "\(result.errors)")
        #expect(result.errors.hasPrefix("Error: ") && !result.errors.contains("Usage:"), "\(result.errors)")
        #expect(!result.errors.unicodeScalars.contains { $0 == "\u{1b}" || $0 == "\u{202e}" })
        let json = try program.runList(arguments + ["--json"])
        let error = try #require(try json.objects().last?["error"] as? [String: Any])
        #expect(error["kind"] as? String == "usage" && error["exit"] as? Int == 2)
        #expect((error["message"] as? String)?.isEmpty == false)
    }

    @Test func `a command that there isn't is called so, with the nearest one`() throws {
        for (words, message) in [
            (["foo"], "there is no command “foo”; see `gatehouse --help`"),
            (["polcy", "show"], "there is no command “polcy”; did you mean “policy”?"),
            (
                ["client", "lst"],
                "there is no command “client lst”; did you mean “list”?; see `gatehouse client --help`"
            ),
        ] {
            let result = try program.runList(words)
            #expect(result.status == 2 && result.errors.contains(message), "\(result.errors)")
            #expect(!result.errors.contains("Usage:"))
        }
        let known = try program.run("client", "list", "--colour")
        #expect(known.status == 2 && known.errors.contains("Usage: gatehouse client list"), "\(known.errors)")
    }

    @Test func `what is still used can't go, and the commands that free it are named`() throws {
        let scope = try program.run("scope", "delete", "users:write", "--reason", "r")
        #expect(scope.status == 3 && scope.errors.contains("scope/users:write is still used"), "\(scope.errors)")
        #expect(!scope.errors.contains("create it"))
        let uses = scope.errors.split(separator: "\n").filter { $0.hasPrefix("  gatehouse ") }
        #expect(!uses.isEmpty)
        for use in uses {
            let words = use.split(separator: " ").prefix { !$0.hasPrefix("(") }.dropFirst().map(String.init)
            let freed = try program.runList(words + ["--reason", "r"])
            #expect(freed.status == 0, "\(words): \(freed.errors)")
        }
        // Taking scopes from a route opens it, which may wait; then something still needs the scope.
        let tier = try program.run("tier", "delete", "standard", "--reason", "r")
        #expect(tier.status == 3 && tier.errors.contains("take it out of the settings' default_tier"), "\(tier.errors)")
        #expect(tier.errors.contains("gatehouse quota delete standard-hourly"))
    }

    @Test func `a route that takes another's place is the one that is refused`() throws {
        let dup = ["route", "create", "dup", "--path", "/users/{x}", "--methods", "GET", "--reason", "r"]
        let result = try program.runList(dup)
        #expect(result.status == 3)
        #expect(result.errors.contains("route/dup path: /users/{x} is that of route user-read too"), "\(result.errors)")
        #expect(!result.errors.contains("route/user-read path"))
        let dry = try program.runList(dup.dropLast(2) + ["--dry-run"])
        #expect(dry.status == 3 && dry.errors.contains("route/dup path"))
    }

    @Test func `spans of time, limits and networks are read as they are written elsewhere`() throws {
        let long = try program.run("policy", "check", "-", input: "settings:\n  break_glass: 30d")
        #expect(long.status == 3 && long.errors.contains("is 30d; give 1m to 1w"), "\(long.errors)")
        #expect(try program.run("client", "set", "user-app", "--expires", "90d", "--reason", "r").status == 0)
        let end = try #require(try program.object("client", "show", "user-app", "--json")["expires"] as? String)
        let date = try #require(ISO8601DateFormatter().date(from: end))
        #expect(abs(date.timeIntervalSinceNow - 90 * 86_400) < 600)
        let limit = try program.run("quota", "set", "costly-hourly", "--limit", "150/h burst 5", "--reason", "r")
        #expect(limit.status == 0, "\(limit.errors)")
        let quota = try program.object("quota", "show", "costly-hourly", "--json")
        #expect(quota["limit"] as? Int == 150 && quota["window"] as? String == "rate 1h" && quota["burst"] as? Int == 5)
        let network = try program.run("token", "revoke", "--address", "203.0.113.1/24", "--yes", "--reason", "r")
        #expect(network.status == 2 && network.errors.contains("without bits beyond the prefix"), "\(network.errors)")
    }

    @Test func `a token for a role that there isn't is issued with a warning, and shown without what it lacks`() throws
    {
        let issued = try program.run("token", "issue", "--client", "user-app", "--roles", "usr", "--reason", "r")
        #expect(issued.status == 0 && issued.errors.contains("there is no role “usr”"), "\(issued.errors)")
        let json = try program.object(
            "token", "issue", "--client", "user-app", "--roles", "user", "--reason", "r", "--json")
        #expect(json["warnings"] as? [String] == [])
        let jti = try #require(json["jti"] as? String)
        let shown = try program.run("token", "show", jti).output
        #expect(shown.contains("client            user-app\n") && !shown.contains("null") && !shown.contains("acr"))
    }

    @Test func `a rotation names the keys that come and those that go`() throws {
        func keys() throws -> [String: String] {
            let keys = try program.run("key", "list", "--json").objects()
            return Dictionary(
                keys.map { ($0["name"] as? String ?? "", $0["state"] as? String ?? "") }, uniquingKeysWith: { $1 })
        }
        let before = try keys()
        let rotated = try program.object("key", "rotate", "signing", "--reason", "r", "--json")
        let after = try keys()
        let told = try #require(rotated["keys"] as? [[String: Any]])
        let changed = after.filter { before[$0.key] != $0.value }
        #expect(Set(told.compactMap { $0["name"] as? String }) == Set(changed.keys) && !changed.isEmpty)
        #expect(told.contains { $0["state"] as? String == "active" })
        let text = try program.run("key", "rotate", "pepper", "--reason", "r").output
        #expect(text.contains("  active: pepper-") && text.contains("pepper has a new key"), "\(text)")
    }

    @Test func `who is alone is told the two ways out of waiting`() throws {
        let wide = ["role", "set", "user", "--allow", "all *", "--reason", "r"]
        let alone = try program.runList(wide).output
        #expect(alone.contains("nobody else has the duty approve"), "\(alone)")
        #expect(alone.contains("gatehouse operator create NAME --user-id N --duties watch,approve"))
        #expect(alone.contains("gatehouse policy break-glass apply --draft 3"))
        let added = try program.run(
            "operator", "create", "maria", "--user-id", "4242", "--duties", "watch,approve", "--reason", "r")
        try #require(added.status == 0, "\(added.errors)")
        let two = try program.object(
            "role", "set", "guest", "--allow", "all *", "--reason", "r", "--json")
        #expect(two["state"] as? String == "draft" && two["approvers"] as? [String] == ["maria"])
        let approved = try program.acting(asUser: 4242).run("policy", "approve", "3", "--reason", "r")
        #expect(approved.status == 0, "\(approved.errors)")
    }

    @Test func `a store without traffic is called one without traffic`() throws {
        for command in [["policy", "review"], ["policy", "replay", "-"]] {
            let result = try program.runList(command, input: "settings: {approvals: []}")
            #expect(result.status == 1 && result.errors.contains("no traffic was recorded"), "\(result.errors)")
            #expect(!result.errors.contains("there is no store"))
        }
    }
}
