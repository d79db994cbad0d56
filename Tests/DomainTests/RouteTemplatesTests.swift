import Domain
import Testing

private func template(_ path: String) -> String {
    var templates = RouteTemplates()
    return String(decoding: templates.template(path: Array(path.utf8)[...]), as: UTF8.self)
}

struct RouteTemplatesTests {
    @Test(arguments: [
        ("/v1/users/42", "/v1/users/{id}"),
        ("/v1/users/42/", "/v1/users/{id}"),
        ("/v1//users/42?x=1#y", "/v1/users/{id}"),
        ("/v1/users/42.json", "/v1/users/{id}.json"),
        ("/v1/users/-7/orders/1,2,3", "/v1/users/{id}/orders/{id}"),
        ("/v1/users/%34%32", "/v1/users/{id}"),
        ("/api/2.0/orders/INV-20261", "/api/2.0/orders/{id}"),
        ("/v2beta1/geo/52.5163,13.3777", "/v2beta1/geo/{id}"),
        ("/o/550e8400-e29b-41d4-a716-446655440000/items", "/o/{uuid}/items"),
        ("/o/550E8400-E29B-41D4-A716-446655440000", "/o/{uuid}"),
        ("/commits/9fceb02d0ae598e95dc970b74767f19372d61af8", "/commits/{hash}"),
        ("/commits/9fceb02", "/commits/{hash}"),
        ("/m/507f1f77bcf86cd799439011", "/m/{hash}"),
        ("/u/01ARZ3NDEKTSV4RRFFQ69G5FAV", "/u/{hash}"),
        ("/c/cus_9s6XKzkNRiz8i3", "/c/{hash}"),
        ("/s/V1StGXR8_Z5jdHi6B-myT", "/s/{hash}"),
        ("/reset/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "/reset/{hash}"),
        ("/reset/[redacted]/x", "/reset/{hash}/x"),
        ("/reports/2026-11-20", "/reports/{date}"),
        ("/reports/2026-11/2026-11-20T08:00:00Z", "/reports/{date}/{date}"),
        ("/users/jane.doe@mail.example", "/users/{email}"),
        ("/users/jane%40mail.example", "/users/{email}"),
        ("/hosts/10.0.0.1/2001:db8::1", "/hosts/{address}/{address}"),
        ("/shop;jsessionid=ABC/cart", "/shop/cart"),
        ("/oauth2/token", "/oauth2/token"),
        ("/.well-known/jwks.json", "/.well-known/jwks.json"),
        ("/.env", "/.env"),
        ("/wp-login.php", "/wp-login.php"),
        ("/static/app.bundle.js", "/static/app.bundle.js"),
        ("/users/user%2Dlist", "/users/user-list"),
        ("/users/J%C3%BCrgen", "/users/{text}"),
        ("/a%20b", "/{text}"),
        ("/%7Bid%7D", "/{text}"),
        ("/../../etc/passwd", "/{text}/{text}/etc/passwd"),
        ("/%2e%2e/x", "/{text}/x"),
        ("/<script>", "/{text}"),
        ("/%zz", "/{text}"),
        ("", "/"),
        ("/", "/"),
        ("?x=1", "/"),
        ("*", "/*"),
        ("/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o", "/a/b/c/d/e/f/g/h/i/j/k/l/{rest}"),
        ("/2.0/shield_information_barrier_segment_members", "/2.0/shield_information_barrier_segment_members"),
        ("/how-to-build-an-api-gateway", "/how-to-build-an-api-gateway"),
        ("/userPreferences/notificationSettings", "/userPreferences/notificationSettings"),
    ])
    func `variable segments become placeholders and words stay`(path: String, expected: String) {
        #expect(template(path) == expected)
    }

    @Test func `words beyond the sixty-fourth become a name, and the first ones stay`() {
        var templates = RouteTemplates()
        let words = (0..<100).map { "w" + String($0, radix: 2).map { $0 == "0" ? "a" : "b" }.joined() }
        let given = words.map {
            String(decoding: templates.template(path: Array("/x/\($0)/y".utf8)[...]), as: UTF8.self)
        }
        #expect(Array(given[..<64]) == words[..<64].map { "/x/\($0)/y" })
        #expect(given[64...].allSatisfy { $0 == "/x/{name}/y" })
        let again = words.map {
            String(decoding: templates.template(path: Array("/x/\($0)/y".utf8)[...]), as: UTF8.self)
        }
        #expect(again == given)
    }

    @Test func `an unlearned word is a name until it is learned`() {
        var templates = RouteTemplates()
        #expect(
            templates.template(path: Array("/admin/x".utf8)[...], learnsWords: false) == Array("/{name}/{name}".utf8))
        #expect(templates.template(path: Array("/admin/x".utf8)[...]) == Array("/admin/x".utf8))
        #expect(templates.template(path: Array("/admin/x".utf8)[...], learnsWords: false) == Array("/admin/x".utf8))
        #expect(templates.template(path: Array("/admin/42".utf8)[...], learnsWords: false) == Array("/admin/{id}".utf8))
    }

    @Test func `no input makes more than two thousand templates, all short and printable`() {
        var random = SeededGenerator(seed: 3)
        var templates = RouteTemplates()
        var seen = Set<[UInt8]>()
        let pieces = [
            "a", "b", "c", "d", "é", "%", "..", ".", "\u{0}", "42", "x-y", "{id}", "%41", "word", "v1", "@", ";", "Z9",
        ]
        for _ in 0..<5000 {
            var path: [UInt8] = []
            for _ in 0..<Int.random(in: 0...16, using: &random) {
                path.append(UInt8(ascii: "/"))
                if random.chance(10) {
                    path += (0..<Int.random(in: 0...60, using: &random)).map { _ in
                        UInt8.random(in: 0...255, using: &random)
                    }
                } else {
                    for _ in 0..<Int.random(in: 0...4, using: &random) { path += random.pick(pieces).utf8 }
                }
            }
            if random.chance(1) { path += Array(repeating: random.pick(path + [65]), count: 8192) }
            seen.insert(templates.template(path: path[...]))
        }
        #expect(seen.count <= RouteTemplates.maximumTemplates + 1)
        #expect(templates.count == RouteTemplates.maximumTemplates)
        #expect(seen.contains(RouteTemplates.other))
        for template in seen {
            #expect(template.count <= 900)
            #expect(template.first == UInt8(ascii: "/"))
            #expect(template.allSatisfy { (0x21...0x7e).contains($0) })
        }
    }

    @Test func `resuming with the templates so far gives the same as never having stopped`() {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<20 {
            var whole = RouteTemplates()
            var stopped = RouteTemplates()
            var known: [[UInt8]] = []
            for _ in 0..<600 {
                let parts = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                    random.chance(30)
                        ? "\(Int.random(in: 0...99, using: &random))"
                        : String(
                            repeating: random.pick(["a", "b", "c"]), count: Int.random(in: 1...30, using: &random))
                }
                let path = Array(("/" + parts.joined(separator: "/")).utf8)[...]
                let template = whole.template(path: path)
                #expect(stopped.template(path: path) == template)
                if !known.contains(template) { known.append(template) }
                if random.chance(3) { stopped = RouteTemplates(known: known.shuffled(using: &random)) }
            }
        }
    }
}
