import Domain
import Testing

struct PermissionTextTests {
    @Test func `a permission reads back from the line that is written of it`() throws {
        for seed in 0..<3000 as Range<UInt64> {
            var random = RandomItem(seed: seed)
            let permission = try random.permission()
            let line = PermissionText.text(of: permission)
            #expect(try PermissionText.permission(line) == permission, "seed \(seed): \(line)")
            #expect(!line.unicodeScalars.contains { $0.isHidden }, "seed \(seed): \(line)")
        }
    }

    @Test func `a time window reads back from the text that is written of it`() throws {
        for seed in 0..<1000 as Range<UInt64> {
            var random = RandomItem(seed: seed)
            let window = random.window()
            #expect(try PermissionText.window(PermissionText.text(of: window)) == window, "seed \(seed)")
        }
    }

    @Test func `every condition is written the way that people say it`() throws {
        let permission = Permission(
            methods: [.init([.get, .put])], pattern: try RoutePattern("/users/{id}"),
            conditions: [
                .owner(variable: "id", claim: "sub"),
                .network(["10.0.0.0/8", "2001:db8::/32"].compactMap { Network($0) }),
                .time(
                    WeeklyWindow(
                        start: 480, end: 1080, days: [.monday, .tuesday, .wednesday, .thursday, .friday],
                        zone: "Europe/Berlin")),
                .classification(ceiling: .confidential), .mutualTLS, .authenticationLevel("gold"),
                .tokenAge(atMostSeconds: 3600), .header(name: "x-region", value: "eu"),
            ])
        let line = """
            allow GET,PUT /users/{id} if owner id = sub, network 10.0.0.0/8 2001:db8::/32, \
            time mon-fri 08:00-18:00 Europe/Berlin, up to confidential, mtls, acr gold, age 1h, header x-region = eu
            """
        #expect(PermissionText.text(of: permission) == line)
        #expect(try PermissionText.permission(line) == permission)
    }

    @Test(arguments: [
        ("allow get,PUT  /x  if  owner id=sub", "allow GET,PUT /x if owner id = sub"),
        ("deny all *", "deny all *"),
        ("allow GET, /x", "allow GET /x"),
        ("allow GET /x if time sat,sun 8-18", "allow GET /x if time sat,sun 08:00-18:00 UTC"),
        ("allow GET /x if time fri-mon 22:00-06:00 UTC", "allow GET /x if time mon,fri-sun 22:00-06:00 UTC"),
        ("allow GET /x if time 00:00-24:00", "allow GET /x if time daily 00:00-24:00 UTC"),
        ("allow GET /x if header X-Region = \"a, b\"", "allow GET /x if header x-region = \"a, b\""),
    ])
    func `what people write in another way means the same`(line: String, written: String) throws {
        // Methods are case-sensitive, so only the first line is wrong in that.
        if line.contains("get") {
            #expect(throws: LineProblem.self) { try PermissionText.permission(line) }
        } else {
            #expect(PermissionText.text(of: try PermissionText.permission(line)) == written)
        }
    }

    @Test(arguments: [
        ("", 1, "write it like allow"),
        ("alow GET /x", 1, "did you mean “allow”?"),
        ("allow", 6, "the methods are missing"),
        ("allow GET", 10, "the path is missing"),
        ("allow GET,PSOT /x", 11, "did you mean “POST”?"),
        ("allow get /x", 7, "did you mean “GET”?"),
        ("allow GET x", 11, "a pattern begins with /"),
        ("allow GET /x/{}", 14, "column 14: a variable is {name}"),
        ("allow GET /x when mtls", 14, "“if”"),
        ("allow GET /x if", 16, "a condition is missing"),
        ("allow GET /x if mtls,", 22, "a condition is missing"),
        ("allow GET /x if netwrok 10.0.0.0/8", 17, "did you mean “network”?"),
        ("allow GET /x if network 10.0.0.1/8", 25, "is no network"),
        ("allow GET /x if owner id sub", 23, "owner id = sub"),
        ("allow GET /x if up confidential", 20, "up to confidential"),
        ("allow GET /x if up to secret", 23, "there are: public"),
        ("allow GET /x if age soon", 21, "is no time span"),
        ("allow GET /x if mtls yes", 22, "mtls"),
        ("allow GET /x if time mox 08:00-18:00", 22, "there is no day “mox”"),
        ("allow GET /x if time mon", 25, "the hours are missing"),
        ("allow GET /x if time mon 08:00-25:00", 32, "write hours like"),
        ("allow GET /x if time mon 08:00-18:00 UTC x", 42, "after the time zone"),
        ("allow GET /x if header a = \"b", 28, "the closing quotation mark"),
        ("allow GET /x if header a = \"\\q\"", 29, "after \\ comes"),
    ])
    func `a wrong line is told where it is wrong and what to write`(line: String, column: Int, part: String) {
        let problem = #expect(throws: LineProblem.self) { try PermissionText.permission(line) }
        #expect(problem?.column == column)
        #expect(problem?.description.contains(part) == true, "\(problem?.description ?? "")")
    }

    @Test func `whatever is typed is read or refused, and what is read is written back`() {
        let parts = [
            "allow", "deny", "GET", ",", " ", "/", "/x", "{id}", "*", "if", "owner", "=", "network", "10.0.0.0/8",
            "time",
            "mon-fri", "08:00-18:00", "\"", "\\", "u{", "}", "up", "to", "public", "mtls", "age", "1h", "\u{1B}", "é",
        ]
        var random = SeededGenerator(seed: 7)
        var read = 0
        for _ in 0..<20_000 {
            var line = random.chance(60) ? "allow GET /x if " : ""
            for _ in 0..<Int.random(in: 0...8, using: &random) {
                line += random.pick(parts) + (random.chance(60) ? " " : "")
            }
            guard let permission = try? PermissionText.permission(line) else { continue }
            read += 1
            #expect((try? PermissionText.permission(PermissionText.text(of: permission))) == permission, "\(line)")
        }
        #expect(read > 30)
    }
}
