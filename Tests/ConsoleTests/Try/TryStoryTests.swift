import Console
import Domain
import Terminal
import Testing

struct TryStoryTests {
    private static func opened(
        _ width: Int = 120, _ height: Int = 36, duties: Set<Duty> = [.watch, .edit], isReadOnly: Bool = false
    ) throws -> ConsoleTester {
        var tester = try ConsoleTester.withPolicy(width, height, duties: duties, isReadOnly: isReadOnly)
        tester.press(":")
        tester.type("try")
        tester.press("enter")
        return tester
    }

    @Test func `the palette opens the form, and each key is decided at once`() throws {
        var tester = try Self.opened()
        #expect(tester.text.contains("a path is all that it takes"))
        tester.press("down", "down")
        tester.type("/v1/users/4")
        #expect(tester.text.contains("401 unauthenticated  credentials_missing"))
        tester.press("up", "up")
        tester.type("web-spa")
        #expect(tester.text.contains("403 forbidden  condition_failed:owner"))
        tester.press("down", "down", "down")
        tester.type("4")
        #expect(tester.text.contains("● allowed, as far as its quotas go"))
        tester.type("2")
        #expect(tester.text.contains("403 forbidden  condition_failed:owner"))
    }

    @Test func `clients are completed from the policy`() throws {
        var tester = try Self.opened()
        tester.type("par")
        tester.press("tab")
        #expect(tester.text.contains("partner-acme"))
        tester.press("tab", "tab")
        tester.type("/v1/orders")
        #expect(tester.text.contains("scope orders:read: the client isn't allowed it"))
    }

    @Test func `a token's scopes bound what its client may`() throws {
        var tester = try Self.opened()
        tester.type("mobile-app")
        tester.press("tab", "tab")
        tester.type("/v1/orders")
        #expect(tester.text.contains("● allowed"))
        tester.press("esc", "enter", "tab", "tab")
        tester.type("none")
        #expect(tester.text.contains("403 forbidden  scope_missing"))
        #expect(tester.text.contains("add scope orders:read to the token"))
    }

    @Test func `what can't be read is said beside its field`() throws {
        var tester = try Self.opened()
        tester.type("nobody")
        #expect(tester.text.contains("! unknown"))
        tester.press("down")
        tester.type("BREW")
        tester.press("down", "down", "down", "down")
        tester.type("10.0.0.300")
        tester.press("down")
        tester.type("tomorrow")
        for problem in ["! no method", "! no address", "! no time"] { #expect(tester.text.contains(problem)) }
    }

    @Test func `T takes a recorded request into the form, and Esc goes back to why`() throws {
        var tester = try ConsoleTester.withPolicy(screen: .traffic)
        tester.press("j", "j", "j", "w", "T")
        #expect(tester.row(1).contains("Try"))
        #expect(tester.cursorRow.contains("web-spa"))
        #expect(tester.text.contains("/v1/users/77"))
        #expect(tester.text.contains("403 forbidden  condition_failed:owner"))
        tester.press("tab", "tab", "tab")
        tester.type("77")
        #expect(tester.text.contains("● allowed"))
        tester.press("esc", "esc")
        #expect(tester.text.contains("why  GET /v1/users/77"))
        tester.press("esc")
        #expect(tester.row(1).contains("2 Traffic"))
    }

    @Test func `keys and pasted text are text in the fields, and commands after Esc`() throws {
        var tester = try Self.opened()
        tester.type("q?:1")
        tester.paste("x\u{1B}[2J\n")
        #expect(tester.effects.isEmpty)
        #expect(tester.row(1).contains("Try"))
        #expect(tester.cursorRow.contains("q?:1x"))
        tester.press("esc", "n")
        #expect(tester.text.contains("none: without credentials"))
        tester.press("esc", "1")
        #expect(tester.row(1).contains("1 Overview"))
    }

    @Test func `it takes no duty but to watch`() throws {
        var tester = try Self.opened(duties: [.watch], isReadOnly: true)
        tester.press("tab", "tab")
        tester.type("/v1/orders")
        #expect(tester.text.contains("401 unauthenticated"))
    }

    @Test(arguments: [(60, 16), (80, 24), (200, 60)])
    func `the cursor is where one types, on every size`(width: Int, height: Int) throws {
        var tester = try Self.opened(width, height)
        for field in ["client", "method", "path", "subject", "scopes", "address", "at", "roles", "acr", "claims"] {
            #expect(tester.cursorRow.contains(field))
            tester.press("tab")
        }
    }

    @Test func `hostile text stays inert`() throws {
        var tester = try Self.opened(80, 24)
        for _ in 0..<12 {
            tester.paste("a\u{1B}[2J\u{202E}\u{2066}%2e%2e/\u{7}")
            tester.press("down")
        }
        tester.press("up", "esc", "y", "pagedown")
        for scalar in tester.text.unicodeScalars where scalar != "\n" {
            #expect(scalar.properties.generalCategory != .control && scalar.properties.generalCategory != .format)
        }
    }
}
