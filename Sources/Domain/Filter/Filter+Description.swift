extension Filter: CustomStringConvertible {
    /// Canonical text, which parses back to the same normalized filter; empty for everything.
    package var description: String {
        let filter = normalized
        return filter == .everything ? "" : filter.text
    }

    private var text: String {
        switch self {
        case .everything: "*"
        case .all(let parts): parts.map(\.operand).joined(separator: " ")
        case .any(let parts): parts.map(\.alternative).joined(separator: " or ")
        case .not(let inner): "-" + inner.operand
        case .test(let test): test.text
        }
    }

    /// The text as a part of a list or after a minus.
    private var operand: String {
        switch self {
        case .everything, .not, .test: text
        case .all, .any: "(" + text + ")"
        }
    }

    /// The text as a part of an `or`, which binds less than a list.
    private var alternative: String {
        switch self {
        case .everything, .not, .test, .all: text
        case .any: "(" + text + ")"
        }
    }
}

extension Filter.Test {
    fileprivate var text: String {
        switch self {
        case .text(let field, let patterns):
            field.name + ":" + patterns.map { $0.text(in: field) }.joined(separator: ",")
        case .address(let networks): "address:" + networks.map(\.description).joined(separator: ",")
        case .outcome(let outcomes):
            "outcome:" + Outcome.allCases.filter(outcomes.contains).map(\.name).joined(separator: ",")
        case .number(let field, let ranges): field.name + Self.text(of: ranges, for: field)
        case .unknownText(let field): field.name + ":none"
        case .unknownNumber(let field): field.name + ":none"
        case .since(let moment): "since:" + moment.text
        case .until(let moment): "until:" + moment.text
        case .words(let pattern): pattern.wordText
        }
    }

    private static func text(of ranges: [ClosedRange<Int64>], for field: NumberField) -> String {
        if ranges.count == 1, let range = ranges.first {
            switch (range.lowerBound, range.upperBound) {
            case (.min, .max): break
            case (.min, let last):
                return shorter(("<=", field.text(of: last)), ("<", field.text(of: last + 1)))
            case (let first, .max):
                return shorter((">=", field.text(of: first)), (">", field.text(of: first - 1)))
            case (_, _): break
            }
        }
        return ":" + ranges.map { field.text(of: $0) }.joined(separator: ",")
    }

    private typealias Comparison = (sign: String, number: String)

    /// The one whose number is shorter: `>200ms` rather than `>=200001us`.
    private static func shorter(_ first: Comparison, _ second: Comparison) -> String {
        let best = second.number.utf8.count < first.number.utf8.count ? second : first
        return best.sign + best.number
    }
}

extension NumberField {
    fileprivate func text(of number: Int64) -> String {
        switch self {
        case .status: String(number)
        case .latency: DurationText.exact(number)
        case .bytes: ByteText.exact(number)
        }
    }

    fileprivate func text(of range: ClosedRange<Int64>) -> String {
        if range.lowerBound == range.upperBound { return text(of: range.lowerBound) }
        if range == Int64.min...Int64.max { return "*" }
        if self == .status, range.lowerBound % 100 == 0, (100...900).contains(range.lowerBound),
            range.upperBound == range.lowerBound + 99
        {
            return "\(range.lowerBound / 100)xx"
        }
        let first = range.lowerBound == .min ? "" : text(of: range.lowerBound)
        let last = range.upperBound == .max ? "" : text(of: range.upperBound)
        return first + ".." + last
    }
}

extension Filter.Moment {
    fileprivate var text: String {
        switch self {
        case .at(let time): TimeText.shortRFC3339(time)
        case .ago(let microseconds): DurationText.exact(microseconds)
        }
    }
}

extension TextPattern {
    fileprivate func text(in field: TextField) -> String {
        let texts = pieces.map { String(decoding: $0, as: UTF8.self) }
        guard texts.count > 1 else {
            // An address without quotes would be read as a network.
            let quoted = FilterText.quoted(texts.first ?? "")
            return field == .address && !quoted.hasPrefix("\"") ? "\"" + quoted + "\"" : quoted
        }
        return texts.map { $0.isEmpty ? "" : FilterText.piece($0) }.joined(separator: "*")
    }

    fileprivate var wordText: String {
        let texts = pieces.filter { !$0.isEmpty }.map { FilterText.wordPiece(String(decoding: $0, as: UTF8.self)) }
        return texts.isEmpty ? "*" : texts.joined(separator: "*")
    }
}
