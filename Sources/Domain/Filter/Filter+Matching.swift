extension Filter {
    /// Whether the filter lets an event through, told field by field: what every faster reader must agree with.
    package func matches(_ event: AccessEvent, now: Timestamp) -> Bool {
        switch self {
        case .everything: true
        case .all(let parts): parts.allSatisfy { $0.matches(event, now: now) }
        case .any(let parts): parts.contains { $0.matches(event, now: now) }
        case .not(let inner): !inner.matches(event, now: now)
        case .test(let test): test.matches(event, now: now)
        }
    }
}

extension Filter.Test {
    fileprivate func matches(_ event: AccessEvent, now: Timestamp) -> Bool {
        switch self {
        case .text(let field, let patterns):
            guard let text = event[field] else { return false }
            return patterns.contains { $0.matches(text) }
        case .address(let networks):
            guard let address = event[.address].flatMap({ IPAddress($0) }) else { return false }
            return networks.contains { $0.contains(address) }
        case .outcome(let outcomes): return outcomes.contains(event.outcome)
        case .number(let field, let ranges):
            guard let number = event.number(field) else { return false }
            return ranges.contains { $0.contains(number) }
        case .unknownText(let field): return event[field] == nil
        case .unknownNumber(let field): return event.number(field) == nil
        case .since(let moment): return event.time >= moment.timestamp(now: now)
        case .until(let moment): return event.time < moment.timestamp(now: now)
        case .words(let pattern):
            return Filter.wordFields.contains { field in event[field].map { pattern.matches($0) } ?? false }
        }
    }
}

extension AccessEvent {
    /// A number by its field, in the unit that filters use: the status, microseconds, bytes.
    package func number(_ field: NumberField) -> Int64? {
        switch field {
        case .status: status.map(Int64.init)
        case .latency: latency
        case .bytes: bytes
        }
    }
}
