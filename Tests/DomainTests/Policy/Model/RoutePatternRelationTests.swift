import Domain
import Testing

struct RoutePatternRelationTests {
    @Test(arguments: [
        ("*", "/", PatternRelation.covers), ("/*", "/", .disjoint), ("/*", "*", .partial), ("/", "*", .partial),
        ("/users/*", "/users/{id}", .covers), ("/users/*", "/users", .disjoint),
        ("/users/{id}", "/users/me", .covers), ("/users/me", "/users/{id}", .partial),
        ("/users/me", "/users/*", .partial), ("/{a}/x", "/y/{b}", .partial), ("/{a}/x", "/y/{b}/z", .disjoint),
        ("/a/*", "/{x}/*", .partial), ("/{x}/*", "/a/*", .covers), ("/a/b", "/a/b", .covers),
    ])
    func `a pattern covers, meets or misses another`(pattern: String, other: String, relation: PatternRelation) throws {
        #expect(try RoutePattern(pattern).relation(to: RoutePattern(other)) == relation)
    }

    @Test func `the relation is the one of the sets of paths, on random patterns`() throws {
        var paths: [[String]] = [[]]
        var longest: [[String]] = [[]]
        for _ in 0..<5 {
            longest = longest.flatMap { path in ["a", "b", "c"].map { path + [$0] } }
            paths += longest
        }
        var random = SeededGenerator(seed: 301)
        for _ in 0..<3000 {
            let (left, right) = (try Self.pattern(&random), try Self.pattern(&random))
            let ofRight = paths.filter { PathOracle.matches(right, $0) }
            let ofBoth = ofRight.filter { PathOracle.matches(left, $0) }
            let expected: PatternRelation = ofBoth == ofRight ? .covers : ofBoth.isEmpty ? .disjoint : .partial
            #expect(left.relation(to: right) == expected, "\(left) to \(right)")
        }
    }

    /// Of at most three listed segments, so that paths of five tell all patterns apart.
    private static func pattern(_ random: inout SeededGenerator) throws -> RoutePattern {
        if random.chance(5) { return try RoutePattern("*") }
        var parts: [String] = []
        for index in 0..<Int.random(in: 0...3, using: &random) { parts.append(random.pick(["a", "b", "{v\(index)}"])) }
        if random.chance(30) { parts.append("*") }
        return try RoutePattern("/" + parts.joined(separator: "/"))
    }
}
