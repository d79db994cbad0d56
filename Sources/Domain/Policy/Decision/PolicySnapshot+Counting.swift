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

    /// Counts requests that were decided, in their order, and refuses those that the quotas refuse.
    ///
    /// - Parameters:
    ///   - decisions: What all but the quotas says of each; becomes the whole answer.
    ///   - uses: Made of these decisions and requests.
    ///   - limits: The counters, made for the same policy.
    func counted(
        _ decisions: [Decision], _ uses: RequestUses, of requests: [AccessRequest], by limits: LimitTable
    ) -> [Decision] {
        var decisions = decisions
        var path = PathTable()
        // The request whose path was read last.
        var read = -1
        var isRead = false
        limits.admit(uses.uses, at: uses.moments) { place, pattern in
            let target = requests[uses.places[place]].target
            if place != read {
                read = place
                isRead = path.read(target.span, literals: literals) == nil
            }
            return isRead && path.matches(pattern, in: target.span)
        } _: { place, verdict in
            if !verdict.isAdmitted { refuse(&decisions[uses.places[place]], verdict, limits) }
        }
        return decisions
    }

    private func refuse(_ decision: inout Decision, _ verdict: LimitVerdict, _ limits: LimitTable) {
        let reason = limits.resolver.reason(verdict, of: decision.client)
        // Whatever the reason is called, what wasn't admitted doesn't pass.
        decision.reason = reason == .allowed ? .counterFailed : reason
    }

    private func counted(
        _ decision: Decision, on request: AccessRequest, by limits: LimitTable, at moment: LimitMoment,
        isTaking: Bool, isOn: (RoutePattern) -> Bool
    ) -> CountedDecision {
        guard let use = LimitUse(decision, of: request) else { return CountedDecision(decision: decision) }
        var decision = decision
        let verdict =
            isTaking
            ? limits.admit(use, at: moment, isOn: isOn)
            : limits.peek(use, at: moment, isOn: isOn)
        if !verdict.isAdmitted { refuse(&decision, verdict, limits) }
        return CountedDecision(decision: decision, verdict: verdict)
    }
}

/// Those of some recorded requests that get as far as their quotas, in their order.
struct RequestUses: Sendable {
    /// Which of the requests.
    private(set) var places: [Int] = []
    private(set) var uses: [LimitUse] = []
    private(set) var moments: [LimitMoment] = []

    init(_ decisions: [Decision], of requests: [AccessRequest]) {
        places.reserveCapacity(decisions.count)
        uses.reserveCapacity(decisions.count)
        moments.reserveCapacity(decisions.count)
        for place in decisions.indices {
            guard let use = LimitUse(decisions[place], of: requests[place]) else { continue }
            places.append(place)
            uses.append(use)
            moments.append(LimitMoment(onTheWall: requests[place].time))
        }
    }
}

extension LimitUse {
    /// Nil for a request that doesn't get as far as its quotas.
    init?(_ decision: Decision, of request: borrowing AccessRequest) {
        guard decision.isAllowed, let route = decision.route else { return nil }
        self.init(client: decision.client, address: request.address, route: route, cost: decision.cost)
        if case .token(_, let token) = request.caller { subject = token.subjectKey }
    }
}

extension LimitMoment {
    /// Of a recorded request, of which only the time on the wall is known.
    init(onTheWall time: Timestamp) {
        let (nanoseconds, overflow) = time.microseconds.multipliedReportingOverflow(by: 1000)
        self.init(monotonic: overflow ? .max : nanoseconds, wall: time)
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
