import Domain
import Testing

struct QuestionTests {
    static let now = Timestamp(seconds: 1_795_000_000)

    private static func names(_ snapshot: PolicySnapshot, _ method: Domain.Method, _ path: String) throws -> [String] {
        let question = try #require(PathQuestion(path))
        switch snapshot.callers(of: method, on: question, at: now) {
        case .failure(let refusal): return [refusal.reason.code]
        case .success(let callers):
            return callers.clients.map { snapshot.client($0.client).name.text }
                + callers.withoutScope.map { "-\(snapshot.client($0).name.text)" }
                + (callers.anonymous == nil ? [] : ["anyone"])
        }
    }

    @Test func `who can call a route is told by path and by pattern`() throws {
        var policy = try Policy.guides()
        policy.put(.client(try Client("held", roles: ["admin"], status: .suspended)))
        policy.put(.client(try Client("poor", roles: ["admin"])))
        var settings = policy.settings
        settings.anonymousRoles = [try Name("guest")]
        policy.put(.settings(settings))
        let snapshot = try policy.compiled()
        #expect(try Self.names(snapshot, .get, "/users/42") == ["admin-app", "user-app", "-poor"])
        #expect(try Self.names(snapshot, .get, "/users/{id}") == ["admin-app", "user-app", "-poor"])
        #expect(
            try Self.names(snapshot, .get, "/public/x/y") == ["admin-app", "guest-app", "poor", "user-app", "anyone"])
        #expect(try Self.names(snapshot, .get, "/profile") == ["admin-app", "poor", "user-app"])
        #expect(try Self.names(snapshot, .delete, "/profile") == ["method_not_allowed"])
        #expect(try Self.names(snapshot, .get, "/none") == ["route_unknown"])
    }

    @Test func `what a client can call is listed with its conditions and missing scopes`() throws {
        let snapshot = try Policy.guides().compiled()
        func list(_ name: String) throws -> [String] {
            let client = try #require(snapshot.client(named: name))
            return snapshot.callable(by: client).map { callable in
                let route = snapshot.route(callable.route)
                let conditions = callable.access.ways.flatMap { snapshot.rule($0).permission.conditions.map(\.words) }
                let missing = callable.missingScopes.map { "-\($0)" }
                return ([callable.method.name, route.name.text] + conditions + missing).joined(separator: " ")
            }
        }
        #expect(try list("guest-app") == ["GET public"])
        #expect(
            try list("user-app") == [
                "GET profile", "PUT profile", "GET public", "GET users {id} is sub", "PUT users {id} is sub",
            ])
        #expect(try list("admin-app").count == 7)
    }

    @Test func `two policies differ by who gains and who loses`() throws {
        let old = try Policy.guides()
        var new = old
        new.put(.client(try Client("guest-app", roles: ["user"])))
        new.put(.route(try Route("reports", "/admin/reports", [.post])))
        var user = try #require(new.roles.first { $0.name.text == "user" })
        user.permissions[0].conditions = []
        new.put(.role(user))
        let difference = AccessDifference(from: try old.compiled(), to: try new.compiled(), at: Self.now)
        #expect(difference.isComplete)
        #expect(
            difference.groups.map {
                "\($0.kind.name) \($0.method.name) \($0.route) \($0.clients.joined(separator: ","))"
            }
                == [
                    "gained GET profile guest-app", "gained PUT profile guest-app", "lost GET reports admin-app",
                    "changed GET users user-app", "changed PUT users user-app",
                ])
        let same = AccessDifference(from: try old.compiled(), to: try old.compiled(), at: Self.now)
        #expect(same.groups.isEmpty)
    }

    @Test func `a replay counts what a draft decides differently`() throws {
        let old = try Policy.guides()
        var new = old
        new.put(.client(try Client("guest-app", roles: ["user"])))
        new.put(.client(try Client("admin-app", roles: ["guest"], scopes: ["users:read"])))
        var tally = ReplayTally(from: try old.compiled(), to: try new.compiled()) { _ in .utc }
        func add(_ client: String?, _ path: String, _ count: Int, subject: String = "") {
            tally.add([
                TrafficFact(
                    client: client, subject: subject, method: "GET", path: path, time: Self.now, count: count)
            ])
        }
        add("guest-app", "/profile", 5)
        add("guest-app", "/public/x", 7)
        add("admin-app", "/profile", 3)
        add("user-app", "/users/42", 2, subject: "42")
        add("stranger", "/profile", 1)
        add(nil, "/profile", 1)
        add("guest-app", "/a//b", 1)
        #expect(tally.requests == 20)
        #expect((tally.newlyAllowed, tally.newlyDenied, tally.otherReason) == (5, 3, 0))
        #expect(
            tally.ranking.map {
                "\($0.change.client ?? "") \($0.change.before.code) → \($0.change.after.code) \($0.sample.count)"
            }
                == ["guest-app no_permission → allowed 5", "admin-app allowed → no_permission 3"])
    }

    @Test func `what nobody used is listed`() throws {
        let snapshot = try Policy.guides().compiled()
        var tally = UsageTally(snapshot)
        tally.add([TrafficFact(client: "user-app", subject: "42", method: "GET", path: "/users/42", time: Self.now)])
        let unused = tally.unusedRules.map { index in
            let rule = snapshot.rule(index)
            return "\(rule.role) \(rule.permission.pattern)"
        }
        #expect(unused == ["admin *", "guest /public/*", "user /profile"])
        #expect(tally.unusedScopes.map { "\(snapshot.client($0.client).name) \($0.scope)" } == ["admin-app users:read"])
    }
}
