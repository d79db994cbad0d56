extension QuotaResolver {
    package subscript(index: QuotaIndex) -> Quota { quotas[Int(index.number)] }

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
