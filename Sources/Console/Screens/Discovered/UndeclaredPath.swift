import Domain
package import Terminal

/// A path in the traffic that no route declares, with all methods that it was called with.
package struct UndeclaredPath: ListedRecord, Equatable {
    /// A path template.
    package let id: String
    let pattern: RoutePattern
    private(set) var methods: [Domain.Method]
    private(set) var counts: OutcomeCounts

    /// Those that were called most first; what no route can stand for is left out.
    static func grouped(_ found: [DiscoveredRoute]) -> [UndeclaredPath] {
        var paths: [String: UndeclaredPath] = [:]
        for route in found {
            guard let method = Domain.Method(name: route.method), let pattern = RoutePattern(template: route.route)
            else { continue }
            var path =
                paths[route.route]
                ?? UndeclaredPath(id: route.route, pattern: pattern, methods: [], counts: OutcomeCounts())
            if !path.methods.contains(method) { path.methods.append(method) }
            path.methods.sort { $0.rawValue < $1.rawValue }
            path.counts += route.counts
            paths[route.route] = path
        }
        return paths.values.sorted { ($1.counts.requests, $0.id) < ($0.counts.requests, $1.id) }
    }

    /// Whether a route declares all of it by now.
    func isDeclared(in routes: [Route]) -> Bool {
        methods.allSatisfy { method in
            routes.contains { $0.methods.contains(method) && $0.pattern.covers(pattern) }
        }
    }

    /// The methods that no route declares.
    func missingMethods(in routes: [Route]) -> [Domain.Method] {
        methods.filter { method in !routes.contains { $0.methods.contains(method) && $0.pattern.covers(pattern) } }
    }

    package static let columns =
        [
            ListColumn("methods", "how it was called", width: .flexible(8, weight: 1)),
            ListColumn("path", "the template of the paths", width: .flexible(20, weight: 5)),
            ListColumn("requests", "how many came", width: .fixed(9), isNumber: true),
            ListColumn("answered", "the share that was allowed", width: .fixed(16), drop: 1),
            ListColumn("outcomes", "what became of them", width: .flexible(18, weight: 3), drop: 2),
        ]
        + Outcome.allCases.map { outcome in
            ListColumn(
                outcome.name, "how many were " + CleanText(outcome.name), title: outcome.shortName, width: .fixed(9),
                drop: 3, role: outcome.role, isNumber: true, more: true)
        }

    package static let exported = ["methods", "path", "requests"] + Outcome.allCases.map(\.name)

    package static let fields =
        ["path", "method", "methods", "requests", "answered"] + Outcome.allCases.map(\.name)

    package func values(of field: String, in context: ScreenContext) -> [String] {
        switch field {
        case "path": [pattern.text]
        case "method", "methods": methods.map(\.name)
        case "requests": ["\(counts.requests)"]
        case "answered": ["\(counts.requests == 0 ? 0 : counts.allowed * 100 / counts.requests)"]
        default: Outcome(name: field).map { ["\(counts[$0])"] } ?? []
        }
    }

    package var texts: [String] { [id, pattern.text] }

    package func cell(of field: String, in context: ScreenContext, _ glyphs: Glyphs) -> TableCell? {
        switch field {
        case "requests": return .text(NumberText.grouped(counts.requests))
        case "answered":
            let share = counts.requests == 0 ? 0 : Double(counts.allowed) / Double(counts.requests)
            let label = NumberText.percent(share)
            // As wide as any percentage, so that all bars have one length.
            let indent = CleanText(String(repeating: " ", count: max(0, 7 - label.columns)))
            return .meter(share, Outcome.allowed.role, label: indent + label)
        case "outcomes": return .pieces(outcomePieces(glyphs))
        default: return nil
        }
    }

    /// Each outcome that came, with its sign and count.
    func outcomePieces(_ glyphs: Glyphs) -> [Piece] {
        Outcome.displayOrder.filter { counts[$0] > 0 }.flatMap { outcome in
            [
                Piece(outcome.symbol(glyphs), outcome.role),
                Piece(" " + NumberText.si(Double(counts[outcome])) + "  ", outcome.role),
            ]
        }
    }
}
