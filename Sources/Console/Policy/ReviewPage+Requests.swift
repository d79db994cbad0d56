import Domain
import Terminal

/// The way from a row of the effect to its requests.
extension ReviewPage {
    /// What shows the requests that a row of the effect is about, in the time that was replayed.
    func filter(for row: ReplayReport.Row, policy: Policy) -> Filter {
        let key = row.change.route.flatMap { ItemKey(text: "\(ItemKind.route.rawValue)/\($0)") }
        let edits = check?.edits ?? request.edits
        var path = Filter.exactly(row.sample.path, in: .path)
        if let key, case .route(let route)? = edits.first(where: { $0.key == key })?.after ?? policy[key] {
            path = .test(.text(.path, [route.pattern.glob]))
        }
        return Filter.everything.adding([
            .exactly(row.change.client, in: .client), .exactly(row.change.method, in: .method), path,
            .test(.since(.at(question.since))), .test(.until(.at(opened.advanced(by: 1_000_000)))),
        ])
    }

    /// How many of those requests the change is about, in words.
    func account(of row: ReplayReport.Row) -> String {
        let count = NumberText.grouped(row.sample.count).text
        let what =
            switch row.kind {
            case .newlyRefused: "would be newly refused"
            case .newlyAllowed: "would be newly allowed"
            case .otherReason: "would be refused for another reason"
            }
        let codes = "\(row.change.before.code) → \(row.change.after.code)"
        return "\(count) of these requests \(what) (\(codes)); esc goes back to the review"
    }
}

extension RoutePattern {
    /// Paths that it may be about, those of variables with anything in their places.
    fileprivate var glob: TextPattern {
        guard !isEverything else { return TextPattern(glob: "*") }
        var parts = segments.map { segment in
            switch segment {
            case .literal(let text): text.map { "*\\".contains($0) ? "\\\($0)" : "\($0)" }.joined()
            case .variable: "*"
            }
        }
        if isOpen { parts.append("*") }
        return TextPattern(glob: "/" + parts.joined(separator: "/"))
    }
}
