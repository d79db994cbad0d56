import Foundation
import Testing

/// A policy file says which version it was made of, and what others did since then isn't undone by it.
struct PolicyFileBaseTests {
    private let program: GatehouseProgram
    /// Version 2.
    private let exported: String

    init() throws {
        program = try GatehouseProgram.withPolicy()
        exported = try program.run("policy", "export").output
    }

    private func apply(_ file: String, _ options: String...) throws -> GatehouseProgram.Result {
        try program.runList(["policy", "apply", "-", "--reason", "r"] + options, input: file)
    }

    private func version() throws -> Int? { try program.object("policy", "show", "--json")["version"] as? Int }

    /// The file without what says where it comes from.
    private var whole: String {
        String(exported[(exported.range(of: "settings:")?.lowerBound ?? exported.startIndex)...])
    }

    @Test func `what was exported says the version that it is of, and applying it changes nothing whatever others did`()
        throws
    {
        #expect(exported.hasPrefix("based_on:\n  version: 2\n  content: "))
        #expect(try program.run("policy", "example").output.contains("based_on") == false)
        let json = try program.object("policy", "export", "--json")
        #expect((json["based_on"] as? [String: Any])?["version"] as? Int == 2)
        #expect(try program.run("client", "create", "newpartner", "--roles", "user", "--reason", "r").status == 0)
        let issued = try program.run("client", "credential", "issue", "newpartner", "--reason", "r")
        #expect(issued.status == 0, "\(issued.errors)")
        let again = try apply(exported)
        #expect(again.status == 0 && again.output == "nothing to change: version 3 is so already\n", "\(again.errors)")
        #expect(again.errors.contains("client/newpartner: changed since version 2"), "\(again.errors)")
        let edited = try apply(exported.replacing("limit: 200", with: "limit: 150"))
        #expect(edited.status == 0 && edited.output.contains("changed quota/costly-hourly\nversion 4"))
        let credential = try program.object("client", "credential", "list", "newpartner", "--json")
        #expect(credential["state"] as? String == "active")
        // Reading it back gives the same, byte for byte.
        let now = try program.run("policy", "export").output
        #expect(try apply(now).output.hasPrefix("nothing to change"))
        #expect(try program.run("policy", "export").output == now)
        #expect(try program.run("policy", "export", "2").output == exported)
    }

    @Test func `a difference, a check and a replay take the file as made of its version too`() throws {
        #expect(try program.run("client", "create", "newpartner", "--reason", "r").status == 0)
        let edited = exported.replacing("limit: 200", with: "limit: 150")
        let path = program.folder.path + "/policy.yaml"
        try edited.write(toFile: path, atomically: true, encoding: .utf8)
        let difference = try program.run("policy", "diff", path, "--json").objects()
        #expect(difference.compactMap { $0["item"] as? String } == ["quota/costly-hourly"])
        let checked = try program.object("policy", "check", path, "--json")
        #expect(checked["based_on"] as? Int == 2 && checked["against"] as? Int == 3)
        #expect((checked["edits"] as? [[String: String]])?.map { $0["item"] } == ["quota/costly-hourly"])
        let tried = try program.object(
            "policy", "try", "--file", path, "--client", "newpartner", "--method", "GET", "--path", "/profile", "--json"
        )
        #expect(tried["client"] as? String == "newpartner")
        // The option wins: of version 3 the file is one without the client.
        let option = try program.object("policy", "check", path, "--based-on", "3", "--json")
        #expect((option["edits"] as? [[String: String]])?.count == 2)
    }

    @Test func `a file that doesn't say what it was made of is taken as it stands, and asks before credentials end`()
        throws
    {
        #expect(try program.run("client", "create", "newpartner", "--reason", "r").status == 0)
        let quiet = try apply(whole)
        #expect(quiet.status == 0 && quiet.output.contains("deleted client/newpartner"), "\(quiet.errors)")
        #expect(try program.run("client", "create", "other", "--reason", "r").status == 0)
        for _ in 1...2 {
            #expect(try program.run("client", "credential", "issue", "other", "--reason", "r").status == 0)
        }
        let before = try version()
        let asked = try apply(whole)
        #expect(asked.status == 2 && asked.errors.contains("2 credentials of client/other end for good"))
        #expect(try version() == before)
        let done = try apply(whole, "--yes")
        #expect(done.status == 0 && done.output.contains("2 credentials of client/other ended for good"))
    }

    @Test func `a version that this store doesn't have, or has with another content, is told with its line`() throws {
        for (file, message) in [
            (exported.replacing("version: 2", with: "version: 99"), "this store has no version 99"),
            (exported.replacing("version: 2", with: "version: 1"), "version 1 of this store holds another policy"),
            (exported.replacing("version: 2", with: "version: 0"), "0 is no version"),
        ] {
            for command in ["check", "apply"] {
                let reason = command == "apply" ? ["--reason", "r"] : []
                let result = try program.runList(["policy", command, "-"] + reason, input: file)
                #expect(result.status == 1, "\(result.errors)")
                #expect(result.errors.contains("standard input:2:"), "\(result.errors)")
                #expect(result.errors.contains("based_on") && result.errors.contains(message), "\(result.errors)")
            }
        }
        #expect(try program.run("policy", "check", "-", input: "based_on: 2\nscopes: {}").status == 3)
        #expect(try version() == 2)
    }

    @Test func `a conflict shows what was there, what I made of it and what they did`() throws {
        #expect(try program.run("client", "set", "user-app", "--owner", "theirs", "--reason", "r").status == 0)
        let mine = exported.replacing("owner: mobile team", with: "owner: mine")
        for command in [["apply", "-", "--reason", "r"], ["check", "-"], ["apply", "-", "--dry-run"]] {
            let conflict = try program.runList(["policy"] + command + ["--json"], input: mine)
            #expect(conflict.status == 4, "\(conflict.errors)")
            for line in ["client/user-app", "owner: mobile team", "+ owner: mine", "+ owner: theirs"] {
                #expect(conflict.errors.contains(line), "\(conflict.errors)")
            }
            #expect(conflict.errors.contains("gatehouse policy diff 2 3"))
            let error = try #require(try conflict.objects().first?["error"] as? [String: Any])
            #expect(error["kind"] as? String == "conflict" && error["exit"] as? Int == 4)
            let item = try #require((error["conflicts"] as? [[String: Any]])?.first)
            #expect(item["item"] as? String == "client/user-app")
            let owners = ["base", "mine", "theirs"].map { (item[$0] as? [String: Any])?["owner"] as? String }
            #expect(owners == ["mobile team", "mine", "theirs"])
        }
    }

    @Test func `a check refuses all that apply would, and tells for what the file would wait`() throws {
        let own = "operators: {joe: {user_id: 0, duties: []}}\nroles: {user: {parents: [nobody]}}"
        let refused = try program.run("policy", "check", "-", input: own)
        #expect(refused.status == 3)
        for text in [
            "nobody changes their own entry", "nobody would be left who can edit", "standard input:2:",
            "there is no role nobody",
        ] { #expect(refused.errors.contains(text), "\(text): \(refused.errors)") }
        #expect(try program.run("policy", "check", "-", input: "operators: {}").status == 3)
        let waiting = "settings: {approvals: []}"
        let checked = try program.run("policy", "check", "-", input: waiting)
        #expect(checked.status == 0 && checked.output.contains("would wait for a second operator: approvals-weakened"))
        let object = try program.object("policy", "check", "-", "--json", input: waiting)
        let waits = try #require(object["waits_for"] as? [String])
        #expect(waits.contains("approvals-weakened"))
        let applied = try program.object("policy", "apply", "-", "--reason", "r", "--json", input: waiting)
        #expect(applied["state"] as? String == "draft" && applied["dangers"] as? [String] == waits)
        let quiet = try program.object(
            "policy", "check", "-", "--json", input: "tiers: {gold: {}, standard: {}, anonymous: {}}")
        #expect(quiet["waits_for"] as? [String] == [])
    }
}
