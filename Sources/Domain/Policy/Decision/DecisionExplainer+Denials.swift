// What would lift a permission that denies.

extension DecisionExplainer {
    /// - Parameters:
    ///   - index: The rule that denies.
    ///   - isSubjects: Whether it comes with the roles that the token names, and not with the client's.
    func denyRemedies(_ plan: RemedyPlan, by index: RuleIndex, isSubjects: Bool) -> [Remedy] {
        let rule = snapshot.rule(index)
        let rest = "whatever else denies it, or doesn't permit it"
        let subjects = token?.roles
        let isEnough = isPermitted(callerRoles.map(\.text), without: index) && isPermitted(subjects, without: index)
        let narrowed = remedy(
            plan.adding("narrow permission \(rule.position + 1) of role \(rule.role), which denies", isByHand: true),
            next: isEnough ? nil : rest)
        var taking = plan
        let isTaken: Bool
        if isSubjects {
            taking.parts.append("take the role that brings \(rule.role) from the token's subject")
            let others = (subjects ?? []).filter { name in
                !snapshot.roleTable.members(of: [name]).contains { snapshot.roleTable.names[Int($0)] == rule.role }
            }
            isTaken = isPermitted(callerRoles.map(\.text)) && isPermitted(others)
        } else {
            let others = roles(without: rule.role)
            let whose = client.map { "client \($0.name)" } ?? "requests without credentials"
            taking.parts.append("take the role that brings \(rule.role) from \(whose)")
            taking.setRoles(others)
            isTaken = isPermitted(others.map(\.text)) && isPermitted(subjects)
        }
        return [narrowed, remedy(taking, next: isTaken ? nil : rest)]
    }

    /// Whether some roles would permit the request if one of their rules weren't there; nil are those that nobody asks.
    private func isPermitted(_ roles: [String]?, without ignored: RuleIndex? = nil) -> Bool {
        guard let roles else { return true }
        guard let method = request.method else { return false }
        var table = PathTable()
        guard table.read(request.target.span, literals: snapshot.literals) == nil else { return false }
        var isAllowed = false
        for index in rules(of: roles) where index != ignored {
            let permission = snapshot.rule(index).permission
            guard permission.methods.contains(method), path.matches(permission.pattern) else { continue }
            let verdict = snapshot.verdict(on: index.number, request, &table, route?.classification ?? .restricted)
            switch (permission.effect, verdict) {
            // What can't be told counts as if it held.
            case (.deny, .holds), (.deny, .unknown): return false
            case (.allow, .holds): isAllowed = true
            case (.deny, .fails), (.allow, .fails), (.allow, .unknown): continue
            }
        }
        return isAllowed
    }
}
