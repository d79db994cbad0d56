import Foundation
import Testing

/// The policy beside traffic that was recorded, from a log to what the commands print.
struct PolicyTrafficTests {
    /// The example's clients on the example's routes, an hour ago: so many requests of each.
    private static let requests: [(count: Int, client: String, method: String, path: String)] = [
        (40, "guest-app", "GET", "/public/a"), (7, "guest-app", "GET", "/profile"),
        (30, "user-app", "GET", "/profile"), (9, "user-app", "PUT", "/profile"), (20, "user-app", "GET", "/users/42"),
        (11, "admin-console", "GET", "/reports/7"), (5, "-", "GET", "/public/b"), (3, "-", "GET", "/profile"),
        (2, "nobody", "GET", "/public/a"), (4, "admin-console", "GET", "/public/%2e%2e/admin"),
    ]

    private static func withTraffic() throws -> GatehouseProgram {
        let program = try GatehouseProgram.withPolicy()
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(secondsFromGMT: 0)
        format.dateFormat = "dd/MMM/yyyy:HH:mm:ss '+0000'"
        let time = format.string(from: Date(timeIntervalSinceNow: -3600))
        let lines = requests.flatMap { request in
            (0..<request.count).map { number in
                "192.0.2.\(number) - \(request.client) [\(time)] \"\(request.method) \(request.path) HTTP/1.1\" 200 5 "
                    + "\"-\" \"curl/8\"\n"
            }
        }
        let ingested = try program.run("ingest", "-", input: lines.joined())
        try #require(ingested.status == 0, "\(ingested.errors)")
        return program
    }

    @Test func `a review names what no request made use of`() throws {
        let program = try Self.withTraffic()
        let review = try program.object("policy", "review", "--since", "1d", "--json")
        #expect(review["requests"] as? Int == 131)
        #expect((review["unused_permissions"] as? [Any])?.isEmpty == true)
        let scopes = try #require(review["unused_scopes"] as? [[String: String]])
        // A token of the subject may have met the condition on /users/42, and then it had users:read.
        #expect(
            scopes == [
                ["client": "admin-console", "scope": "users:read"],
                ["client": "admin-console", "scope": "users:write"],
                ["client": "guest-app", "scope": "users:read"], ["client": "user-app", "scope": "users:write"],
            ])
        let text = try program.run("policy", "review", "--since", "1d").output
        #expect(text.contains("131 requests since 1d\n"))
        // All of it was in one second, and that isn't a day.
        #expect(text.contains("of those 24 h 0 min is recorded") || text.contains("of those 1 d"), "\(text)")
        #expect(review["recorded_seconds"] as? Int == 0 && review["asked_seconds"] as? Int == 86_400)
        #expect(text.contains("unused: scope users:write of client user-app\n"))
        // Nothing was recorded in the last minute, so that nothing was used in it.
        let none = try program.object("policy", "review", "--since", "1m", "--json")
        #expect(none["requests"] as? Int == 0 && (none["unused_permissions"] as? [Any])?.count == 4)
    }

    @Test func `a replay tells whom a file would let in and keep out, with the most requests first`() throws {
        let program = try Self.withTraffic()
        let file = try program.run("policy", "export").output
        #expect(try program.object("policy", "replay", "-", "--json", input: file)["changes"] as? [String] == [])
        let stricter = file.replacing("allow: [GET, PUT, PATCH]", with: "allow: [GET]")
        try #require(stricter != file)
        let fewer = try program.object("policy", "replay", "-", "--json", input: stricter)
        #expect(fewer["newly_denied"] as? Int == 9 && fewer["newly_allowed"] as? Int == 0)
        let change = try #require((fewer["changes"] as? [[String: Any]])?.first)
        #expect(change["client"] as? String == "user-app" && change["method"] as? String == "PUT")
        #expect(change["before"] as? String == "allowed" && change["after"] as? String == "no_permission")
        let wider = file.replacing("anonymous_roles: [guest]", with: "anonymous_roles: [user]")
            .replacing("roles: [guest]", with: "roles: [user]")
        let text = try program.run("policy", "replay", "-", input: wider).output
        #expect(
            text.hasPrefix(
                "of 131 requests since 24h: 10 allowed that were denied, 0 denied that were allowed, "
                    + "0 denied for another reason\n"), "\(text)")
        #expect(text.contains("\nlimits are left out: it changes none\n"))
        let rows = text.split(separator: "\n").dropFirst(4).map { $0.split(separator: " ").map(String.init) }
        #expect(
            rows == [
                ["7", "guest-app", "GET", "no_permission", "allowed", "profile", "/profile"],
                ["3", "-", "GET", "credentials_missing", "allowed", "profile", "/profile"],
            ])
        #expect(
            try program.object("policy", "replay", "-", "--since", "1m", "--json", input: wider)["requests"] as? Int
                == 0)
    }

    @Test func `a replay of another limit counts requests and what they cost`() throws {
        let program = try Self.withTraffic()
        let file = try program.run("policy", "export").output
        let tighter = file.replacing("limit: 1000\n", with: "limit: 25\n")
        try #require(tighter != file)
        let replayed = try program.object("policy", "replay", "-", "--json", input: tighter)
        #expect(replayed["counts_limits"] as? Bool == true && replayed["requests"] as? Int == 131)
        let changes = try #require(replayed["changes"] as? [[String: Any]])
        let refused = Dictionary(grouping: changes) { $0["client"] as? String ?? "-" }
            .mapValues { $0.reduce(0) { $0 + ($1["requests"] as? Int ?? 0) } }
        // 40 and 39 requests of one unit each, and 11 of ten units.
        #expect(refused == ["guest-app": 15, "user-app": 14, "admin-console": 9])
        #expect(changes.allSatisfy { $0["before"] as? String == "allowed" })
        let text = try program.run("policy", "replay", "-", input: tighter).output
        #expect(text.contains("limits count from nothing at the beginning of that time\n"))
    }

    @Test func `a draft is replayed before anybody approves it`() throws {
        let program = try Self.withTraffic()
        let added = try program.run(
            "operator", "create", "maria", "--user-id", "4242", "--duties", "watch,approve", "--reason", "team")
        try #require(added.status == 0, "\(added.errors)")
        let narrow = "allow: [GET, PUT, PATCH]\n        path: /profile"
        let file = try program.run("policy", "export").output
            .replacing(narrow, with: "allow: all\n        path: \"*\"")
        let drafted = try program.object("policy", "apply", "-", "--reason", "wider", "--json", input: file)
        #expect(drafted["state"] as? String == "draft")
        let draft = String(try #require(drafted["version"] as? Int))
        let replayed = try program.object("policy", "replay", "--draft", draft, "--json")
        #expect(replayed["requests"] as? Int == 131 && replayed["newly_allowed"] as? Int == 20)
        let change = try #require((replayed["changes"] as? [[String: Any]])?.first)
        #expect(change["before"] as? String == "condition_failed:owner" && change["route"] as? String == "user-read")
    }
}
