extension FilterValues {
    func numbers(_ field: NumberField) throws(FilterError) -> Filter {
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

    func comparison(of field: NumberField) throws(FilterError) -> Filter {
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
}
