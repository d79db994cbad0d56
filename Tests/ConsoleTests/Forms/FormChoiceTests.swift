import Console
import Domain
import Terminal
import Testing

struct FormChoiceTests {
    @Test func `several roles are marked in a picker`() throws {
        var tester = FormTester(.client, "acme", policy: try SamplePolicy.policy())
        tester.press("tab", "tab", "tab")
        #expect(tester.form.focusedField == "roles")
        tester.press("enter")
        #expect(tester.text.contains("[x] reader") && tester.text.contains("[ ] writer"))
        tester.type("wr")
        tester.press("space", "enter")
        #expect(tester.form.draft["roles"] == "reader, writer")
        tester.press("backtab", "enter", "space", "enter")
        #expect(tester.form.draft["roles"] == "writer")
    }

    @Test func `a tier is found by typing in the picker`() throws {
        var tester = FormTester(.client, "acme", policy: try SamplePolicy.policy())
        tester.press("tab", "tab", "enter")
        #expect(tester.text.contains("who pays"))
        tester.type("fre")
        tester.press("enter")
        #expect(tester.form.draft["tier"] == "free")
        tester.press("backtab", "enter", "esc")
        #expect(tester.form.draft["tier"] == "free" && tester.outcome == .handled)
    }

    @Test func `what is pasted while one chooses is searched for`() throws {
        var tester = FormTester(.client, "acme", policy: try SamplePolicy.policy())
        tester.press("tab", "tab", "enter")
        tester.paste("fre")
        #expect(!tester.text.contains("who pays"))
        tester.press("enter")
        #expect(tester.form.draft["tier"] == "free")
    }

    @Test(arguments: [
        ("al", "allow"), ("allow GET,P", "POST"), ("allow GET /or", "/orders"), ("allow GET /x i", "if"),
        ("allow GET /users/{id} if ow", "owner"), ("allow GET /users/{id} if owner i", "id"),
        ("allow GET /x if mtls, up to c", "confidential"), ("allow GET /x if mtls, time m", "mon-fri"),
    ])
    func `a permission is completed word by word`(typed: String, offered: String) throws {
        var tester = FormTester(.role, policy: try SamplePolicy.policy())
        while tester.form.focusedField != "permissions" { tester.press("tab") }
        tester.type(typed)
        tester.press("tab")
        #expect(tester.form.draft["permissions"].hasSuffix(offered))
        #expect(tester.form.focusedField == "permissions")
    }

    @Test func `completions are walked with the arrows, and closed with Escape`() throws {
        var tester = FormTester(.quota, policy: try SamplePolicy.policy())
        tester.press("tab")
        tester.type("tier g")
        #expect(tester.frame(.ascii).text.contains("gold-plus"))
        tester.press("down", "down", "enter")
        #expect(tester.form.draft["holder"] == "tier gold-plus")
        tester.press("backspace")
        #expect(tester.text.contains(" gold-plus"))
        tester.press("esc")
        #expect(tester.outcome == .handled)
        tester.press("esc")
        #expect(tester.outcome == .leave)
    }
}
