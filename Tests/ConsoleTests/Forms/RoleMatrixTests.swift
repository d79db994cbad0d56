import Console
import Domain
import Terminal
import Testing

struct RoleMatrixTests {
    @Test func `signs say what roles may do, and what they have from others`() throws {
        let matrix = RoleMatrix(policy: try SamplePolicy.policy())
        #expect(
            picture(matrix, 60, 14) == """
                ─ roles 2 × routes 2 ─────────────────────────── unchanged ─
                         orders  user
                ▸ reader  ·       ~
                  writer  ·       ~






                ─ reader × GET,POST /orders ────────────────────────────────
                  no permission speaks of it

                  + allow  - deny  ~ partly  ( ) inherited  * changed
                """)
    }

    @Test func `enter goes round from none to allow to deny`() throws {
        let policy = try SamplePolicy.policy()
        var matrix = RoleMatrix(policy: policy)
        press(&matrix, "enter")
        #expect(try after(matrix) == ["allow GET /users/{id} if owner id = sub", "allow GET,POST /orders"])
        press(&matrix, "space")
        #expect(try after(matrix) == ["allow GET /users/{id} if owner id = sub", "deny GET,POST /orders"])
        #expect(picture(matrix, 60, 14).contains(" - *"))
        press(&matrix, "enter")
        #expect(matrix.edits.isEmpty && !matrix.hasChanges)
        #expect(press(&matrix, "ctrl-s") == .handled)
        #expect(picture(matrix, 60, 14).contains("nothing changed yet"))
    }

    @Test func `what an ancestor gives can be denied, not taken away`() throws {
        let parent = Role(
            name: try Name("a-parent"), permissions: [try PermissionText.permission("allow GET,POST /orders")])
        let child = Role(name: try Name("child"), parents: [parent.name])
        var policy = try SamplePolicy.policy()
        for role in policy.roles { policy[ItemKey(role.name)] = nil }
        policy.put(.role(parent))
        policy.put(.role(child))
        var matrix = RoleMatrix(policy: policy)
        #expect(picture(matrix, 60, 14).contains("child    (+)"))
        press(&matrix, "j", "enter")
        #expect(picture(matrix, 60, 14).contains("child     + *"))
        press(&matrix, "enter")
        #expect(picture(matrix, 60, 14).contains("child     - *"))
        #expect(press(&matrix, "ctrl-s") == .review(matrix.edits))
        #expect(matrix.edits.map(\.key) == [ItemKey(child.name)])
    }

    @Test func `several roles are one review`() throws {
        var matrix = RoleMatrix(policy: try SamplePolicy.policy())
        press(&matrix, "enter", "j", "enter")
        #expect(matrix.edits.map(\.key.name) == ["reader", "writer"])
        #expect(picture(matrix, 60, 14).contains("2 roles changed"))
    }

    @Test func `a role or a route is found by typing`() throws {
        var matrix = RoleMatrix(policy: try SamplePolicy.policy())
        #expect(picture(RoleMatrix(policy: try SamplePolicy.policy(), role: "writer"), 70, 14).contains("▸ writer"))
        press(&matrix, "f", "w", "r", "i", "enter", "f", "u", "s", "e", "enter")
        #expect(picture(matrix, 70, 14).contains("writer × GET,PUT,DELETE /users/{id}"))
        #expect(press(&matrix, "esc") == .leave)
    }

    @Test func `the names stay while a large matrix scrolls, at every size`() throws {
        var items: [PolicyItem] = []
        for index in 0..<1000 {
            items.append(
                .role(
                    Role(
                        name: try Name("role-\(index)"),
                        parents: index > 0 ? [try Name("role-\(index - 1)")] : [],
                        permissions: [try PermissionText.permission("allow GET /r\(index * 2)")])))
        }
        for index in 0..<2000 {
            items.append(
                .route(
                    Route(
                        name: try Name("route-\(index)"), pattern: try RoutePattern("/r\(index)"),
                        methods: [.init([.get])])))
        }
        var matrix = RoleMatrix(policy: Policy(items))
        press(&matrix, "G", "end")
        let text = picture(matrix, 80, 24)
        #expect(text.contains("▸ role-999") && text.contains("route-999"))
        for (width, height) in [(1, 1), (3, 2), (10, 4), (20, 6), (40, 9), (60, 16), (200, 60)] {
            var frame = Frame(size: Size(width: width, height: height), glyphs: .ascii)
            matrix.draw(into: &frame, in: frame.bounds)
            #expect(frame.rows.count == height)
        }
    }

    @Test func `an empty policy is an empty matrix`() {
        var matrix = RoleMatrix(policy: Policy())
        press(&matrix, "enter", "j", "l", "G", "end", "pagedown", "f", "x", "enter", "esc")
        #expect(picture(matrix, 60, 10).contains("there are no roles yet"))
        #expect(matrix.edits.isEmpty)
    }

    // MARK: - Steps

    @discardableResult
    private func press(_ matrix: inout RoleMatrix, _ names: String...) -> RoleMatrix.Outcome {
        var outcome = RoleMatrix.Outcome.ignored
        for name in names {
            guard let key = Key(name) else { preconditionFailure("no key is called \(name)") }
            outcome = matrix.handle(key)
        }
        return outcome
    }

    private func picture(_ matrix: RoleMatrix, _ width: Int, _ height: Int) -> String {
        var frame = Frame(size: Size(width: width, height: height))
        matrix.draw(into: &frame, in: frame.bounds)
        return frame.text
    }

    private func after(_ matrix: RoleMatrix) throws -> [String] {
        guard case .role(let role)? = matrix.edits.first?.after else { return [] }
        return role.permissions.map(PermissionText.text)
    }
}

extension RoleMatrix {
    init(policy: Policy, role: String? = nil) { self.init(roles: policy.roles, routes: policy.routes, role: role) }
}
