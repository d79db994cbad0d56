extension Filter {
    /// Events whose field has exactly this text, or in which it is unknown.
    package static func exactly(_ text: String?, in field: TextField) -> Filter {
        guard let text, !text.isEmpty else { return .test(.unknownText(field)) }
        if field == .address, let network = Network(text) { return .test(.address([network])) }
        return .test(.text(field, [TextPattern(exactly: text, ignoresCase: field.ignoresCase)]))
    }

    /// This filter and further terms, without saying anything twice.
    package func adding(_ terms: [Filter]) -> Filter {
        var all: [Filter]
        switch normalized {
        case .everything: all = []
        case .all(let parts): all = parts
        case .any, .not, .test: all = [normalized]
        }
        for term in terms.map(\.normalized) where !all.contains(term) { all.append(term) }
        return Filter.all(all).normalized
    }

    /// This filter and a further test.
    package func adding(_ test: Test) -> Filter {
        adding([.test(test)])
    }
}
