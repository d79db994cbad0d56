import Domain
import Testing

struct DocumentProblemTests {
    /// Kind, JSON, and every line of what is wrong with it.
    private static let wrong: [(ItemKind, String, [String])] = [
        (
            .client, "[]",
            ["must hold “field: value” lines; fields: owner, status, tier, roles, scopes, created, expires, note"]
        ),
        (.client, #"{"rolls":["a"]}"#, ["rolls: there is no such field; did you mean “roles”?"]),
        (.client, #"{"roles":["a","a b","a"],"tier":7.5}"#, []),
        (
            .client, #"{"roles":["a","a b","a"],"tier":""}"#,
            [
                "tier: a name can't be empty",
                "roles[1]: a name can't hold U+0020; use letters, digits, and . _ - :",
                "roles[2]: stands here twice; take one out",
            ]
        ),
        (.client, #"{"owner":null}"#, ["owner: has no value; give one, or leave the field out"]),
        (.client, #"{"owner":["x"]}"#, ["owner: must be one value"]),
        (.client, #"{"status":"activ"}"#, ["status: there is no “activ”; did you mean “active”?"]),
        (
            .client, #"{"expires":"12:30"}"#,
            ["expires: “12:30” is no time; a time like 2026-11-20 or 2026-11-20T08:00Z"]
        ),
        (
            .client, #"{"expires":"now"}"#,
            ["expires: “now” is no time; a time like 2026-11-20 or 2026-11-20T08:00Z"]
        ),
        (
            .operator, "{}",
            [
                "user_id: is missing; give the number that `id -u` prints",
                "duties: is missing; give a list of watch, edit, revoke, approve",
            ]
        ),
        (.operator, #"{"user_id":-1,"duties":["watch"]}"#, ["user_id: -1 is no user id"]),
        (.operator, #"{"user_id":4294967295,"duties":["watch"]}"#, ["user_id: 4294967295 is no user id"]),
        (.operator, #"{"user_id":"x","duties":["watch"]}"#, ["user_id: “x” is no whole number"]),
        (
            .operator, #"{"user_id":1,"duties":["sleep"]}"#,
            ["duties[0]: there is no “sleep”; there are: watch, edit, revoke, approve"]
        ),
        (
            .route, #"{"path":"users","methods":["get"]}"#,
            [
                "path: “users”: a pattern begins with / (or is * for every path)",
                "methods[0]: there is no “get”; did you mean “GET”?",
            ]
        ),
        (
            .role, #"{"permissions":[{"path":"/a"},{"allow":["GET"]},{"allow":[],"deny":[],"path":"/"},"x"]}"#,
            [
                "permissions[0]: says neither allow nor deny; write “allow: [GET]”, with the methods",
                "permissions[1].path: is missing; give a path like /users/{id} or /public/*, or * for every path",
                "permissions[2]: says both allow and deny; make two permissions of it",
                "permissions[3]: must hold “field: value” lines; fields: allow, deny, path, conditions",
            ]
        ),
        (
            .role,
            #"{"permissions":[{"allow":"all","path":"/a","conditions":[{"networks":["10.0.0.1/8"]},{},"#
                + #"{"mtls":false},{"owner":{"variable":"id"}},{"time":{"from":"9:00","to":"17:00","days":["mo"]}},"#
                + #"{"token_age":"5"},{"acr":"a","mtls":true},{"nets":[]}]}]}"#,
            [
                "permissions[0].conditions[0].networks[0]: “10.0.0.1/8” is no network; write it like 10.0.0.0/8, "
                    + "without bits beyond the prefix",
                "permissions[0].conditions[1]: holds no condition; give one of networks, time, owner, classification, "
                    + "mtls, acr, token_age, header",
                "permissions[0].conditions[2].mtls: can only be true; leave the condition out",
                "permissions[0].conditions[3].owner.claim: is missing; give a claim of the token, as in sub",
                "permissions[0].conditions[4].time.from: “9:00” is no time of day; write it like \"09:00\", in quotes",
                "permissions[0].conditions[4].time.days[0]: there is no “mo”; did you mean “mon”?",
                "permissions[0].conditions[4].time.zone: is missing; give a time zone like Europe/Berlin, or UTC",
                "permissions[0].conditions[5].token_age: “5” is no time span; write it like 90s, 10m, 1h or 30d",
                "permissions[0].conditions[6]: holds several conditions; make a list of them, each with its own “-”",
                "permissions[0].conditions[7].nets: there is no such field; there are: networks, time, owner, "
                    + "classification, mtls, acr, token_age, header",
                "permissions[0].conditions[7]: holds no condition; give one of networks, time, owner, classification, "
                    + "mtls, acr, token_age, header",
            ]
        ),
        (
            .quota, #"{"tier":"t","client":"c","key":"ip","window":"1h","limit":"many"}"#,
            [
                "names both a tier and a client; make two quotas of it",
                "key: there is no “ip”; there are: client, subject, address, client-route",
                "window: “1h” is no window; write “rate 1m”, “rolling 1h” or “calendar day Europe/Berlin”",
                "limit: “many” is no whole number",
            ]
        ),
        (
            .quota, #"{"adaptive":{"percent":1}}"#,
            [
                "key: is missing; give one of client, subject, address, client-route",
                "window: is missing; give “rate 1m”, “rolling 1h” or “calendar day Europe/Berlin”",
                "limit: is missing; give a whole number",
                "names neither a tier nor a client; say whom it limits",
                "adaptive.floor: is missing; give a whole number",
                "adaptive.ceiling: is missing; give a whole number",
            ]
        ),
        (
            .settings, #"{"approvals":["deny_removed"],"break_glass":"1500ms","note":""}"#,
            [
                "note: there is no such field; there are: anonymous_roles, anonymous_tier, default_tier, "
                    + "authentication_levels, approvals, break_glass, issuer, audience, token_lifetime",
                "approvals[0]: there is no “deny_removed”; did you mean “deny-removed”?",
                "break_glass: “1500ms” is no time span; write it like 90s, 10m, 1h or 30d",
            ]
        ),
    ]

    @Test(arguments: wrong.indices)
    func `everything that is wrong in an item is told with its field and what to do`(index: Int) throws {
        let (kind, json, expected) = Self.wrong[index]
        guard !expected.isEmpty else {
            #expect(throws: JSONError.self) { try PolicyItem(kind, named: "x", json: json.utf8) }
            return
        }
        let problems = #expect(throws: TreeProblems.self) { try PolicyItem(kind, named: "x", json: json.utf8) }
        #expect(problems?.problems.map(\.description) == expected)
    }

    @Test(arguments: [
        ("", "a name can't be empty"), ("a\u{202e}b", "a name can't hold U+202E; use letters, digits, and . _ - :"),
        ("\u{1b}[31m", "a name can't begin with U+001B; begin with a letter or a digit"),
        ("раypal", "a name can't begin with U+0440; begin with a letter or a digit"),
        (String(repeating: "x", count: 10_000), "a name of 10000 bytes is too long; at most 64"),
    ])
    func `hostile names are refused, and told without their bytes`(name: String, message: String) {
        let problems = #expect(throws: TreeProblems.self) {
            try PolicyItem(.client, named: name, tree: .map([]))
        }
        #expect(problems?.description == message)
    }

    @Test func `hostile field names can't write to the terminal`() {
        let problems = #expect(throws: TreeProblems.self) {
            try PolicyItem(.client, named: "x", tree: .map([.init("a\u{1b}[2J\u{202e}", .text("x"))]))
        }
        #expect(
            problems?.problems.first?.description.hasPrefix("a\\u001b[2J\\u202e: there is no such field") == true)
    }
}
