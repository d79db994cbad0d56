import Foundation
import Testing

struct PolicyTourTests {
    @Test func `the tour of the README works word for word`() throws {
        let program = try GatehouseProgram()
        let made = try program.run("init")
        #expect(made.status == 0)
        #expect(made.output.contains("is its first operator: watch, edit, revoke, approve"))
        let example = try program.run("policy", "example")
        let applied = try program.run("policy", "apply", "-", "--reason", "first policy", input: example.output)
        #expect(applied.status == 0 && applied.output.contains("version 2 is in force"))
        let tried = try program.run("policy", "try", "--client", "guest-app", "--method", "GET", "--path", "/users/42")
        #expect(tried.status == 0)
        #expect(tried.lines.first == "forbidden  no_permission  (HTTP 403)")
        #expect(tried.output.contains("to allow it: "))
    }

    private static let requests: [([String], String, String)] = [
        (["--client", "guest-app", "--method", "GET", "--path", "/public/terms"], "allowed", "allowed"),
        (["--method", "GET", "--path", "/public/terms"], "allowed", "allowed"),
        (["--method", "GET", "--path", "/users/42"], "unauthenticated", "credentials_missing"),
        (["--client", "user-app", "--method", "GET", "--path", "/users/42"], "forbidden", "condition_failed:owner"),
        (["--client", "user-app", "--subject", "42", "--method", "PUT", "--path", "/users/42"], "allowed", "allowed"),
        (
            ["--client", "user-app", "--subject", "43", "--method", "PUT", "--path", "/users/42"], "forbidden",
            "condition_failed:owner"
        ),
        (
            [
                "--client", "user-app", "--subject", "42", "--scopes", "users:read", "--method", "PUT", "--path",
                "/users/42",
            ],
            "forbidden", "scope_missing"
        ),
        (["--client", "user-app", "--method", "PATCH", "--path", "/profile"], "allowed", "allowed"),
        (["--client", "user-app", "--method", "GET", "--path", "/admin/x"], "forbidden", "scope_missing"),
        (["--client", "admin-console", "--method", "DELETE", "--path", "/admin/x"], "allowed", "allowed"),
        (["--client", "admin-console", "--method", "GET", "--path", "/users/7"], "allowed", "allowed"),
        (["--client", "nobody", "--method", "GET", "--path", "/public/x"], "unauthenticated", "client_unknown"),
        (["--client", "guest-app", "--method", "POST", "--path", "/public/x"], "invalid", "method_not_allowed"),
        (["--client", "guest-app", "--method", "GET", "--path", "/nowhere"], "forbidden", "route_unknown"),
        (["--client", "guest-app", "--method", "GET", "--path", "/public/../users/42"], "invalid", "path_ambiguous"),
    ]

    @Test func `the example says what the guides' table says`() throws {
        let program = try GatehouseProgram.withPolicy()
        for (request, outcome, reason) in Self.requests {
            let result = try program.runList(["policy", "try", "--json", "--expect", outcome] + request)
            #expect(result.status == 0, "\(request) \(result.errors)")
            let decision = try #require(try result.objects().first)
            #expect(decision["outcome"] as? String == outcome && decision["reason"] as? String == reason, "\(request)")
        }
        let other = try program.runList(["policy", "try", "--expect", "failed"] + Self.requests[0].0)
        #expect(other.status == 1 && other.errors.contains("expected failed, and it is allowed"))
    }

    @Test func `what was exported changes nothing when it is applied, and makes the same elsewhere`() throws {
        let program = try GatehouseProgram.withPolicy()
        let exported = try program.run("policy", "export").output
        let again = try program.run("policy", "apply", "-", "--reason", "again", input: exported)
        #expect(again.status == 0 && again.output == "nothing to change: version 2 is so already\n")
        #expect(try program.run("policy", "diff", "-", input: exported).output == "no difference\n")
        let other = try GatehouseProgram.withPolicy(example: false)
        // Another store has other versions, so that there the file is taken as it stands.
        let astray = try other.run("policy", "apply", "-", "--reason", "copy", input: exported)
        #expect(astray.status == 1 && astray.errors.contains("take based_on out"), "\(astray.errors)")
        let whole = String(exported[(try #require(exported.range(of: "settings:"))).lowerBound...])
        #expect(try other.run("policy", "apply", "-", "--reason", "copy", input: whole).status == 0)
        #expect(try other.run("policy", "export").output == exported)
        let (one, two) = (try program.object("policy", "show", "--json"), try other.object("policy", "show", "--json"))
        #expect(one["content"] as? String == two["content"] as? String)
    }

    @Test func `questions about the example are answered`() throws {
        let program = try GatehouseProgram.withPolicy()
        let who = try program.run("policy", "who-can", "GET", "/users/42", "--json")
        #expect(try who.objects().map { $0["client"] as? String } == ["admin-console", "user-app"])
        let can = try program.run("policy", "can", "guest-app", "--json").objects()
        #expect(can.map { "\($0["method"] ?? "") \($0["path"] ?? "")" } == ["GET /public/*"])
        #expect(try program.run("policy", "who-can", "GET", "/nowhere").complaint.contains("route_unknown"))
        #expect(try program.run("policy", "can", "gest-app").complaint.contains("did you mean “guest-app”?"))
    }

}
