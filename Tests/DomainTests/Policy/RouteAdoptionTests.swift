import Domain
import Testing

struct RouteAdoptionTests {
    @Test(arguments: [
        ("/v1/orders", "/v1/orders"), ("/", "/"), ("/v1/users/{id}", "/v1/users/{id}"),
        ("/v1/shops/{id}/items/{id}/{id}", "/v1/shops/{id}/items/{id2}/{id3}"), ("/files/{rest}", "/files/*"),
        ("/a/{name}.js", "/a/{name}"), ("/a/b c/d", "/a/{bc}/d"), ("/a/\u{202E}\u{1B}/d", "/a/{part}/d"),
        ("/a/*/d", "/a/{part}/d"),
    ])
    func `a template that was made of paths becomes a pattern`(template: String, pattern: String) throws {
        #expect(try #require(RoutePattern(template: template)).text == pattern)
    }

    @Test func `a template that stands for anything becomes none`() {
        #expect(RoutePattern(template: "/{other}") == nil)
    }

    @Test func `methods of a path become one route, with a name that nothing has`() throws {
        var policy = Policy()
        policy.put(
            .route(Route(name: try Name("V1-Users-id"), pattern: try RoutePattern("/old"), methods: .init([.get]))))
        let users = try RoutePattern("/v1/users/{id}")
        let edits = policy.edits(adopting: [
            (Domain.Method.get, users), (.put, users), (.get, try RoutePattern("/")),
            (.post, try RoutePattern("/V1/users/{id}/*")),
        ])
        #expect(edits.map(\.key.name) == ["v1-users-id-2", "root", "v1-users-id-all"])
        #expect(edits.allSatisfy { $0.before == nil })
        guard case .route(let route)? = edits.first?.after else {
            Issue.record("no route is made")
            return
        }
        #expect(route.methods.methods == [.get, .put])
        #expect(route.classification == .internal)
        #expect(try PolicySnapshot(compiling: policy.merging(edits)) { _ in .utc }.routeCount == 4)
    }

    @Test func `names stay names however long a path is`() throws {
        let long = try RoutePattern("/" + Array(repeating: "segment", count: 30).joined(separator: "/"))
        var policy = Policy()
        for _ in 0..<3 {
            let edits = policy.edits(adopting: [(Domain.Method.get, long)])
            policy = try policy.merging(edits)
        }
        #expect(Set(policy.routes.map(\.name)).count == 3)
    }
}
