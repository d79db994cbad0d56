import Domain

extension Filter {
    /// Events whose field has exactly this text, or has none.
    static func exactly(_ text: String?, in field: TextField) -> Filter {
        guard let text else { return .test(.unknownText(field)) }
        if field == .address, let network = Network(text) { return .test(.address([network])) }
        let ignoresCase = field == .host
        var glob = ""
        for scalar in text.unicodeScalars {
            if scalar == "*" || scalar == "\\" { glob += "\\" }
            glob.unicodeScalars.append(scalar)
        }
        return .test(.text(field, [TextPattern(glob: glob, ignoresCase: ignoresCase)]))
    }

    /// This filter and the terms, without saying anything twice.
    func adding(_ terms: [Filter]) -> Filter {
        var all: [Filter] =
            switch self {
            case .everything: []
            case .all(let parts): parts
            case .any, .not, .test: [self]
            }
        for term in terms where !all.contains(term) { all.append(term) }
        return all.count == 1 ? all[0] : all.isEmpty ? .everything : .all(all)
    }
}
