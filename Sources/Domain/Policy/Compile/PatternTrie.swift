/// Patterns by their shape, as a tree of segments in flat arrays. Every pattern has a number from 1.
struct PatternTrie: Sendable {
    struct Node: Sendable, BitwiseCopyable {
        /// The child for any one segment; 0 for none.
        var variable: UInt32 = 0
        /// The pattern that ends here; 0 for none.
        var exact: UInt32 = 0
        /// The pattern that goes on here with `*`; 0 for none.
        var open: UInt32 = 0
    }

    private(set) var nodes = [Node()]
    /// The children of nodes by literal.
    private(set) var edges = NumberTable()
    /// The pattern `*`; 0 for none.
    private(set) var everything: UInt32 = 0
    private(set) var count = 0

    /// The number of a pattern's shape, which gets one when it has none; names of variables are no part of a shape.
    mutating func number(of pattern: RoutePattern, _ literals: inout LiteralTable) -> UInt32 {
        if pattern.isEverything {
            if everything == 0 { everything = next() }
            return everything
        }
        var node = 0
        for segment in pattern.segments {
            switch segment {
            case .literal(let text): node = child(of: node, for: literals.number(of: text))
            case .variable:
                if nodes[node].variable == 0 { nodes[node].variable = newNode() }
                node = Int(nodes[node].variable)
            }
        }
        if pattern.isOpen {
            if nodes[node].open == 0 { nodes[node].open = next() }
            return nodes[node].open
        }
        if nodes[node].exact == 0 { nodes[node].exact = next() }
        return nodes[node].exact
    }

    /// What the child of a node for a literal lies under.
    private static func edge(_ node: UInt32, _ literal: UInt32) -> UInt64 { UInt64(node) << 32 | UInt64(literal) }

    private mutating func child(of node: Int, for literal: UInt32) -> Int {
        let key = Self.edge(UInt32(node), literal)
        let known = edges.find(key)
        if known != 0 { return Int(known) }
        let child = newNode()
        edges.insert(key, child)
        return Int(child)
    }

    private mutating func newNode() -> UInt32 {
        nodes.append(Node())
        return UInt32(nodes.count - 1)
    }

    private mutating func next() -> UInt32 {
        count += 1
        return UInt32(count)
    }

    /// Finds all patterns that match a path.
    ///
    /// Those of routes, which are the first `routes` by number, come from the most specific one on: of two of them that
    /// share a path one holds all of the other's.
    func findMatches(of path: inout PathTable, routes: UInt32, _ matches: inout PatternMatches) {
        walk(0, depth: 0, &path, routes, &matches)
        matches.add(everything, isRoute: everything <= routes)
    }

    private func walk(
        _ node: UInt32, depth: Int, _ path: inout PathTable, _ routes: UInt32, _ matches: inout PatternMatches
    ) {
        let here = nodes[Int(node)]
        if depth == path.count {
            matches.add(here.exact, isRoute: here.exact <= routes)
            return
        }
        let literal = path.literal(depth)
        if literal != 0 {
            let child = edges.find(Self.edge(node, literal))
            if child != 0 { walk(child, depth: depth + 1, &path, routes, &matches) }
        }
        if here.variable != 0 { walk(here.variable, depth: depth + 1, &path, routes, &matches) }
        matches.add(here.open, isRoute: here.open <= routes)
    }
}
