import ArgumentParser
import Foundation
import Testing

@testable import gatehouse

/// Every command there is stands in one of these lists, and what is in the first two refuses whoever has no duty.
struct PolicyStrangerTests {
    private static let kinds = [
        "client": "guest-app", "role": "admin", "scope": "users:read", "route": "profile", "tier": "standard",
        "quota": "costly-hourly", "operator": "maria",
    ]

    /// What shows the policy, the audit trail or secrets' records.
    private static let reading: [String: [String]] = {
        var commands: [String: [String]] = [
            "policy show": [], "policy history": [], "policy diff": ["1"], "policy export": [], "policy check": ["-"],
            "policy try": ["--client", "guest-app", "--method", "GET", "--path", "/users/42"],
            "policy who-can": ["GET", "/users/42"], "policy can": ["guest-app"], "policy review": [],
            "policy replay": ["-"], "policy break-glass list": [], "client credential list": [], "token list": [],
            "token show": ["nothing"], "key list": [], "audit list": [], "audit show": ["1"], "audit verify": [],
            "audit checkpoint": [], "audit export": [],
        ]
        for (kind, name) in kinds {
            commands["\(kind) list"] = []
            commands["\(kind) show"] = [name]
        }
        return commands
    }()

    private static let changing: [String: [String]] = {
        var commands = [
            "policy apply": ["-"], "policy undo": ["2"], "policy restore": ["2"], "policy approve": ["4"],
            "policy reject": ["4"], "policy break-glass apply": ["--draft", "4"], "policy break-glass review": ["4"],
            "client credential issue": ["guest-app"], "client credential rotate": ["guest-app", "x"],
            "client credential revoke": ["guest-app", "x", "--yes"], "token issue": ["--client", "guest-app"],
            "token revoke": ["--jti", "nothing", "--yes"], "key rotate": ["pepper"],
        ]
        for (kind, name) in kinds {
            commands["\(kind) create"] = [name] + (kind == "operator" ? ["--user-id", "7", "--duties", "edit"] : [])
            // What there isn't says no more than what there is.
            commands["\(kind) set"] = [name + "x", "--note", "x"]
            commands["\(kind) delete"] = [name]
        }
        return commands
    }()

    /// Traffic, which the folder's own rights guard, and what knows no store's policy.
    private static let others: Set = [
        "console", "ingest", "traffic", "overview", "formats list", "formats explain",
        "theme list", "theme show", "theme import", "doctor", "demo",
        "demo-remove", "init", "policy example",
    ]

    /// All commands that do something, by their words.
    private static func leaves(_ command: any ParsableCommand.Type = Gatehouse.self, _ words: [String] = []) -> [String]
    {
        let below = command.configuration.subcommands
        guard !below.isEmpty else { return [words.joined(separator: " ")] }
        return below.flatMap { leaves($0, words + [$0._commandName]) }
    }

    @Test func `every command is known to read, to change, or to have nothing to do with the policy`() {
        let known = Set(Self.reading.keys).union(Self.changing.keys).union(Self.others)
        #expect(known.subtracting(Self.leaves()) == [])
        #expect(Set(Self.leaves()).subtracting(known) == [])
    }

    @Test(.severalOperators, arguments: [4242, 4711])
    func `an operator without a duty, and nobody at all, neither change nor see anything`(user: Int) throws {
        let program = try GatehouseProgram.withPolicy()
        let operators = "operators:\n  maria: {user_id: 4242, duties: []}\n"
        let file = try program.run("policy", "export").output.replacing("operators:\n", with: operators)
        let added = try program.run("policy", "apply", "-", "--reason", "duties come later", input: file)
        try #require(added.status == 0 && added.output.contains("is in force"), "\(added.errors)")
        let draft = try program.run("quota", "set", "standard-hourly", "--limit", "900000", "--reason", "sale")
        try #require(draft.output.contains("waits"), "\(draft.output)\(draft.errors)")
        let before = try program.run("policy", "export").output
        let records = try program.run("audit", "list", "--json", "--limit", "1000").lines.count
        let stranger = program.acting(asUser: user)
        for (command, arguments) in Self.reading {
            for json in [[], ["--json"]] {
                let result = try stranger.runList(Self.words(command) + arguments + json, input: before)
                // Programs are told the same as people, and nothing else.
                let told = json.isEmpty ? result.output.isEmpty : try result.objects().map(\.keys.first) == ["error"]
                #expect(result.status == 3 && told, "\(command): \(result.status) \(result.errors)")
                #expect(result.errors.contains("watch"), "\(command): \(result.errors)")
            }
        }
        for (command, arguments) in Self.changing {
            let result = try stranger.runList(
                Self.words(command) + arguments + ["--reason", "let me"], input: before)
            #expect(result.status == 3 && result.output.isEmpty, "\(command): \(result.status) \(result.errors)")
        }
        #expect(try program.run("policy", "export").output == before)
        let refused = try program.run("audit", "list", "--json", "--limit", "1000").objects().dropFirst(records)
        #expect(refused.count == Self.changing.count)
        #expect(refused.allSatisfy { $0["outcome"] as? String == "refused" && $0["user_id"] as? Int == user })
        #expect(try program.run("audit", "verify").status == 0)
    }

    @Test(.severalOperators) func `who may only watch sees everything, and who may only edit changes without seeing`()
        throws
    {
        let watched = try GatehouseProgram.withPolicy()
        let watching = try Self.adding("watch", to: watched)
        #expect(try watching.run("policy", "export").output == watched.run("policy", "export").output)
        #expect(try watching.run("audit", "verify").status == 0)
        #expect(try watching.run("client", "set", "user-app", "--note", "x", "--reason", "r").status == 3)
        let editing = try Self.adding("edit", to: try GatehouseProgram.withPolicy())
        let change = try editing.run("client", "set", "user-app", "--note", "x", "--reason", "r")
        #expect(change.status == 0, "\(change.errors)")
        #expect(try editing.run("client", "set", "user-app", "--note", "y", "--dry-run").status == 3)
        #expect(try editing.run("client", "show", "user-app").errors.contains("doesn't have the duty watch"))
    }

    /// The program as a second operator runs it, who has this duty alone.
    private static func adding(_ duty: String, to program: GatehouseProgram) throws -> GatehouseProgram {
        let added = try program.run(
            "operator", "create", "maria", "--user-id", "4242", "--duties", duty, "--reason", "team")
        try #require(added.status == 0 && added.output.contains("is in force"), "\(added.errors)")
        return program.acting(asUser: 4242)
    }

    private static func words(_ command: String) -> [String] { command.split(separator: " ").map(String.init) }
}
