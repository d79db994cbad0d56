import Domain

extension SegmentReader {
    /// Text tests whose answers are kept.
    private static let mostTests = 64

    /// A filter made ready for this segment.
    func rowFilter(_ filter: Filter, now: Timestamp) throws -> RowFilter {
        switch filter {
        case .everything: .everything
        case .all(let parts): RowFilter.all(of: try parts.map { try rowFilter($0, now: now) })
        case .any(let parts): RowFilter.any(of: try parts.map { try rowFilter($0, now: now) })
        case .not(let part): RowFilter.inverse(of: try rowFilter(part, now: now))
        case .test(let test): try rowFilter(test, now: now)
        }
    }

    private func rowFilter(_ test: Filter.Test, now: Timestamp) throws -> RowFilter {
        switch test {
        case .text(let field, _): return try ids(of: field, passing: test)
        case .address: return try ids(of: .address, passing: test)
        case .outcome(let outcomes):
            let mask = outcomes.reduce(Int64(0)) { $0 | 1 << Int64($1.rawValue) }
            return mask == 0 ? .nothing : mask == 0b11_1111 ? .everything : .outcomes(mask)
        case .number(let field, let ranges):
            let offset = EventColumn.codeOffset(of: field)
            let codes = ranges.compactMap { range -> ClosedRange<Int64>? in
                let upper = min(range.upperBound, EventColumn.largestNumber) + offset
                // Code 0 is unknown and lies in no range.
                let lower = max(max(range.lowerBound, 0) + offset, 1)
                return lower <= upper ? lower...upper : nil
            }
            return codes.isEmpty ? .nothing : .codes(.number(field), codes)
        case .unknownText(let field): return .codes(.text(field), [0...0])
        case .unknownNumber(let field): return .codes(.number(field), [0...0])
        case .since(let moment): return .times(moment.timestamp(now: now).microseconds, .max)
        case .until(let moment): return .times(.min, moment.timestamp(now: now).microseconds)
        case .words(let pattern):
            return RowFilter.any(of: try Filter.wordFields.map { try ids(of: $0, passing: .text($0, [pattern])) })
        }
    }

    /// The ids of a field whose texts pass a test; each distinct text is tested once.
    private func ids(of field: TextField, passing test: Filter.Test) throws -> RowFilter {
        var set = passing[test] ?? IDSet()
        try eachText(of: field, above: set.checked) { id, text in
            if Self.passes(text, test) { set.insert(id) }
            set.checked = id
        }
        if passing.count >= Self.mostTests, passing[test] == nil { passing.removeAll() }
        passing[test] = set
        return set.isEmpty ? .nothing : .ids(.text(field), set)
    }

    private static func passes(_ text: UnsafeRawBufferPointer, _ test: Filter.Test) -> Bool {
        switch test {
        case .text(_, let patterns):
            let bytes = Array(text)
            return patterns.contains { $0.matches(bytes) }
        case .address(let networks):
            guard let address = IPAddress(bytes: Array(text)) else { return false }
            return networks.contains { $0.contains(address) }
        case .outcome, .number, .unknownText, .unknownNumber, .since, .until, .words:
            return false
        }
    }
}
