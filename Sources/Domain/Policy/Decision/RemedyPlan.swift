/// What has to be done for a request to pass, collected step by step.
struct RemedyPlan {
    /// As in `allow client guest-app the scope admin`.
    var parts: [String] = []
    /// The caller's client as it would be; nil without one.
    var client: Client?
    var settings: PolicySettings
    /// What changes beside those two.
    var edits: [PolicyEdit] = []
    /// Whether a part of it is for people to write, so that the other edits alone wouldn't be enough.
    var isByHand = false

    /// Nothing yet.
    init(client: Client?, settings: PolicySettings) {
        self.client = client
        self.settings = settings
    }

    /// Gives a role to whoever asks.
    mutating func give(_ role: Name<Role>) {
        if client != nil { client?.roles.append(role) } else { settings.anonymousRoles.append(role) }
    }

    mutating func setRoles(_ roles: [Name<Role>]) {
        if client != nil { client?.roles = roles } else { settings.anonymousRoles = roles }
    }

    func adding(_ part: String, isByHand: Bool = false) -> RemedyPlan {
        var plan = self
        plan.parts.append(part)
        plan.isByHand = plan.isByHand || isByHand
        return plan
    }
}

extension DecisionExplainer {
    var emptyPlan: RemedyPlan { RemedyPlan(client: client, settings: snapshot.policy.settings) }

    func remedy(_ plan: RemedyPlan, next: String? = nil) -> Remedy {
        let text = plan.parts.joined(separator: ", and ")
        if plan.isByHand { return Remedy(text, next: next) }
        var edits = plan.edits
        if let client, let changed = plan.client, client != changed {
            edits.append(PolicyEdit(.client(client), to: .client(changed)))
        }
        if plan.settings != snapshot.policy.settings {
            edits.append(
                PolicyEdit(key: .settings, before: snapshot.policy[.settings], after: .settings(plan.settings)))
        }
        return Remedy(text, edits, next: next)
    }

    /// What the steps that follow ask of whoever calls the route.
    var asked: String {
        guard let method = request.method?.name else { return "what else the request lacks" }
        let role = "a role that permits \(method) on \(route?.pattern.text ?? path.description)"
        let scopes = route?.requiredScopes.map(\.text) ?? []
        guard !scopes.isEmpty else { return role }
        return "the scope\(scopes.count == 1 ? "" : "s") \(scopes.joined(separator: ", ")), and \(role)"
    }
}

extension PolicyEdit {
    init(_ before: PolicyItem, to after: PolicyItem) {
        self.init(key: before.key, before: before, after: after)
    }
}
