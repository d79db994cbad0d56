import Domain
import TestSupport
import Testing

@testable import gatehouse

struct PolicyFileProblemTests {
    /// A file, and every line of what is wrong with it.
    private static let wrong: [(String, [String])] = [
        ("roles: [", ["p.yaml:2:1: is no YAML: while parsing a flow node did not find expected node content"]),
        ("a: b: c", ["p.yaml:1:5: is no YAML: mapping values are not allowed in this context"]),
        (
            "\troles: {}",
            ["p.yaml:1:1: is no YAML: while scanning for the next token found character that cannot start any token"]
        ),
        ("just a text", ["p.yaml:1:1: must hold “field: value” lines; fields: \(sections)"]),
        ("- a", ["p.yaml:1:1: must hold “field: value” lines; fields: \(sections)"]),
        ("rolls: {}", ["p.yaml:1:1: rolls: there is no such field; did you mean “roles”?"]),
        (
            "roles:\n",
            ["p.yaml:1:7: roles: is empty; write {} to remove all roles, or leave it out to keep what there is"]
        ),
        (
            "settings:",
            [
                "p.yaml:1:10: settings: is empty; write {} to go back to what holds at first, "
                    + "or leave it out to keep what there is"
            ]
        ),
        ("roles: {}\nroles: {}", ["p.yaml:1:1: roles: is given twice"]),
        ("clients:\n  a: {}\n  b: {}\n  a: {}", ["p.yaml:2:3: a: is given twice"]),
        ("scopes: {}\n---\nscopes: {}", ["p.yaml:2:1: holds a second document; a policy is one, without ---"]),
        (
            "clients: [acme]",
            ["p.yaml:1:10: clients: must hold “name:” lines, each with the fields of a client below it"]
        ),
        (
            "roles:\n  user:\n    permissions:\n      - allow: [GET]\n        path: *",
            [
                "p.yaml:5:16: is no YAML: while scanning an alias did not find expected alphabetic or numeric "
                    + "character; a * at the beginning needs quotes: \"*\""
            ]
        ),
        ("a: &x 1\nb: *x", ["p.yaml:2:4: \(YAMLGuard.aliasMessage)"]),
        ("clients: &all\n  a: {}", ["p.yaml:1:10: \(YAMLGuard.aliasMessage)"]),
        (
            "clients: {a: {note: *x}}",
            ["p.yaml:1:21: is no YAML: found undefined alias; a * at the beginning needs quotes: \"*\""]
        ),
        (
            "clients:\n  a: {note: !secret x}",
            ["p.yaml:2:13: has the tag “!secret”; policies have no tags, take it out"]
        ),
        (
            "clients: !!set {a: {}}",
            ["p.yaml:1:10: has the tag “tag:yaml.org,2002:set”; policies have no tags, take it out"]
        ),
        ("clients:\n  ? [a, b]\n  : {}", ["p.yaml:2:5: a name must be a plain text"]),
        (
            "clients:\n  <<: {}",
            ["p.yaml:2:3: clients.<<: a name can't begin with “<”; begin with a letter or a digit"]
        ),
        (
            "roles:\n  user:\n    permissions:\n      - allow: [GET]\n        path: /a\n      - allow: [GTE]\n        path: a\n"
                + "        conditions:\n          - networks: [10.0.0.1/8]\n          - time: {from: 9, to: \"17:00\", zone: UTC}\n"
                + "clients:\n  \"a\\e[31m\": {rols: [x]}\n",
            [
                "p.yaml:6:17: roles.user.permissions[1].allow[0]: there is no “GTE”; did you mean “GET”?",
                "p.yaml:7:15: roles.user.permissions[1].path: “a”: a pattern begins with / (or is * for every path)",
                "p.yaml:9:24: roles.user.permissions[1].conditions[0].networks[0]: “10.0.0.1/8” is no network; write it "
                    + "like 10.0.0.0/8, without bits beyond the prefix",
                "p.yaml:10:26: roles.user.permissions[1].conditions[1].time.from: “9” is no time of day; write it like "
                    + "\"09:00\", in quotes",
                "p.yaml:12:3: clients.a\\u001b[31m: a name can't hold U+001B; use letters, digits, and . _ - :",
                "p.yaml:12:15: clients.a\\u001b[31m.rols: there is no such field; did you mean “roles”?",
            ]
        ),
        (
            "operators:\n  maria:\n    duties: watch\nroutes:\n  r: {methods: all}\n",
            [
                "p.yaml:3:5: operators.maria.user_id: is missing; give the number that `id -u` prints",
                "p.yaml:5:6: routes.r.path: is missing; give a path like /users/{id} or /public/*, or * for every path",
            ]
        ),
    ]

    private static let sections = "based_on, settings, scopes, tiers, quotas, roles, routes, clients, operators"

    @Test(arguments: wrong.indices)
    func `everything that is wrong in a file is told with line, column and field`(index: Int) {
        let (text, expected) = Self.wrong[index]
        #expect(problems(Array(text.utf8)) == expected)
    }

    @Test(arguments: ["for the R &D team\nb: read *this* first", "\"&x\" # all of *it*", "a & b\nb: c * d"])
    func `what only looks like an anchor is text`(text: String) {
        #expect(YAMLGuard.alias(in: Array("a: \(text)\n".utf8)) == nil)
        let file = "scopes:\n  read:\n    note: for the R &D team\n  write:\n    note: read *this* first # and *that*\n"
        #expect(problems(Array(file.utf8)) == [])
    }

    @Test func `what is no text, or too much of it, is refused`() {
        #expect(problems([0x61, 0xff]) == ["p.yaml: is not UTF-8 text"])
        #expect(problems(Array("a\u{0}b".utf8)) == ["p.yaml: is no YAML: control characters are not allowed"])
        let large = [UInt8](repeating: UInt8(ascii: "#"), count: PolicyFile.sizeLimit + 1)
        #expect(problems(large) == ["p.yaml: is larger than 100 MB"])
    }

    @Test(arguments: [
        "a: " + String(repeating: "[", count: 100_000), String(repeating: "- ", count: 100_000),
        String(repeating: "? ", count: 100_000),
        (0..<2000).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
        "scopes: " + String(repeating: "{a: ", count: 60) + "1" + String(repeating: "}", count: 60),
    ])
    func `what is nested too deeply is refused, and overflows no stack`(text: String) {
        let problems = problems(Array(text.utf8))
        #expect(problems.count == 1 && problems[0].contains("deep"), "\(problems)")
    }

    @Test func `a file that unfolds to billions is refused before it does`() {
        var text = "a: &a0 [x, x]\n"
        for level in 1...60 { text += "b\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
        let time = processorTime {
            #expect(problems(Array(text.utf8)) == ["p.yaml:2:10: \(YAMLGuard.aliasMessage)"])
            #expect(problems(Array((text + "? *a60\n: 1\n").utf8)) == ["p.yaml:2:10: \(YAMLGuard.aliasMessage)"])
        }
        #expect(time < .seconds(2))
    }

    @Test func `a star or an ampersand in a text or a comment is no alias`() {
        let text = "# *all* of them & more\nscopes: {a: {note: R&D}}  # see *this*\n"
        #expect(problems(Array(text.utf8)) == [])
    }

    private func problems(_ bytes: [UInt8]) -> [String] {
        do {
            let file = try PolicyFile(name: "p.yaml", bytes: bytes)
            do {
                _ = try PolicyDocument(file.tree)
                return []
            } catch {
                return file.problems(error).problems.map(\.description)
            }
        } catch {
            return [error.description]
        }
    }
}
