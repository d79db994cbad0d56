/// Whether all conditions of a permission hold.
enum ConditionVerdict {
    case holds
    /// One certainly doesn't; the kind is that of the first that doesn't hold or can't be told.
    case fails(Condition.Kind)
    /// One or more can't be told, and the rest hold.
    case unknown(Condition.Kind)
}

/// Whether one condition holds.
enum TestVerdict {
    case holds
    case fails
    /// What it needs is missing, or means nothing here.
    case unknown

    init(_ holds: Bool) { self = holds ? .holds : .fails }
}

extension PolicySnapshot {
    func verdict(
        on rule: UInt32, _ request: AccessRequest, _ path: inout PathTable,
        _ classification: Classification
    ) -> ConditionVerdict {
        let first = ruleTable.conditionBounds[Int(rule)]
        let last = ruleTable.conditionBounds[Int(rule) + 1]
        guard first < last else { return .holds }
        var kind: Condition.Kind?
        var fails = false
        for index in first..<last {
            let test = ruleTable.conditions.tests[Int(index)]
            switch verdict(of: test, request, &path, classification) {
            case .holds: continue
            case .fails: fails = true
            case .unknown: break
            }
            kind = kind ?? test.kind
        }
        guard let kind else { return .holds }
        return fails ? .fails(kind) : .unknown(kind)
    }

    func verdict(
        of test: ConditionTable.Test, _ request: AccessRequest, _ path: inout PathTable,
        _ classification: Classification
    ) -> TestVerdict {
        switch test {
        case .network(let first, let count):
            guard let address = request.address else { return .unknown }
            for index in first..<first + count where ruleTable.conditions.networks[Int(index)].contains(address) {
                return .holds
            }
            return .fails
        case .time(let window): return TestVerdict(ruleTable.conditions.windows[Int(window)].contains(request.time))
        case .owner(let segment, let claim):
            return isOwner(ruleTable.conditions.claims[Int(claim)], Int(segment), request, &path)
        case .classification(let ceiling): return TestVerdict(classification <= ceiling)
        case .mutualTLS: return TestVerdict(request.hasVerifiedCertificate)
        case .authenticationLevel(let least):
            guard
                case .token(_, let token) = request.caller, let given = token.authenticationLevel,
                let level = ruleTable.conditions.levels.firstIndex(ofExactly: given)
            else { return .unknown }
            return TestVerdict(level >= Int(least))
        case .tokenAge(let limit):
            guard case .token(_, let token) = request.caller, let issued = token.issued else { return .unknown }
            return TestVerdict(request.time <= issued.advanced(by: limit))
        case .header(let index):
            let wanted = ruleTable.conditions.headers[Int(index)]
            var verdict = TestVerdict.fails
            var count = 0
            for header in request.headers where header.name.isExactly(wanted.name) {
                count += 1
                verdict = count > 1 ? .unknown : TestVerdict(header.value.isExactly(wanted.value))
            }
            return verdict
        }
    }

    private func isOwner(
        _ claim: String, _ segment: Int, _ request: AccessRequest, _ path: inout PathTable
    ) -> TestVerdict {
        guard segment < path.count, let client = request.client else { return .unknown }
        if claim == "client_id" {
            return TestVerdict(path.isEqual(segment, name(client), in: request.target.span))
        }
        guard case .token(_, let token) = request.caller else { return .unknown }
        switch claim {
        case "sub":
            guard !token.subject.isEmpty else { return .unknown }
            return TestVerdict(path.isEqual(segment, token.subject, in: request.target.span))
        case "iss":
            guard !token.issuer.isEmpty else { return .unknown }
            return TestVerdict(path.isEqual(segment, token.issuer, in: request.target.span))
        default:
            var verdict = TestVerdict.unknown
            var count = 0
            for given in token.claims where given.name.isExactly(claim) {
                count += 1
                verdict =
                    count > 1 ? .unknown : TestVerdict(path.isEqual(segment, given.value, in: request.target.span))
            }
            return verdict
        }
    }
}

extension ConditionTable.Window {
    func contains(_ time: Timestamp) -> Bool {
        let local = time.second.addingReportingOverflow(Int64(zone.offset(at: time))).partialValue
        let day = local.dividedDown(by: 86_400)
        let minute = (local - day * 86_400) / 60
        // 1970-01-01 was a Thursday.
        let weekday = (day + 3) - (day + 3).dividedDown(by: 7) * 7
        if end > start { return has(weekday) && start <= minute && minute < end }
        return minute >= start && has(weekday) || minute < end && has((weekday + 6) % 7)
    }

    private func has(_ weekday: Int64) -> Bool { days >> UInt8(weekday) & 1 == 1 }
}
