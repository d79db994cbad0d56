import Domain

// The meaning of a policy, written down a second time without any of the engine's means: arrays, strings, and a pass
// over everything for each question. It shares nothing with the engine but the model.

struct NaivePolicy {
    let settings: PolicySettings
    let routes: [Route]
    let roles: [Role]
    let clients: [Client]
    let zones: (String) -> TimeZoneTable?

    init(policy: Policy, zones: @escaping (String) -> TimeZoneTable?) {
        settings = policy.settings
        routes = policy.routes
        roles = policy.roles
        clients = policy.clients
        self.zones = zones
    }

    struct Answer: Equatable {
        var reason: String
        var route: String?
        var rule: String?
    }

    func answer(_ request: AccessRequest, _ revocations: [RevocationSnapshot.Watermark]) -> Answer {
        // The path: split by hand; what is refused is tested elsewhere, and requests here have none of it.
        let text = String(decoding: request.target.prefix { $0 != UInt8(ascii: "?") }, as: UTF8.self)
        let segments = text == "/" ? [] : text.dropFirst().split(separator: "/").map { Self.decoded(String($0)) }
        guard let method = request.method else { return Answer(reason: "method_unknown") }

        // The route: of those that match, one that all others contain.
        let matching = routes.filter { Self.matches($0.pattern, segments) }
        let best = matching.filter { route in
            matching.allSatisfy { Self.contains($0.pattern, route.pattern) }
        }
        guard !best.isEmpty else { return Answer(reason: "route_unknown") }
        guard let route = best.first(where: { $0.methods.methods.contains(method) }) else {
            return Answer(reason: "method_not_allowed")
        }
        let routeName = route.name.text

        // Authentication.
        let client: Client?
        var token: TokenFacts?
        switch request.caller {
        case .anonymous: client = nil
        case .refused(let reason): return Answer(reason: reason.code, route: routeName)
        case .client(let index, _): client = clients[Int(index.number)]
        case .token(let index, let facts):
            client = clients[Int(index.number)]
            token = facts
        }
        guard let client else {
            let roles = settings.anonymousRoles
            if roles.isEmpty || !route.requiredScopes.isEmpty {
                return Answer(reason: "credentials_missing", route: routeName)
            }
            let (reason, rule) = permit(roles, request, segments, method, route, nil)
            switch reason {
            case "allowed", "permission_denied": return Answer(reason: reason, route: routeName, rule: rule)
            default: return Answer(reason: "credentials_missing", route: routeName, rule: rule)
            }
        }
        if client.status == .suspended { return Answer(reason: "client_suspended", route: routeName) }
        if let expires = client.expires, request.time >= expires {
            return Answer(reason: "client_expired", route: routeName)
        }
        if let token {
            if request.time >= token.expires { return Answer(reason: "token_expired", route: routeName) }
            if let start = token.notBefore, request.time < start {
                return Answer(reason: "token_not_yet_valid", route: routeName)
            }
        }

        // Revocation.
        var issued = token?.issued
        if case .client(_, let credential) = request.caller { issued = credential.issued }
        let order = ["client_revoked", "subject_revoked", "issuer_revoked", "address_revoked", "everything_revoked"]
        let hits = revocations.compactMap { mark -> String? in
            guard issued.map({ $0 < mark.before }) ?? true else { return nil }
            switch mark.target {
            case .client(let name): return name == client.name.text ? "client_revoked" : nil
            case .subject(let subject):
                return token.map { Array($0.subject.utf8) } == Array(subject.utf8) ? "subject_revoked" : nil
            case .issuer(let issuer):
                return token.map { Array($0.issuer.utf8) } == Array(issuer.utf8) ? "issuer_revoked" : nil
            case .network(let network):
                if let from = token?.issuedFrom, network.contains(from) { return "address_revoked" }
                return request.address.map { network.contains($0) } ?? true ? "address_revoked" : nil
            case .everything: return "everything_revoked"
            }
        }
        if let first = order.first(where: { hits.contains($0) }) { return Answer(reason: first, route: routeName) }

        // Scopes.
        for scope in route.requiredScopes {
            let hasScope = client.scopes.contains(scope) && (token.map { $0.scopes.contains(scope.text) } ?? true)
            if !hasScope { return Answer(reason: "scope_missing", route: routeName) }
        }

        // Permission: the client's roles, and the subject's when the token speaks of them.
        let own = permit(client.roles, request, segments, method, route, client)
        guard let names = token?.roles else { return Answer(reason: own.reason, route: routeName, rule: own.rule) }
        let known = roles.map(\.name).filter { names.contains($0.text) }
        let subject = permit(known, request, segments, method, route, client)
        for one in [own, subject] where one.reason == "permission_denied" {
            return Answer(reason: one.reason, route: routeName, rule: one.rule)
        }
        if own.reason != "allowed" || subject.reason == "allowed" {
            return Answer(reason: own.reason, route: routeName, rule: own.rule)
        }
        return Answer(reason: subject.reason, route: routeName, rule: subject.rule)
    }

    private func permit(
        _ roles: [Name<Role>], _ request: AccessRequest, _ segments: [String], _ method: Domain.Method, _ route: Route,
        _ client: Client?
    ) -> (reason: String, rule: String?) {
        var all: [Name<Role>] = []
        var rest = roles
        while !rest.isEmpty {
            let name = rest.removeLast()
            if all.contains(name) { continue }
            all.append(name)
            if let role = self.roles.first(where: { $0.name == name }) { rest += role.parents }
        }
        var concerned: [(rule: String, permission: Permission)] = []
        for role in self.roles where all.contains(role.name) {
            for (position, permission) in role.permissions.enumerated()
            where permission.methods.methods.contains(method) && Self.matches(permission.pattern, segments) {
                concerned.append(("\(role.name)[\(position)]", permission))
            }
        }
        func verdicts(_ permission: Permission) -> [Bool?] {
            permission.conditions.map { holds($0, permission.pattern, request, segments, route, client) }
        }
        for (rule, permission) in concerned where permission.effect == .deny {
            if !verdicts(permission).contains(false) { return ("permission_denied", rule) }
        }
        let allows = concerned.filter { $0.permission.effect == .allow }
        if let plain = allows.first(where: { $0.permission.conditions.isEmpty }) { return ("allowed", plain.rule) }
        if let good = allows.first(where: { verdicts($0.permission).allSatisfy { $0 == true } }) {
            return ("allowed", good.rule)
        }
        guard let failed = allows.first,
            let index = verdicts(failed.permission).firstIndex(where: { $0 != true })
        else { return ("no_permission", nil) }
        return ("condition_failed:\(failed.permission.conditions[index].kind.name)", failed.rule)
    }

    /// Nil when it can't be told.
    private func holds(
        _ condition: Condition, _ pattern: RoutePattern, _ request: AccessRequest, _ segments: [String],
        _ route: Route, _ client: Client?
    ) -> Bool? {
        var token: TokenFacts?
        if case .token(_, let facts) = request.caller { token = facts }
        switch condition {
        case .network(let networks):
            guard let address = request.address else { return nil }
            return networks.contains { $0.contains(address) }
        case .time(let window):
            guard let zone = zones(window.zone) else { return nil }
            let civil = zone.civil(request.time)
            let number = CivilTime.dayNumber(year: civil.year, month: civil.month, day: civil.day)
            let names: [Weekday] = [.thursday, .friday, .saturday, .sunday, .monday, .tuesday, .wednesday]
            let today = names[Int(((number % 7) + 7) % 7)]
            let yesterday = names[Int((((number - 1) % 7) + 7) % 7)]
            let minute = civil.hour * 60 + civil.minute
            if window.start < window.end {
                return window.days.contains(today) && minute >= window.start && minute < window.end
            }
            return window.days.contains(today) && minute >= window.start
                || window.days.contains(yesterday) && minute < window.end
        case .owner(let variable, let claim):
            guard let place = pattern.segments.firstIndex(of: .variable(variable)), let client else { return nil }
            var values: [String] = []
            switch claim {
            case "client_id": values = [client.name.text]
            case "sub": values = token.map { $0.subject.isEmpty ? [] : [$0.subject] } ?? []
            case "iss": values = token.map { $0.issuer.isEmpty ? [] : [$0.issuer] } ?? []
            default: values = token?.claims.filter { $0.name == claim }.map(\.value) ?? []
            }
            return values.count == 1 ? Array(values[0].utf8) == Array(segments[place].utf8) : nil
        case .classification(let ceiling): return route.classification.rawValue <= ceiling.rawValue
        case .mutualTLS: return request.hasVerifiedCertificate
        case .authenticationLevel(let least):
            let levels = settings.authenticationLevels
            guard let given = token?.authenticationLevel, let has = levels.firstIndex(of: given),
                let needs = levels.firstIndex(of: least)
            else { return nil }
            return has >= needs
        case .tokenAge(let seconds):
            guard let issued = token?.issued else { return nil }
            return request.time.microseconds - issued.microseconds <= Int64(seconds) * 1_000_000
        case .header(let name, let value):
            let values = request.headers.filter { $0.name == name }.map(\.value)
            return values.count > 1 ? nil : values == [value]
        }
    }

    static func matches(_ pattern: RoutePattern, _ segments: [String]) -> Bool {
        if pattern.text == "*" { return true }
        var wanted = pattern.text == "/" ? [] : pattern.text.dropFirst().split(separator: "/").map(String.init)
        if wanted.last == "*" {
            wanted.removeLast()
            guard segments.count > wanted.count else { return false }
        } else if wanted.count != segments.count {
            return false
        }
        return zip(wanted, segments).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }

    /// Whether every path of the second pattern is one of the first, from their texts.
    static func contains(_ pattern: RoutePattern, _ other: RoutePattern) -> Bool {
        if pattern.text == "*" { return true }
        if other.text == "*" { return false }
        func parts(_ pattern: RoutePattern) -> [String] {
            pattern.text == "/" ? [] : pattern.text.dropFirst().split(separator: "/").map(String.init)
        }
        let (mine, theirs) = (parts(pattern), parts(other))
        for (index, part) in mine.enumerated() {
            if part == "*" { return theirs.count > index }
            guard index < theirs.count else { return false }
            if part.hasPrefix("{") {
                if theirs[index] == "*" { return false }
            } else if part != theirs[index] {
                return false
            }
        }
        return theirs.count == mine.count
    }

    private static func decoded(_ segment: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(segment.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
