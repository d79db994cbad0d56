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

    @Test func `a name that the policy doesn't have is told at its field, and nothing is reviewed with it`() throws {
        var tester = FormTester(.client, "acme", policy: try SamplePolicy.policy())
        while tester.form.focusedField != "roles" { tester.press("tab") }
        tester.type(", nope")
        #expect(!tester.text.contains("1 error"))
        tester.press("tab")
        #expect(tester.text.contains("! there is no role nope; create it, or name one that exists"))
        #expect(tester.text.contains("1 error"))
        tester.press("ctrl-s")
        #expect(tester.reviewed == nil && tester.form.focusedField == "roles")
        // Others made it meanwhile.
        tester.policy.put(.role(Role(name: try Name("nope"))))
        tester.press("ctrl-s")
        #expect(!tester.text.contains("there is no role"))
        guard case .client(let client)? = tester.reviewed?.after else {
            Issue.record("no review: \(tester.text)")
            return
        }
        #expect(client.roles.map(\.text) == ["reader", "nope"])
    }

    @Test(arguments: [("tier gone", "there is no tier gone"), ("client acme", nil)])
    func `a quota's holder has to be there`(holder: String, problem: String?) throws {
        var tester = FormTester(.quota, policy: try SamplePolicy.policy())
        tester.type("new")
        while tester.form.focusedField != "holder" { tester.press("tab") }
        tester.type(holder)
        tester.press("esc", "tab")
        #expect(tester.text.contains("there is no") == (problem != nil))
        if let problem { #expect(tester.text.contains(problem)) }
    }
}
