extension PolicyChecker {
    mutating func checkSettings() {
        let settings = lists.settings
        references(settings.anonymousRoles, .settings, "anonymous_roles") { [numbers] in numbers.roles[$0] != nil }
        if let tier = settings.anonymousTier { self.tier(tier, .settings, "anonymous_tier") }
        if let tier = settings.defaultTier { self.tier(tier, .settings, "default_tier") }
        for (index, level) in settings.authenticationLevels.enumerated() {
            let field = "authentication_levels[\(index)]"
            if level.isEmpty { report(.settings, field, "is empty", "name a value of acr") }
            if settings.authenticationLevels[..<index].contains(level) {
                report(.settings, field, "names a level twice", "take one out")
            }
            text(level, .settings, field)
        }
        if settings.authenticationLevels.count > 100 {
            report(.settings, "authentication_levels", "has more than 100 levels", "list fewer")
        }
        seconds(settings.breakGlassSeconds, within: 60...604_800, .settings, "break_glass")
        seconds(settings.tokenSeconds, within: 1...2_592_000, .settings, "token_lifetime")
        url(settings.issuer, .settings, "issuer")
        text(settings.audience, .settings, "audience")
    }

    mutating func checkQuotas(_ zones: (String) -> TimeZoneTable?) {
        var slots: [TakenSlot: Name<Quota>] = [:]
        for quota in lists.quotas {
            let item = ItemKey(quota.name)
            switch quota.holder {
            case .tier(let tier): self.tier(tier, item, "tier")
            case .client(let client): if numbers.clients[client.text] == nil { unknown(client, item, "client") }
            }
            if quota.limit < 1 {
                report(item, "limit", "is \(quota.limit), which admits nothing", "give at least 1; deny by permission")
            }
            check(quota.window, burst: quota.burst, item, zones)
            if let adaptive = quota.adaptive { check(adaptive, item) }
            text(quota.note, item, "note")
            if let other = slots.updateValue(quota.name, forKey: TakenSlot(quota)) {
                report(
                    item, "window", "is that of quota \(other) too, with the same holder, key and path",
                    "keep one of them")
            }
        }
    }

    private mutating func check(
        _ window: Quota.Window, burst: Int, _ item: ItemKey, _ zones: (String) -> TimeZoneTable?
    ) {
        switch window {
        case .rate(let seconds):
            self.seconds(seconds, within: 1...31_622_400, item, "window")
            if !(0...1_000_000_000).contains(burst) { report(item, "burst", "is \(burst)", "give 0 or more") }
        case .rolling(let seconds):
            self.seconds(seconds, within: 1...31_622_400, item, "window")
            if burst != 0 { report(item, "burst", "means nothing here", "leave it out, or make the window a rate") }
        case .calendar(_, let zone):
            self.zone(zone, item, "window.zone", zones)
            if burst != 0 { report(item, "burst", "means nothing here", "leave it out, or make the window a rate") }
        }
    }

    private mutating func check(_ adaptive: Quota.Adaptive, _ item: ItemKey) {
        if !(1...100_000).contains(adaptive.percent) {
            report(item, "adaptive.percent", "is \(adaptive.percent)", "give 1 to 100000")
        }
        if adaptive.floor < 1 {
            report(item, "adaptive.floor", "is \(adaptive.floor), which admits nothing", "give at least 1")
        }
        if adaptive.ceiling < adaptive.floor {
            report(item, "adaptive.ceiling", "lies below the floor", "give at least \(max(1, adaptive.floor))")
        }
    }

    mutating func checkClients() {
        for (index, client) in lists.clients.enumerated() {
            let item = ItemKey(client.name)
            if let tier = client.tier { self.tier(tier, item, "tier") }
            if !numbers.clientRoles.isDistinct(index, without: PolicyNumbers.unknown) {
                references(client.roles, item, "roles") { [numbers] in numbers.roles[$0] != nil }
            }
            if !numbers.clientScopes.isDistinct(index, without: PolicyNumbers.unknown) {
                references(client.scopes, item, "scopes") { [numbers] in numbers.scopes[$0] != nil }
            }
            if !client.owner.isEmpty { text(client.owner, item, "owner") }
            if !client.note.isEmpty { text(client.note, item, "note") }
        }
    }

    mutating func checkOperators() {
        var accounts: [UInt32: Name<Operator>] = [:]
        for person in lists.operators {
            let item = ItemKey(person.name)
            text(person.note, item, "note")
            if let other = accounts.updateValue(person.name, forKey: person.userID) {
                report(item, "user_id", "is that of operator \(other) too", "an account is one operator")
            }
        }
    }

    private mutating func tier(_ tier: Name<Tier>, _ item: ItemKey, _ field: String) {
        if !numbers.tiers.contains(tier.text) { unknown(tier, item, field) }
    }
}

/// What two quotas can't both be: then nothing would say which of them counts.
private struct TakenSlot: Hashable {
    enum Span: Hashable {
        case rate(Int)
        case rolling(Int)
        case calendar(Quota.CalendarUnit)
    }

    let holder: Quota.Holder
    let key: Quota.Key
    let span: Span
    let path: [RoutePattern.Segment?]?

    init(_ quota: Quota) {
        holder = quota.holder
        key = quota.key
        span =
            switch quota.window {
            case .rate(let seconds): .rate(seconds)
            case .rolling(let seconds): .rolling(seconds)
            case .calendar(let unit, _): .calendar(unit)
            }
        path = quota.pattern.map { pattern in
            let segments: [RoutePattern.Segment?] = pattern.segments.map {
                if case .variable = $0 { nil } else { $0 }
            }
            return segments + (pattern.isOpen ? [.variable(pattern.isEverything ? "*" : "/*")] : [])
        }
    }
}
