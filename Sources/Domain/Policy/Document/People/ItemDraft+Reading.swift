extension ItemDraft {
    /// Builds the tree that a file would have and reads that; there is one reader of items. Permissions were read
    /// line by line.
    func reading() -> (item: PolicyItem?, problems: [TreeProblem]) {
        var problems: [TreeProblem] = []
        var members: [PolicyTree.Member] = []
        // Of each list the lines that its elements stand on, for empty lines are none.
        var lines: [String: [Int]] = [:]
        for field in fields {
            switch field.content {
            case .line(let text):
                do throws(LineProblem) {
                    if field.isRequired, field.isBlank, field.id != Self.nameID {
                        throw LineProblem(column: 1, "is missing; give \(field.form)")
                    }
                    members += try field.shape.members(field, line: text, former: original)
                } catch {
                    problems.append(TreeProblem(field: field.id, place: error.place, message: error.description))
                }
            case .lines where field.shape == .permissions:
                for (index, reading) in permissionLines.readings.enumerated() {
                    guard case .problem(let problem) = reading else { continue }
                    problems.append(
                        TreeProblem(
                            field: "\(field.id)[\(index)]", place: problem.place, message: problem.description))
                }
            case .lines(let texts):
                let filled = texts.indices.filter { !Self.isBlank(texts[$0]) }
                lines[field.id] = filled
                if !filled.isEmpty { members.append(.init(field.id, .list(filled.map { .text(texts[$0]) }))) }
            }
        }
        var name = self.name
        if let problem = nameProblem {
            problems.insert(problem, at: 0)
            name = "unnamed"
        }
        do throws(TreeProblems) {
            var item = try PolicyItem(kind, named: name, tree: .map(members))
            if case .role(var role) = item {
                role.permissions = permissionLines.permissions
                item = .role(role)
            }
            return problems.isEmpty ? (item, []) : (nil, problems)
        } catch {
            for problem in error.problems {
                guard let shown = shown(problem, lines: lines) else { continue }
                // What couldn't be read at all isn't missing too.
                if !problems.contains(where: { $0.field == shown.field }) { problems.append(shown) }
            }
            return (nil, problems)
        }
    }

    /// The problem beside the field of the form; nil where another problem explains it.
    private func shown(_ problem: TreeProblem, lines: [String: [Int]]) -> TreeProblem? {
        let place = FieldPlace(problem.field)
        let id = Self.formField(of: place.field, kind)
        guard fields.contains(where: { $0.id == id }) else { return nil }
        var message = problem.message
        if let column = problem.place?.column, id != Self.nameID, fields.first(where: { $0.id == id })?.shape != .word {
            message = "column \(column): \(message)"
        }
        var field = id
        if let index = place.index, let line = lines[id].flatMap({ $0.indices.contains(index) ? $0[index] : nil }) {
            field = "\(id)[\(line)]"
        }
        return TreeProblem(field: field, place: problem.place, message: message)
    }

    /// The field of the form that shows a field of files.
    package static func formField(of field: String, _ kind: ItemKind) -> String {
        guard kind == .quota else { return field }
        switch field {
        case "window", "burst": return "limit"
        case "tier", "client", "": return "holder"
        default: return field
        }
    }

    private var nameProblem: TreeProblem? {
        guard original == nil else { return nil }
        let name = self.name
        func check<Thing: NamedThing>(_: Thing.Type) -> String? {
            do throws(NameError) {
                _ = try Name<Thing>(name)
                return nil
            } catch {
                return error == .empty ? "is missing; give it a name" : error.description
            }
        }
        let message: String? =
            switch kind {
            case .settings: nil
            case .scope: check(Scope.self)
            case .role: check(Role.self)
            case .route: check(Route.self)
            case .tier: check(Tier.self)
            case .quota: check(Quota.self)
            case .client: check(Client.self)
            case .operator: check(Operator.self)
            }
        return message.map { TreeProblem(field: Self.nameID, place: nil, message: $0) }
    }

    private static func isBlank(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy(\.properties.isWhitespace)
    }
}

extension LineProblem {
    fileprivate var place: PolicyTree.Place { .init(line: 1, column: column) }
}

/// The beginning of a problem's field, as `permissions` and 2 of `permissions[2].allow`.
package struct FieldPlace: Hashable, Sendable {
    package let field: String
    package let index: Int?

    package init(_ path: String) {
        let head = path.prefix { $0 != "." && $0 != "[" }
        field = String(head)
        let rest = path.dropFirst(head.count)
        guard rest.first == "[", let end = rest.firstIndex(of: "]") else {
            index = nil
            return
        }
        index = Int(rest[rest.index(after: rest.startIndex)..<end])
    }
}
