/// Makes a test of a field, an operator and its values.
struct FilterValues {
    let field: FilterField
    let sign: FilterScanner.Operator
    let values: [FilterScanner.Value]
    /// The place of the whole term.
    let term: Range<Int>
    let now: Timestamp
    let zone: TimeZoneTable

    func filter() throws(FilterError) -> Filter {
        switch sign {
        case .colon, .equal: return try equal()
        case .notEqual:
            if field == .since || field == .until { throw noComparison }
            return Filter.not(try equal()).normalized
        case .more, .atLeast, .less, .atMost:
            guard case .number(let number) = field else { throw noComparison }
            return try comparison(of: number)
        }
    }

    private var noComparison: FilterError {
        FilterError("\(field.name) can't be compared with \(sign.rawValue)", at: term, suggestion: "\(field.name):")
    }

    private func equal() throws(FilterError) -> Filter {
        switch field {
        case .text(.address): return try addresses()
        case .text(let field): return texts(field)
        case .number(let field): return try numbers(field)
        case .outcome: return try outcomes()
        case .since: return .test(.since(try moment()))
        case .until: return .test(.until(try moment()))
        }
    }

    static func isNone(_ value: FilterScanner.Value) -> Bool { value.plain?.lowercased() == "none" }

    // MARK: - Texts

    private func texts(_ field: TextField) -> Filter {
        var alternatives: [Filter] = []
        let known = values.filter { !Self.isNone($0) }
        if known.count < values.count { alternatives.append(.test(.unknownText(field))) }
        if !known.isEmpty { alternatives.append(.test(.text(field, known.map { pattern($0, in: field) }))) }
        return Filter.any(alternatives).normalized
    }

    private func pattern(_ value: FilterScanner.Value, in field: TextField) -> TextPattern {
        // Methods are case-sensitive (RFC 9110, section 9.1), and all that are in use are upper case.
        let pieces = field == .method && !value.isQuoted ? value.pieces.map { $0.uppercased() } : value.pieces
        return TextPattern(pieces: pieces.map { Array($0.utf8) }, ignoresCase: field.ignoresCase)
    }

    private func addresses() throws(FilterError) -> Filter {
        var networks: [Network] = []
        var patterns: [TextPattern] = []
        var includesUnknown = false
        for value in values {
            if Self.isNone(value) {
                includesUnknown = true
            } else if let text = value.plain {
                guard let network = Network(text) else { throw addressError(text, at: value.range) }
                networks.append(network)
            } else {
                patterns.append(pattern(value, in: .address))
            }
        }
        var alternatives: [Filter] = []
        if includesUnknown { alternatives.append(.test(.unknownText(.address))) }
        if !networks.isEmpty { alternatives.append(.test(.address(networks))) }
        if !patterns.isEmpty { alternatives.append(.test(.text(.address, patterns))) }
        return Filter.any(alternatives).normalized
    }

    private func addressError(_ text: String, at range: Range<Int>) -> FilterError {
        guard let slash = text.firstIndex(of: "/"), let network = Network(cutting: text) else {
            return FilterError("\(text) is no address and no network such as 10.0.0.0/8", at: range)
        }
        return FilterError(
            "\(text[..<slash]) has bits beyond the prefix \(text[slash...])", at: range, suggestion: "\(network)")
    }

    // MARK: - Outcomes

    private static let denied = "denied"

    private func outcomes() throws(FilterError) -> Filter {
        var outcomes: Set<Outcome> = []
        for value in values {
            let name = value.text.lowercased()
            if let outcome = Outcome(name: name) {
                outcomes.insert(outcome)
            } else if name == Self.denied {
                outcomes.formUnion(Outcome.allCases.filter(\.isDenied))
            } else {
                let names = Outcome.allCases.map(\.name) + [Self.denied]
                let nearest = EditDistance.nearest(to: name, among: names)
                let list = nearest == nil ? "; there are " + names.joined(separator: ", ") : ""
                throw FilterError("There is no outcome \(value.text)\(list)", at: value.range, suggestion: nearest)
            }
        }
        return .test(.outcome(outcomes))
    }

    // MARK: - Moments

    private func moment() throws(FilterError) -> Filter.Moment {
        guard values.count == 1, let value = values.first else {
            throw FilterError("\(field.name) has one value", at: term)
        }
        if let time = TimeText.parse(value.text, now: now, zone: zone) { return .at(time) }
        if let microseconds = DurationText.parse(value.text) { return .ago(microseconds: microseconds) }
        let isBare = DurationText.parse(value.text + "m") != nil
        throw FilterError(
            isBare ? "A duration needs a unit" : "\(value.text) is no time such as 10m, 12:30 or 2026-11-20T08:00Z",
            at: value.range, suggestion: isBare ? value.text + "m" : nil)
    }
}

extension Network {
    /// The network that an address with a prefix length lies in: `10.0.0.5/8` gives `10.0.0.0/8`.
    fileprivate init?(cutting text: String) {
        guard let slash = text.firstIndex(of: "/"), let address = IPAddress(text[..<slash]) else { return nil }
        let width = address.isV4 ? 32 : 128
        guard let length = Int(text[text.index(after: slash)...]), (0...width).contains(length) else { return nil }
        let rest = UInt128(width - length)
        let mask: UInt128 = rest >= 128 ? 0 : ~0 << rest
        self.init("\(IPAddress(bits: address.bits & mask))/\(length)")
    }
}
