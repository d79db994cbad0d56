/// A decision with what the request's quotas say.
package struct CountedDecision: Hashable, Sendable, BitwiseCopyable {
    package var decision: Decision
    /// For `RateLimit` and `Retry-After` fields; nil when the request didn't get as far as its quotas.
    package var verdict: LimitVerdict?
}

extension PolicySnapshot {
    /// Whether a request may pass, quotas and all: the whole answer.
    ///
    /// - Parameters:
    ///   - limits: The counters, made for the same policy.
    ///   - isTaking: False to ask only, as if nothing had been asked.
    package func decision(
        for request: AccessRequest, revocations: RevocationSnapshot, counting limits: LimitTable,
        at moment: LimitMoment, isTaking: Bool = true
    ) -> CountedDecision {
        var path = PathTable()
        let decision = decision(for: request, reading: &path, revocations: revocations)
        return counted(decision, on: request, by: limits, at: moment, isTaking: isTaking) {
            path.matches($0, in: request.target.span)
        }
    }

    /// The whole answer where all but the quotas has been decided.
    func counted(
        _ decision: Decision, on request: AccessRequest, by limits: LimitTable, at moment: LimitMoment
    ) -> CountedDecision {
        var path = PathTable()
        var isRead = false
        return counted(decision, on: request, by: limits, at: moment, isTaking: true) { pattern in
            if !isRead { isRead = path.read(request.target.span, literals: literals) == nil }
            return isRead && path.matches(pattern, in: request.target.span)
        }
    }

    private func counted(
        _ decision: Decision, on request: AccessRequest, by limits: LimitTable, at moment: LimitMoment,
        isTaking: Bool, isOn: (RoutePattern) -> Bool
    ) -> CountedDecision {
        guard decision.isAllowed, let route = decision.route else { return CountedDecision(decision: decision) }
        var decision = decision
        var use = LimitUse(client: decision.client, address: request.address, route: route, cost: decision.cost)
        if case .token(_, let token) = request.caller { use.subject = token.subjectKey }
        let verdict =
            isTaking
            ? limits.admit(use, at: moment, isOn: isOn)
            : limits.peek(use, at: moment, isOn: isOn)
        if !verdict.isAdmitted {
            let reason = limits.resolver.reason(verdict, of: decision.client)
            // Whatever the reason is called, what wasn't admitted doesn't pass.
            decision.reason = reason == .allowed ? .counterFailed : reason
        }
        return CountedDecision(decision: decision, verdict: verdict)
    }
}

extension PathTable {
    mutating func matches(_ pattern: RoutePattern, in target: Span<UInt8>) -> Bool {
        if pattern.isEverything { return true }
        guard pattern.isOpen ? count > pattern.segments.count : count == pattern.segments.count else { return false }
        for (index, segment) in pattern.segments.enumerated() {
            switch segment {
            case .literal(let text): guard isEqual(index, text, in: target) else { return false }
            case .variable: continue
            }
        }
        return true
    }
}
