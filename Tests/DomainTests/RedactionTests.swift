import Domain
import TestSupport
import Testing

private func query(_ text: String) -> String? {
    Redaction.query(Array(text.utf8)[...]).map { String(decoding: $0, as: UTF8.self) }
}

private func url(_ text: String) -> String? {
    Redaction.url(Array(text.utf8)[...]).map { String(decoding: $0, as: UTF8.self) }
}

private func path(_ text: String) -> String? {
    Redaction.path(Array(text.utf8)[...]).map { String(decoding: $0, as: UTF8.self) }
}

private func line(_ text: String) -> String? {
    Redaction.line(Array(text.utf8)[...]).map { String(decoding: $0, as: UTF8.self) }
}

struct RedactionTests {
    @Test(arguments: [
        ("access_token=abc", "access_token=[redacted]"),
        ("page=2&apikey=abc&sort=name", "page=2&apikey=[redacted]&sort=name"),
        ("code=SplxlOBe&state=xyz", "code=[redacted]&state=xyz"),
        ("API-KEY=a&x=1&api_key=b", "API-KEY=[redacted]&x=1&api_key=[redacted]"),
        ("%61ccess_token=abc&x=1", "%61ccess_token=[redacted]&x=1"),
        ("%2561pikey=ab%26cd&x=1", "%2561pikey=[redacted]&x=1"),
        ("token[]=a&token[0]=b&token%5B1%5D=c", "token[]=[redacted]&token[0]=[redacted]&token%5B1%5D=[redacted]"),
        ("user[password]=a", "user[password]=[redacted]"),
        ("a=1;token=abc", "a=1;token=[redacted]"),
        ("token=abc;def&x=1", "token=[redacted]&x=1"),
        ("token==abc=", "token=[redacted]"),
        ("token=a\"b c&x=1", "token=[redacted]&x=1"),
        ("a%26pin%3D1234", "a%26pin%3D[redacted]"),
        (
            "redirect=https%3A%2F%2Fx%2F%3Fcode%3DSECRET%26state%3D1",
            "redirect=https%3A%2F%2Fx%2F%3Fcode%3D[redacted]%26state%3D1"
        ),
        (
            "u=https%253A%252F%252Fx%252F%253Fsig%253DSECRET&y=2",
            "u=https%253A%252F%252Fx%252F%253Fsig%253D[redacted]&y=2"
        ),
        ("u=https://joe:hunter2@x/&y=2", "u=https://[redacted]@x/&y=2"),
        ("u=https%3A%2F%2Fjoe%3Ahunter2%40x", "u=https%3A%2F%2F[redacted]%40x"),
        ("q=Bearer+abc.def&x=1", "q=Bearer+[redacted]&x=1"),
        ("q=bEARER%20abc&x=1", "q=bEARER%20[redacted]&x=1"),
        ("q=Basic%20dXNlcjpwYXNz", "q=Basic%20[redacted]"),
        ("q=basic+basic+dXNlcjpwYXNz", "q=basic+basic+[redacted]"),
        ("q=basic+xbasic+xxbasic+basic+dXNlcjpwYXNz", "q=basic+xbasic+xxbasic+basic+[redacted]"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "[redacted]"),
        ("x=eyJhbGciOiJIUzI1NiJ9%2EeyJzdWIiOiIxIn0", "x=[redacted]"),
        (
            "f=%7B%22password%22%3A%22p%20w%22%2C%22a%22%3A1%7D",
            "f=%7B%22password%22%3A%22[redacted]%22%2C%22a%22%3A1%7D"
        ),
        (
            "X-Amz-Credential=AKIA%2F2026&X-Amz-Date=1&X-Amz-Signature=ff",
            "X-Amz-Credential=[redacted]&X-Amz-Date=1&X-Amz-Signature=[redacted]"
        ),
    ])
    func `a query keeps its names and loses its secrets`(given: String, expected: String) {
        #expect(query(given) == expected)
        #expect(query(expected) == nil)
    }

    @Test(arguments: [
        "", "page=2&limit=50", "token", "token=&x=1", "token=[redacted]&x=1", "country_code=de&status_code=4",
        "q=basic+income", "monkey=1", "q=caf%C3%A9%20au%20lait", "token_type=Bearer", "sort=key:asc", "at=12:30:01",
        "u=https%3A%2F%2Fx.example%2F%3Fpage%3D2", "%", "%4", "=", "&&;;==", "eyJhbGci", "e=mail@x.example",
    ])
    func `a query without secrets stays as it is`(given: String) {
        #expect(query(given) == nil)
    }

    @Test(arguments: [
        ("https://x.example/cb?code=abc&state=1", "https://x.example/cb?code=[redacted]&state=1"),
        ("https://x.example/cb#access_token=abc&type=1", "https://x.example/cb#access_token=[redacted]&type=1"),
        ("https://joe:p@ss@x.example/", "https://[redacted]@x.example/"),
        ("https://ghp_abc@x.example/", "https://[redacted]@x.example/"),
        ("/shop;jsessionid=ABC/cart?x=1", "/shop;jsessionid=[redacted]/cart?x=1"),
        ("/shop;jsessionid=ABC?x=1", "/shop;jsessionid=[redacted]?x=1"),
        ("/x%3Ftoken%3Dab%2Fcd", "/x%3Ftoken%3D[redacted]"),
    ])
    func `a URL loses its user part and the secrets of path, query and fragment`(given: String, expected: String) {
        #expect(url(given) == expected)
    }

    @Test func `a path keeps its segments`() {
        #expect(path("/shop;JSESSIONID=ABC;v=1/cart/42") == "/shop;JSESSIONID=[redacted]/cart/42")
        #expect(path("/reset/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.x/now") == "/reset/[redacted]/now")
        #expect(path("/v1/tokens/42") == nil)
        #expect(path("/v1/token:revoke") == "/v1/token:[redacted]")
    }

    @Test(arguments: [
        (#"{"apikey":"abc","status":401}"#, #"{"apikey":"[redacted]","status":401}"#),
        (#"{"x-api-key": "a\"b\\", "n": 1}"#, #"{"x-api-key": "[redacted]", "n": 1}"#),
        (#"{"pin":1234,"n":1}"#, #"{"pin":[redacted],"n":1}"#),
        (#"{"tokens":["a","b,]"],"n":1}"#, #"{"tokens":[redacted],"n":1}"#),
        (#"{"body":"{\"password\":\"abc\",\"n\":1}"}"#, #"{"body":"{\"password\":\"[redacted]\",\"n\":1}"}"#),
        (#"{"\u0061pikey":"abc"}"#, #"{"\u0061pikey":"[redacted]"}"#),
        (#"\x22password\x22:\x22abc\x22,"#, #"\x22password\x22:\x22[redacted]\x22,"#),
        (#"1.2.3.4 "GET /?token=abc HTTP/1.1" 200"#, #"1.2.3.4 "GET /?token=[redacted] HTTP/1.1" 200"#),
        ("Authorization: Bearer abc def", "Authorization: [redacted]"),
        ("x-api-key: abc\nHost: y", "x-api-key: [redacted]\nHost: y"),
        ("Cookie: a=b; c=d", "Cookie: [redacted]"),
        ("login password='my secret' user=joe", "login password='[redacted]' user=joe"),
        ("password = hunter2 user=joe", "password = [redacted] user=joe"),
        ("auth Basic dXNlcjpwYXNz done", "auth Basic [redacted] done"),
    ])
    func `a log line loses secrets of parameters, headers and JSON`(given: String, expected: String) {
        #expect(line(given) == expected)
    }

    @Test(arguments: [
        #"127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET /a?b=c HTTP/1.0" 200 2326"#,
        "error code: 7, bad key: nothing", #"{"status":200,"path":"/v1"}"#,
    ])
    func `a log line without secrets stays as it is`(given: String) {
        #expect(line(given) == nil)
    }

    @Test func `text that is encoded too often is taken out whole`() {
        var text = "token=SECRET"
        for _ in 0..<8 { text = percentEncoded(text, all: true) }
        #expect(query(text) == "[redacted]")
    }

    @Test func `a secret never survives, however its name is written and however deep it is nested`() {
        var random = SeededGenerator(seed: 7)
        let names = [
            "access_token", "refresh_token", "id_token", "token", "apikey", "api_key", "api-key", "X-Api-Key", "key",
            "password", "passwd", "pwd", "secret", "client_secret", "code", "assertion", "client_assertion", "sig",
            "authorization", "auth", "signature", "session", "jwt", "otp", "pin",
        ]
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_~!*'();:@=+$,/?[]{}\"\\<> %")
        for _ in 0..<3000 {
            let core = "S" + String((0..<12).map { _ in random.pick(Array("QWXZJKV0123456789")) })
            let noise = { (random: inout SeededGenerator) in
                String((0..<Int.random(in: 0...6, using: &random)).map { _ in random.pick(alphabet) })
            }
            let secret = noise(&random) + core + noise(&random)
            var name = random.pick(names)
            if random.chance(30) { name = name.uppercased() }
            if random.chance(30) { name += random.pick(["[]", "[0]", "[a]", "2"]) }
            if random.chance(40) { name = percentEncoded(name, all: random.chance(50)) }
            let depth = Int.random(in: 0...3, using: &random)
            var text = name + "=" + percentEncoded(secret, all: random.chance(20))
            if random.chance(50) { text = "x=1&" + text }
            for _ in 0..<depth {
                text = "next=" + percentEncoded("https://a.example/b?" + text, all: random.chance(20))
            }
            let output = random.chance(50) ? query(text) : url("https://b.example/?" + text)
            var plain = output ?? text
            for _ in 0..<6 {
                #expect(!plain.contains(core), "\(text) → \(output ?? "unchanged")")
                plain = percentDecoded(plain)
            }
        }
    }

    @Test func `random pieces never trap, and what is left of them settles`() {
        var random = SeededGenerator(seed: 11)
        let pieces = [
            "token", "=", "&", "%3D", "%253D", ":", "\"", "\\", "[redacted]", "abc", "eyJ", ".", "Bearer ", "://", "@",
            "/",
            "?", "{", "}", "[", "]", ",", " ", "%", "\\x22", "\u{e9}", ";", "key",
        ]
        for _ in 0..<3000 {
            let text = (0..<Int.random(in: 0...14, using: &random)).map { _ in random.pick(pieces) }.joined()
            for redact in [query, url, path, line] {
                var last = text
                var rounds = 0
                while let next = redact(last), next != last, rounds < 10 {
                    last = next
                    rounds += 1
                }
                #expect(rounds < 5, "\(text)")
            }
        }
    }

    @Test func `hostile bytes cost time in proportion to their length`() {
        let hostile = [
            "eyJ", "=", "token:", "://", "bearer ", "%25", "\"token\":[", "%", "\\x", "key=%3D", "basic A", "basic+",
        ]
        for piece in hostile {
            let bytes = Array(String(repeating: piece, count: 60_000 / piece.utf8.count).utf8)[...]
            let time = processorTime {
                _ = Redaction.query(bytes)
                _ = Redaction.line(bytes)
            }
            #expect(time < .seconds(10), "\(piece)")
        }
    }

    @Test func `a secret that Gatehouse issued loses all but what it is called by`() {
        var generator = SeededGenerator(seed: 8)
        for kind in SecretText.Kind.allCases {
            let secret = SecretText(kind, using: &generator)
            let called = "gh_\(kind.word)_\(secret.prefix)_"
            #expect(line("leaked \(secret.plaintext), sorry") == "leaked \(called)[redacted], sorry")
            #expect(path("/hook/\(secret.plaintext)/x") == "/hook/\(called)[redacted]/x")
            #expect(line("cut \(secret.plaintext.dropLast(30))") == "cut \(called)[redacted]")
            #expect(line("leaked \(called)[redacted]") == nil)
        }
        for harmless in [
            "high_level", "gh_", "gh_key_", "gh_key_12345678", "gh_key_12345678_", "gh_pages_deploy_key", "gh__",
        ] {
            #expect(line(harmless) == nil)
        }
    }
}

private func percentEncoded(_ text: String, all: Bool) -> String {
    text.utf8.map { byte in
        let isUnreserved = (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        if isUnreserved && !all { return String(decoding: [byte], as: UTF8.self) }
        return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
}

private func percentDecoded(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
        if bytes[index] == 37, index + 2 < bytes.count, let high = Hex.value(bytes[index + 1]),
            let low = Hex.value(bytes[index + 2])
        {
            result.append(high << 4 | low)
            index += 3
        } else {
            result.append(bytes[index])
            index += 1
        }
    }
    return String(decoding: result, as: UTF8.self)
}
