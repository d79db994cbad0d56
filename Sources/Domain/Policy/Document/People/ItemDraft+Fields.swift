extension ItemDraft {
    /// The fields of a kind, empty, in the order of a form.
    static func emptyFields(of kind: ItemKind) -> [DraftField] {
        switch kind {
        case .settings: fields(PolicySettings.fields, kind)
        case .scope: fields(Scope.fields, kind)
        case .role: fields(Role.fields, kind)
        case .route: fields(Route.fields, kind)
        case .tier: fields(Tier.fields, kind)
        case .quota: quotaFields
        case .client: fields(Client.fields, kind)
        case .operator: fields(Operator.fields, kind)
        }
    }

    static func nameField(of kind: ItemKind) -> DraftField {
        DraftField(
            id: nameID, label: "name", purpose: "what it is called", form: "a name of letters, digits, and . _ - :",
            isRequired: true, choices: .none, content: .line(""), shape: .name)
    }

    /// The field for a new item's name.
    package static let nameID = "name"

    private static func fields<Thing>(_ fields: [ItemField<Thing>], _ kind: ItemKind) -> [DraftField] {
        fields.map { field in
            let (shape, choices, form) = form(of: field.name, kind)
            return DraftField(
                id: field.name, label: label(field.name), purpose: field.purpose,
                form: form ?? field.form, isRequired: field.isRequired, choices: choices,
                content: shape.isLines ? .lines([]) : .line(""),
                shape: shape)
        }
    }

    /// Of a quota, window, limit and burst are one field, and so are tier and client.
    private static var quotaFields: [DraftField] {
        let holder = DraftField(
            id: "holder", label: "holder", purpose: "whose requests it limits", form: QuotaText.holderForm,
            isRequired: true,
            choices: .holder, content: .line(""), shape: .holder)
        let limit = DraftField(
            id: "limit", label: "limit", purpose: "how much in which time", form: QuotaText.limitForm, isRequired: true,
            choices: .limit, content: .line(""), shape: .limit)
        let parts: Set = ["tier", "client", "window", "limit", "burst"]
        return [holder, limit] + fields(Quota.fields, .quota).filter { !parts.contains($0.id) }
    }

    private static func label(_ name: String) -> String {
        String(name.map { $0 == "_" ? " " : $0 })
    }

    /// How a field is written, what to offer, and what to say of its form where people write it otherwise than files.
    private static func form(of name: String, _ kind: ItemKind) -> (DraftShape, DraftField.Choices, String?) {
        func words(_ words: [String]) -> (DraftShape, DraftField.Choices, String?) {
            (.word, .words(words, many: false), nil)
        }
        func several(_ words: [String], _ form: String) -> (DraftShape, DraftField.Choices, String?) {
            (.list(emptyWord: "none"), .words(words, many: true), form)
        }
        func names(_ kind: ItemKind, _ form: String) -> (DraftShape, DraftField.Choices, String?) {
            (.list(emptyWord: nil), .reference(kind, many: true), form)
        }
        switch (kind, name) {
        case (_, "roles"), (_, "parents"), (_, "anonymous_roles"): return names(.role, "roles like “reader, writer”")
        case (_, "scopes"): return names(.scope, "scopes like “read, write”")
        case (_, "tier"), (_, "anonymous_tier"), (_, "default_tier"):
            return (.word, .reference(.tier, many: false), nil)
        case (_, "status"): return words(Client.Status.allCases.map(\.name))
        case (_, "classification"): return words(Classification.allCases.map(\.name))
        case (_, "key"): return words(Quota.Key.allCases.map(\.name))
        case (_, "on_counter_failure"): return words(Quota.CounterFailure.allCases.map(\.name))
        case (_, "duties"): return several(Duty.allCases.map(\.name), "duties like “watch, edit”, or none")
        case (_, "approvals"):
            return several(Danger.allCases.map(\.name), "kinds of changes, or none; all if left empty")
        case (_, "methods"): return (.methods, .methods, "methods like GET,PUT, or all")
        case (_, "path"): return (.word, .pattern, nil)
        case (_, "permissions"): return (.permissions, .permission, PermissionText.form)
        case (_, "authentication_levels"): return (.texts, .none, "a level a line, the weakest first")
        case (_, "adaptive"): return (.adaptive, .none, QuotaText.adaptiveForm)
        case (_, "cost"), (_, "user_id"): return (.number, .none, nil)
        case (_, "created"), (_, "expires"), (_, "deprecated"), (_, "sunset"), (_, "break_glass"),
            (_, "token_lifetime"):
            return (.word, .none, nil)
        default: return (.text, .none, nil)
        }
    }
}
