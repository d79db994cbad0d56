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

    private static func isNone(_ value: FilterScanner.Value) -> Bool { value.plain?.lowercased() == "none" }

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

    // MARK: - Numbers

    private func numbers(_ field: NumberField) throws(FilterError) -> Filter {
        var ranges: [ClosedRange<Int64>] = []
        var includesUnknown = false
        for value in values {
            if Self.isNone(value) {
                includesUnknown = true
            } else {
                ranges.append(try range(of: value, for: field))
            }
        }
        var alternatives: [Filter] = []
        if includesUnknown { alternatives.append(.test(.unknownNumber(field))) }
        if !ranges.isEmpty { alternatives.append(.test(.number(field, ranges))) }
        return Filter.any(alternatives).normalized
    }

    /// A number, a class such as `4xx`, `400..499` with either end left out, or `*` for all that are known.
    private func range(of value: FilterScanner.Value, for field: NumberField) throws(FilterError) -> ClosedRange<Int64>
    {
        let text = value.text
        if text == "*" { return Int64.min...Int64.max }
        if field == .status, let hundreds = FilterText.statusClass(text) {
            return hundreds * 100...hundreds * 100 + 99
        }
        guard let (first, last) = Self.split(text) else {
            let number = try number(text, at: value.range, for: field)
            return number...number
        }
        guard !first.isEmpty || !last.isEmpty else {
            throw FilterError("A range needs an end", at: value.range, suggestion: "\(field.name):400..499")
        }
        let lower = first.isEmpty ? Int64.min : try number(first, at: value.range, for: field)
        let upper = last.isEmpty ? Int64.max : try number(last, at: value.range, for: field)
        guard lower <= upper else {
            throw FilterError("The range runs backwards", at: value.range, suggestion: "\(last)..\(first)")
        }
        return lower...upper
    }

    private static func split(_ text: String) -> (first: String, last: String)? {
        let bytes = Array(text.utf8)
        for index in bytes.indices.dropLast() where bytes[index] == 0x2e && bytes[index + 1] == 0x2e {
            return (
                String(decoding: bytes[..<index], as: UTF8.self), String(decoding: bytes[(index + 2)...], as: UTF8.self)
            )
        }
        return nil
    }

    private func number(_ text: String, at range: Range<Int>, for field: NumberField) throws(FilterError) -> Int64 {
        switch field {
        case .status:
            guard text.utf8.count <= 3, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int64(text)
            else {
                throw FilterError("\(text) is no status such as 404, 4xx or 400..499", at: range)
            }
            return number
        case .latency:
            guard let number = DurationText.parse(text) else {
                let isBare = DurationText.parse(text + "ms") != nil
                throw FilterError(
                    isBare
                        ? "A duration needs a unit"
                        : "\(text) is no duration such as 200ms (\(DurationText.unitNames))",
                    at: range, suggestion: isBare ? text + "ms" : nil)
            }
            return number
        case .bytes:
            guard let number = ByteText.parse(text) else {
                throw FilterError("\(text) is no size such as 1MB (\(ByteText.unitNames))", at: range)
            }
            return number
        }
    }

    private func comparison(of field: NumberField) throws(FilterError) -> Filter {
        guard values.count == 1, let value = values.first else {
            throw FilterError("A comparison has one value", at: term, suggestion: nil)
        }
        let bounds: ClosedRange<Int64>
        if field == .status, let hundreds = FilterText.statusClass(value.text) {
            bounds = hundreds * 100...hundreds * 100 + 99
        } else {
            let number = try number(value.text, at: value.range, for: field)
            bounds = number...number
        }
        let range: ClosedRange<Int64>
        switch sign {
        case .more:
            guard bounds.upperBound < .max else { return .not(.everything) }
            range = bounds.upperBound + 1...Int64.max
        case .atLeast: range = bounds.lowerBound...Int64.max
        case .less: range = Int64.min...bounds.lowerBound - 1
        case .atMost: range = Int64.min...bounds.upperBound
        case .colon, .equal, .notEqual: range = bounds
        }
        return .test(.number(field, [range]))
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
