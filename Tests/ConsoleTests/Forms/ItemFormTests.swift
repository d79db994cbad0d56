import Console
import Domain
import Terminal
import Testing

struct ItemFormTests {
    @Test func `a client's quota is raised by typing the new number`() throws {
        var tester = FormTester(.quota, "acme-hourly", policy: try SamplePolicy.policy())
        #expect(tester.form.focusedField == "limit")
        #expect(tester.cursorRow.contains("1000/h burst 50"))
        tester.type("2000")
        tester.press("ctrl-s")
        guard case .quota(let after)? = tester.reviewed?.after, case .quota(let before)? = tester.reviewed?.before
        else {
            Issue.record("no review: \(tester.text)")
            return
        }
        #expect(after.limit == 2000 && after.burst == 50 && after.window == before.window)
        #expect(before.limit == 1000)
    }

    @Test func `a quota's form looks like this`() throws {
        let tester = FormTester(.quota, "acme-hourly", policy: try SamplePolicy.policy(), 78, 15)
        #expect(
            tester.text == """
                ─ edit quota acme-hourly ───────────────────────────────────────── unchanged ─
                  holder              client acme
                ▸ limit               1000/h burst 50
                  key                 client
                  path
                  adaptive
                  on counter failure  refuse
                  note




                ─ limit ──────────────────────────────────────────────── nothing changed yet ─
                  how much in which time; 1000/h burst 50, 5000 per rolling 24h or 10000
                  per calendar day Europe/Berlin
                """)
    }

    @Test func `a new client is typed from the top, and reviewed`() throws {
        var tester = FormTester(.client, policy: try SamplePolicy.policy())
        tester.type("svc-mail")
        tester.press("tab")
        tester.type("mail team")
        tester.press("tab", "tab")
        tester.type("gold")
        #expect(tester.text.contains("gold-plus"))
        // The whole word is there already, so Tab goes on.
        tester.press("tab")
        tester.type("wri")
        tester.press("tab", "tab", "tab", "ctrl-s")
        let client = Client(
            name: try Name("svc-mail"), owner: "mail team", tier: try Name("gold"), roles: [try Name("writer")])
        let edit = PolicyEdit(key: ItemKey(client.name), before: nil, after: .client(client))
        #expect(tester.reviewed == edit)
    }

    @Test func `what is wrong is told calmly while it is typed, and aloud when it is left`() throws {
        var tester = FormTester(.client, "acme", policy: try SamplePolicy.policy())
        tester.press("tab")
        #expect(tester.form.focusedField == "status")
        tester.type("actve")
        #expect(tester.text.contains("! there is no “actve”; did you mean “active”?"))
        #expect(tester.text.contains("not complete yet") && !tester.text.contains("1 error"))
        tester.press("tab")
        #expect(tester.text.contains("1 error"))
        tester.press("ctrl-s")
        #expect(tester.outcome == .handled)
        #expect(tester.form.focusedField == "status")
    }

    @Test func `review asks for what is missing, and goes there`() throws {
        var tester = FormTester(.route, policy: try SamplePolicy.policy())
        #expect(!tester.text.contains("error"))
        tester.type("r")
        tester.press("ctrl-s")
        #expect(tester.form.focusedField == "path")
        #expect(tester.text.contains("2 errors"))
        #expect(tester.text.contains("! is missing; give a path like /users/{id}"))
    }

    @Test func `nothing changed is nothing to review`() throws {
        var tester = FormTester(.client, "acme", policy: try SamplePolicy.policy())
        tester.press("ctrl-s")
        #expect(tester.outcome == .handled)
        #expect(tester.text.contains("nothing changed yet"))
        #expect(!tester.form.hasChanges)
        tester.press("esc")
        #expect(tester.outcome == .leave)
    }

    @Test func `permissions are edited line by line`() throws {
        var tester = FormTester(.role, "writer", policy: try SamplePolicy.policy())
        while tester.form.focusedField != "permissions" { tester.press("tab") }
        tester.press("alt-down")
        #expect(tester.form.draft["permissions"] == "deny DELETE *\nallow PUT /users/{id}")
        tester.press("tab")
        tester.type("allow POST /ord")
        tester.press("tab")
        #expect(
            tester.form.draft["permissions"] == "deny DELETE *\nallow PUT /users/{id}\nallow POST /orders")
        tester.press("up", "up", "ctrl-d")
        #expect(tester.form.draft["permissions"] == "allow PUT /users/{id}\nallow POST /orders")
        tester.press("ctrl-s")
        guard case .role(let role)? = tester.reviewed?.after else {
            Issue.record("no review: \(tester.text)")
            return
        }
        #expect(role.permissions.map(PermissionText.text) == ["allow PUT /users/{id}", "allow POST /orders"])
    }

    @Test func `pasted lines become permissions`() throws {
        var tester = FormTester(.role, "reader", policy: try SamplePolicy.policy())
        while tester.cursorRow.contains("type a new one") == false { tester.press("tab") }
        tester.paste("allow GET /a\r\nallow GET /b\n")
        #expect(
            tester.form.draft["permissions"]
                == "allow GET /users/{id} if owner id = sub\nallow GET /a\nallow GET /b")
    }

    @Test func `a role shows what it has from whom`() throws {
        let tester = FormTester(.role, "writer", policy: try SamplePolicy.policy())
        #expect(tester.text.contains("effective permissions: 3"))
        #expect(tester.text.contains("+ allow PUT /users/{id}"))
        #expect(tester.text.contains("- deny DELETE *"))
        #expect(tester.text.contains("+ allow GET /users/{id} if owner id = sub"))
        #expect(tester.text.contains("from reader"))
    }

    @Test func `what the whole policy has against it stands at its field`() throws {
        var tester = FormTester(.client, "acme", policy: try SamplePolicy.policy())
        let key = ItemKey(try Name<Client>("acme"))
        tester.tell([
            PolicyProblem(key, field: "roles[0]", problem: "there is no role “reader”", advice: "make one"),
            PolicyProblem(
                ItemKey(try Name<Client>("other")), field: "tier", problem: "there is no tier “x”", advice: "make it"),
        ])
        let rows = tester.frame().rows
        guard let row = rows.firstIndex(where: { $0.contains("! there is no role “reader”; make one") }) else {
            Issue.record("not shown: \(tester.text)")
            return
        }
        #expect(rows[row - 1].contains("roles"))
        #expect(tester.text.contains("1 error"))
        while tester.form.focusedField != "roles" { tester.press("tab") }
        tester.type(", writer")
        #expect(!tester.text.contains("there is no role"))
    }

    @Test func `what is wrong elsewhere is told at the bottom, cut to what fits`() throws {
        var tester = FormTester(.role, "reader", policy: try SamplePolicy.policy(), 60, 16)
        tester.tell([
            PolicyProblem(
                ItemKey(try Name<Role>("writer")), field: "parents", problem: "is its own ancestor: reader → writer",
                advice: "take one of these parents out")
        ])
        #expect(tester.text.contains("role/writer parents: is its own ancestor"))
    }

    @Test func `a name that is taken is told, and not reviewed`() throws {
        var tester = FormTester(.tier, policy: try SamplePolicy.policy())
        tester.type("gold")
        #expect(tester.text.contains("! there is a tier of that name; choose another"))
        tester.press("ctrl-s")
        #expect(tester.outcome == .handled && tester.text.contains("1 error"))
        tester.type("en")
        tester.press("ctrl-s")
        #expect(tester.reviewed?.key == ItemKey(try Name<Tier>("golden")))
    }

    @Test func `every command of a form and of the matrix has keys of its own`() {
        #expect(FormCommand.keymap.problems.isEmpty)
        #expect(MatrixCommand.keymap.problems.isEmpty)
    }

    @Test func `keys that mean nothing to a form are the caller's`() throws {
        var tester = FormTester(.client, "acme", policy: try SamplePolicy.policy())
        tester.press("f1")
        #expect(tester.outcome == .ignored)
        tester.press("ctrl-q")
        #expect(tester.outcome == .ignored)
        tester.press("q")
        #expect(tester.outcome == .handled && tester.form.draft["owner"].hasSuffix("q"))
    }
}
