extension DecisionExplainer {
    /// The roles that the caller has by name of the policy.
    var callerRoles: [Name<Role>] {
        switch request.caller {
        case .anonymous: snapshot.policy.settings.anonymousRoles
        case .refused: []
        case .client(let index, _), .token(let index, _): snapshot.client(index).roles
        }
    }

    /// The rules of some roles and their ancestors, in order.
    func rules(of roles: [Name<Role>]) -> [RuleIndex] {
        rules(of: roles.map(\.text))
    }

    /// The same of roles that a token names.
    func rules(of roles: [String]) -> [RuleIndex] {
        snapshot.roleTable.members(of: roles).map { Int($0) }.flatMap { role in
            (snapshot.ruleTable.firstRules[role]..<snapshot.ruleTable.firstRules[role + 1]).map { RuleIndex(Int($0)) }
        }
    }

    var permissionNotes: [String] {
        var notes = notes(
            on: callerRoles, whose: client == nil ? "requests without credentials have" : "the client has")
        if let roles = token?.roles {
            let known = roles.compactMap { snapshot.roleTable.numbers[$0] }.map { snapshot.roleTable.names[Int($0)] }
            notes += self.notes(on: known, whose: "the token's subject has")
            for name in roles where snapshot.roleTable.numbers[name] == nil {
                notes.append("the token names the role \(SafeText.quoted(name)), which doesn't exist")
            }
        }
        guard notes.count > Self.mostNotes else { return notes }
        return notes.prefix(Self.mostNotes) + ["and \(notes.count - Self.mostNotes) more"]
    }

    private func notes(on roles: [Name<Role>], whose: String) -> [String] {
        let names = roles.map(\.text).joined(separator: ", ")
        var notes = [
            "\(whose) \(roles.isEmpty ? "no role" : roles.count == 1 ? "the role \(names)" : "the roles \(names)")"
        ]
        let matching = rules(of: roles).filter { path.matches(snapshot.rule($0).permission.pattern) }
        for index in matching {
            let rule = snapshot.rule(index)
            guard let method = request.method, rule.permission.methods.contains(method) else {
                notes.append("\(Self.words(rule)): not for this method")
                continue
            }
            let failing = conditions(that: index)
            notes.append("\(Self.words(rule)): \(failing.isEmpty ? "holds" : failing.joined(separator: "; "))")
        }
        if matching.isEmpty, !roles.isEmpty { notes.append("none of their permissions is about this path") }
        return notes
    }

    /// As in `role user, permission 1: allow GET on /users/{id}`.
    static func words(_ rule: Rule) -> String {
        "role \(rule.role), permission \(rule.position + 1): \(rule.permission.effect.name) \(rule.permission.words)"
    }

    /// What is to be said of each condition of a rule that doesn't hold.
    func conditions(that index: RuleIndex) -> [String] {
        var table = PathTable()
        guard table.read(request.target.span, literals: snapshot.literals) == nil else { return [] }
        let permission = snapshot.rule(index).permission
        let first = Int(snapshot.ruleTable.conditionBounds[Int(index.number)])
        var notes: [String] = []
        for (offset, condition) in permission.conditions.enumerated() {
            let verdict = snapshot.verdict(
                of: snapshot.ruleTable.conditions.tests[first + offset], request, &table,
                route?.classification ?? .restricted)
            switch verdict {
            case .holds: continue
            case .fails: notes.append("\(condition.words) doesn't hold\(found(condition))")
            case .unknown: notes.append("\(condition.words) can't be told\(found(condition))")
            }
        }
        return notes
    }

    /// What the request has where a condition looks.
    private func found(_ condition: Condition) -> String {
        switch condition {
        case .network: request.address.map { " (from \($0))" } ?? " (the address isn't known)"
        case .time: " (at \(TimeText.shortRFC3339(request.time)))"
        case .owner(_, let claim):
            switch claim {
            case "sub": " (sub is \(SafeText.quoted(token?.subject ?? "")))"
            case "iss": " (iss is \(SafeText.quoted(token?.issuer ?? "")))"
            case "client_id": client.map { " (the client is \($0.name))" } ?? ""
            default:
                " (\(SafeText.cut(claim)) is \(token?.claims.filter { $0.name == claim }.map { SafeText.quoted($0.value) }.joined(separator: ", ") ?? ""))"
            }
        case .classification: route.map { " (the route is \($0.classification.name))" } ?? ""
        case .mutualTLS: ""
        case .authenticationLevel: " (acr is \(SafeText.quoted(token?.authenticationLevel ?? "")))"
        case .tokenAge: token?.issued.map { " (issued at \(TimeText.shortRFC3339($0)))" } ?? ""
        case .header(let name, _):
            " (it is \(request.headers.filter { $0.name == name }.map { SafeText.quoted($0.value) }.joined(separator: ", ")))"
        }
    }
}

extension Condition {
    /// As in `address in 10.0.0.0/8`.
    package var words: String {
        switch self {
        case .network(let networks): "address in \(networks.map(\.description).joined(separator: ", "))"
        case .time(let window):
            "time \(Self.clock(window.start))–\(Self.clock(window.end)) \(window.days.sorted().map(\.name).joined(separator: ",")) \(window.zone)"
        case .owner(let variable, let claim): "{\(variable)} is \(claim)"
        case .classification(let ceiling): "classification at most \(ceiling.name)"
        case .mutualTLS: "client certificate"
        case .authenticationLevel(let level): "acr at least \(level)"
        case .tokenAge(let seconds): "token at most \(DurationText.exact(Int64(seconds) * 1_000_000)) old"
        case .header(let name, let value): "header \(name) is \(SafeText.quoted(value))"
        }
    }

    private static func clock(_ minutes: Int) -> String {
        let (hours, rest) = minutes.quotientAndRemainder(dividingBy: 60)
        return (hours < 10 ? "0" : "") + "\(hours):" + (rest < 10 ? "0" : "") + "\(rest)"
    }
}
