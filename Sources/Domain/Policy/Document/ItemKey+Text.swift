extension ItemKey {
    /// Reads `client/partner-acme`, as `description` writes it.
    package init?(text: String) {
        let parts = text.split(separator: "/", maxSplits: 1)
        guard parts.count == 2, let kind = ItemKind(rawValue: String(parts[0])) else { return nil }
        let name = String(parts[1])
        func key<Thing: NamedThing>(_: Thing.Type) -> ItemKey? { (try? Name<Thing>(name)).map { ItemKey($0) } }
        let found: ItemKey? =
            switch kind {
            case .settings: name == ItemKey.settings.name ? .settings : nil
            case .scope: key(Scope.self)
            case .role: key(Role.self)
            case .route: key(Route.self)
            case .tier: key(Tier.self)
            case .quota: key(Quota.self)
            case .client: key(Client.self)
            case .operator: key(Operator.self)
            }
        guard let found else { return nil }
        self = found
    }
}
