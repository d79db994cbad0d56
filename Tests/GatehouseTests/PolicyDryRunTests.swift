import Testing

/// What would take a version back, or let one pass, is shown first where that is asked for.
struct PolicyDryRunTests {
    private let program: GatehouseProgram

    init() throws {
        program = try GatehouseProgram.withPolicy()
        #expect(try program.run("client", "set", "user-app", "--owner", "somebody", "--reason", "r").status == 0)
        #expect(try program.run("client", "create", "later", "--reason", "r").status == 0)
        #expect(try program.run("client", "credential", "issue", "later", "--reason", "r").status == 0)
    }

    private func version() throws -> Int? {
        try program.object("policy", "show", "--json")["version"] as? Int
    }

    @Test func `an undo and a restore show the difference and what can't be undone, and change nothing`() throws {
        let records = try program.run("audit", "list", "--json").output
        let undone = try program.run("policy", "undo", "3", "--dry-run")
        #expect(undone.status == 0, "\(undone.errors)")
        for text in ["owner: somebody", "owner: mobile team", "nothing was changed"] {
            #expect(undone.output.contains(text), "\(undone.output)")
        }
        let restored = try program.run("policy", "restore", "2", "--dry-run")
        for text in ["client/later", "owner: mobile team", "can't be undone: 1 credential", "nothing was changed"] {
            #expect(restored.output.contains(text), "\(restored.output)")
        }
        let object = try program.object("policy", "undo", "--dry-run", "--json")
        #expect((object["edits"] as? [[String: Any]])?.map { $0["item"] as? String } == ["client/later"])
        #expect(try version() == 4)
        #expect(try program.run("audit", "list", "--json").output == records)
    }

    @Test func `what can't be taken back is refused as it would be in earnest`() throws {
        #expect(try program.run("client", "set", "user-app", "--owner", "else", "--reason", "r").status == 0)
        for (arguments, status) in [
            (["undo", "3"], 4 as Int32), (["undo", "1"], 1), (["undo", "99"], 1), (["restore", "99"], 1),
            (["approve", "3"], 1), (["restore", "5"], 1),
        ] {
            let dry = try program.runList(["policy"] + arguments + ["--dry-run"])
            let earnest = try program.runList(["policy"] + arguments + ["--reason", "r", "--yes"])
            #expect(dry.status == earnest.status, "\(arguments) \(dry.errors) \(earnest.errors)")
            #expect(dry.status == status, "\(arguments) \(dry.errors)")
        }
    }

    @Test(.severalOperators) func `an approval shows what it would let pass, to whoever may watch`() throws {
        let added = try program.run(
            "operator", "create", "maria", "--user-id", "4242", "--duties", "watch,approve", "--reason", "r")
        try #require(added.status == 0, "\(added.errors)")
        let drafted = try program.run("role", "create", "all", "--allow", "all *", "--reason", "r")
        try #require(drafted.output.contains("gatehouse policy approve 6"), "\(drafted.output)")
        let shown = try program.acting(asUser: 4242).run("policy", "approve", "6", "--dry-run")
        #expect(shown.status == 0 && shown.output.contains("role/all"), "\(shown.errors)")
        #expect(shown.output.contains("wildcard-permission") && shown.output.contains("nothing was changed"))
        #expect(try version() == 5)
    }

    @Test func `a difference from a file says what stays of it`() throws {
        let file = try program.run("policy", "export").output
        #expect(try program.run("client", "set", "user-app", "--owner", "mine", "--reason", "r").status == 0)
        let shown = try program.run("policy", "diff", "-", input: file)
        #expect(shown.status == 0)
        #expect(shown.errors.contains("client/user-app: changed since version 4"), "\(shown.errors)")
    }
}
