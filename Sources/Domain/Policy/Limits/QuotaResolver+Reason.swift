extension QuotaResolver {
    package subscript(index: QuotaIndex) -> Quota { quotas[Int(index.number)] }

    /// The quotas that count a request.
    ///
    /// - Parameter isOn: Whether the request's path is one of a pattern; asked only where the route doesn't tell.
    package func quotas(
        of client: ClientIndex?, on route: RouteIndex, isOn: (RoutePattern) -> Bool
    ) -> [QuotaIndex] {
        var found: [QuotaIndex] = []
        forEach(of: client, on: route, isOn: isOn) { found.append(QuotaIndex(Int($0))) }
        return found.sorted()
    }

    /// What a verdict does to a request.
    package func reason(_ verdict: LimitVerdict, of client: ClientIndex?) -> Reason {
        guard !verdict.isAdmitted, let quota = verdict.quota else { return .allowed }
        if client == nil { return .anonymousQuota }
        return switch self[quota].holder {
        case .client: .clientQuota
        case .tier: .tierQuota
        }
    }
}
