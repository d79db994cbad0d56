import Foundation
import Testing

struct PolicySecretsTests {
    @Test func `a credential is issued once, rotated with overlap, and revoked`() throws {
        let program = try GatehouseProgram.withPolicy()
        let issued = try program.run(
            "client", "credential", "issue", "user-app", "--kind", "api-key", "--expires", "90d", "--reason",
            "onboarding")
        #expect(issued.status == 0, "\(issued.errors)")
        let secret = try #require(issued.lines.first)
        #expect(issued.lines.count == 1 && secret.hasPrefix("gh_"))
        #expect(issued.errors.contains("shown this once"))
        let listed = try program.object("client", "credential", "list", "user-app", "--json")
        let prefix = try #require(listed["prefix"] as? String)
        #expect(secret.contains(prefix) && listed["state"] as? String == "active")
        let rotated = try program.object(
            "client", "credential", "rotate", "user-app", prefix, "--overlap", "1h", "--reason", "quarterly", "--json")
        #expect((rotated["plaintext"] as? String)?.hasPrefix("gh_") == true)
        let revoked = try program.object(
            "client", "credential", "revoke", "user-app", prefix, "--yes", "--reason", "leaked", "--json")
        #expect(revoked["credentials"] as? Int == 1 && revoked["epoch"] as? Int == 1)
        let record = try program.object("audit", "show", "\(try #require(revoked["record"] as? Int))", "--json")
        #expect(record["action"] as? String == "credential.revoke" && record["reason"] as? String == "leaked")
        // What was shown once is nowhere else.
        for text in [try program.run("audit", "list", "--json").output, try program.run("policy", "export").output] {
            #expect(!text.contains(secret))
        }
        for file in ["policy.sqlite", "policy.sqlite-wal"] {
            let bytes = FileManager.default.contents(atPath: program.store + "/" + file) ?? Data()
            #expect(bytes.range(of: Data(secret.utf8)) == nil)
        }
    }

    @Test func `tokens are issued, listed, shown and revoked after a look at what it ends`() throws {
        let program = try GatehouseProgram.withPolicy()
        for subject in ["42", "43"] {
            let issued = try program.run(
                "token", "issue", "--client", "user-app", "--subject", subject, "--reason", "support")
            #expect(issued.status == 0 && issued.output.split(separator: ".").count == 3, "\(issued.errors)")
        }
        let opaque = try program.run("token", "issue", "--client", "guest-app", "--opaque", "--reason", "support")
        #expect(opaque.status == 0, "\(opaque.errors)")
        let tokens = try program.run("token", "list", "--json").objects()
        #expect(tokens.count == 3)
        let jti = try #require(tokens.last?["jti"] as? String)
        #expect(try program.object("token", "show", jti, "--json")["subject"] as? String == "42")
        let preview = try program.object("token", "revoke", "--client", "user-app", "--dry-run", "--json")
        #expect(preview["tokens"] as? Int == 2 && preview["epoch"] == nil)
        #expect(try program.run("token", "revoke", "--jti", jti, "--reason", "r").status == 2)
        #expect(try program.run("token", "revoke", "--jti", jti, "--yes", "--reason", "lost").status == 0)
        #expect(try program.object("token", "show", jti, "--json")["state"] as? String == "revoked")
        let network = try program.run("token", "revoke", "--address", "203.0.113.0/24", "--yes", "--reason", "stuffing")
        #expect(network.status == 0, "\(network.errors)")
        #expect(try program.run("token", "revoke", "--all", "--yes", "--reason", "the worst").status == 0)
        #expect(try program.run("token", "list", "--state", "active", "--json").output == "")
        let tried = try program.object(
            "policy", "try", "--client", "user-app", "--subject", "42", "--age", "1h", "--address", "198.51.100.1",
            "--method", "GET", "--path",
            "/users/42", "--json")
        #expect(tried["reason"] as? String == "everything_revoked")
        #expect(try program.run("token", "revoke", "--yes", "--reason", "r").status == 2)
        #expect(
            try program.run("token", "issue", "--client", "user-app", "--scopes", "admin", "--reason", "r").status == 3)
    }

    @Test func `keys are listed and rotated, and a missing master key says what to do`() throws {
        let program = try GatehouseProgram.withPolicy()
        let kinds = try program.run("key", "list", "--json").objects().compactMap { $0["kind"] as? String }
        #expect(Set(kinds) == ["signing", "pepper", "checkpoint"])
        for kind in ["signing", "pepper", "checkpoint", "master"] {
            let rotated = try program.run("key", "rotate", kind, "--reason", "quarterly")
            #expect(rotated.status == 0, "\(kind): \(rotated.errors)")
        }
        let jwks = try #require(try program.run("key", "list", "--jwks").objects().first)
        #expect((jwks["keys"] as? [Any])?.isEmpty == false)
        try FileManager.default.removeItem(atPath: program.store + "/master.key")
        let issue = try program.run("token", "issue", "--client", "user-app", "--reason", "r")
        #expect(issue.status == 1 && issue.errors.contains("there is no master key at"), "\(issue.errors)")
        #expect(try program.run("policy", "show").status == 0)
        #expect(try program.run("key", "list").status == 0)
    }

    @Test(.severalOperators) func `revoking and issuing take their duties`() throws {
        let program = try GatehouseProgram.withPolicy()
        let added = try program.run(
            "operator", "create", "maria", "--user-id", "4242", "--duties", "watch,revoke", "--reason", "on call")
        #expect(added.status == 0, "\(added.errors)")
        let maria = program.acting(asUser: 4242)
        #expect(try maria.run("token", "revoke", "--client", "user-app", "--yes", "--reason", "r").status == 0)
        for change in [
            ["token", "issue", "--client", "guest-app"], ["client", "credential", "issue", "guest-app"],
            ["key", "rotate", "pepper"],
        ] {
            #expect(try maria.runList(change + ["--reason", "r"]).status == 3, "\(change)")
        }
    }
}
