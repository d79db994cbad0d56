/// A request target that every server reads alike.
package struct CanonicalPath: Hashable, Sendable, CustomStringConvertible {
    /// Decoded; none for `/`.
    package let segments: [String]
    /// The bytes up to the query, which are those to forward.
    package let bytes: [UInt8]

    /// Reads a target up to its query (enforcement: refuse, never repair).
    package init(_ target: [UInt8]) throws(PathProblem) {
        var table = PathTable()
        if let problem = table.read(target.span, literals: LiteralTable()) { throw problem }
        var segments: [String] = []
        for index in 0..<table.count { segments.append(table.text(index, in: target.span)) }
        self.segments = segments
        bytes = Array(target.prefix { $0 != Byte.question })
    }

    package init(_ target: some StringProtocol) throws(PathProblem) {
        try self.init(Array(target.utf8))
    }

    package var description: String { String(decoding: bytes, as: UTF8.self) }

    /// Whether a pattern is about this path.
    package func matches(_ pattern: RoutePattern) -> Bool {
        if pattern.isEverything { return true }
        guard
            pattern.isOpen ? segments.count > pattern.segments.count : segments.count == pattern.segments.count
        else { return false }
        for (segment, wanted) in zip(segments, pattern.segments) {
            switch wanted {
            case .literal(let text): guard segment == text else { return false }
            case .variable: continue
            }
        }
        return true
    }
}
