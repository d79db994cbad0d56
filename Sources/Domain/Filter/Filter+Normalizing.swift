extension Filter {
    /// The same question with nested lists flattened, double negations gone, and no list of one or none.
    ///
    /// This is what parsing gives. Nothing at all is `.not(.everything)`.
    package var normalized: Filter {
        switch self {
        case .everything: return .everything
        case .test(let test): return test.isImpossible ? .not(.everything) : self
        case .not(let inner):
            if case .not(let filter) = inner.normalized { return filter }
            return .not(inner.normalized)
        case .all(let parts):
            let flat = parts.flatMap { part -> [Filter] in
                let part = part.normalized
                if case .all(let inner) = part { return inner }
                return part == .everything ? [] : [part]
            }
            return flat.count == 1 ? flat[0] : flat.isEmpty ? .everything : .all(flat)
        case .any(let parts):
            let flat = parts.flatMap { part -> [Filter] in
                let part = part.normalized
                if case .any(let inner) = part { return inner }
                return part == .not(.everything) ? [] : [part]
            }
            return flat.count == 1 ? flat[0] : flat.isEmpty ? .not(.everything) : .any(flat)
        }
    }
}

extension Filter.Test {
    /// Whether it asks for one of no values.
    fileprivate var isImpossible: Bool {
        switch self {
        case .text(_, let patterns): patterns.isEmpty
        case .address(let networks): networks.isEmpty
        case .outcome(let outcomes): outcomes.isEmpty
        case .number(_, let ranges): ranges.isEmpty
        case .unknownText, .unknownNumber, .since, .until, .words: false
        }
    }
}
