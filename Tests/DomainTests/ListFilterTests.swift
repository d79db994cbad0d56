import Testing

@testable import Domain

@Suite struct ListFilterTests {
    private static let fields = ["name", "role", "note", "count"]

    private func filter(_ text: String) throws -> ListFilter { try ListFilter(parsing: text, fields: Self.fields) }

    @Test(arguments: [
        ("cli", "cl"), ("acli", "cl"), ("cl 9", "cl"), ("a b", "b a"), ("cl*x9", "l*9"), ("role:ab*", "role:a*"),
        ("role:abc", "role:a*c"), ("role:a*bb*c", "role:a*b*c"), ("role:A", "role:a"), ("role:a", "role:b,a"),
        ("a or ab", "a or b"), ("-a", "-ab"), ("(x or y) -a", "-abc"), ("count>9", "count>5"), ("count<=3", "count<4"),
        ("role:none x", "role:none"), ("a", ""), ("x (a or b)", "a or b"), ("CLI", "cl"),
    ])
    func `a filter that asks more lets pass less`(narrow: String, wide: String) throws {
        #expect(try filter(narrow).isWithin(filter(wide)))
    }

    @Test(arguments: [
        ("cl", "cli"), ("name:cli", "name:cl"), ("role:a", "name:a"), ("-ab", "-a"), ("a or c", "a"), ("", "a"),
        ("role:a,b", "role:a"), ("role:b*", "role:*a*"), ("count>5", "count>9"), ("a*b", "ab"),
        ("role:aa*aa", "role:aaa*"),
        ("role:ab*b", "role:ab*bb"), ("abc", "ab*bc"), ("role:a", "a"), ("role:none", "-role:none"), ("a*b", "b*a"),
    ])
    func `what may let pass something else is no narrower`(narrow: String, wide: String) throws {
        #expect(try !filter(narrow).isWithin(filter(wide)))
    }

    @Test func `a chain of groups is given up and not followed for ever`() throws {
        func nested(_ depth: Int) -> ListFilter {
            depth == 0
                ? .word(TextPattern(containing: "a"))
                : depth.isMultiple(of: 2)
                    ? .all([nested(depth - 1), nested(depth - 1)]) : .any([nested(depth - 1), nested(depth - 1)])
        }
        #expect(!nested(14).isWithin(.not(nested(13))))
    }

    @Test func `no row passes a filter without passing those that it is within`() throws {
        var generator = SeededGenerator(seed: 71)
        var within = 0
        for _ in 0..<20_000 {
            let first = randomFilter(&generator, depth: 2)
            let second = generator.chance(50) ? randomFilter(&generator, depth: 2) : widened(first, &generator)
            guard first.isWithin(second) else { continue }
            within += 1
            for _ in 0..<20 {
                let row = randomRow(&generator)
                func passes(_ filter: ListFilter) -> Bool {
                    filter.matches(values: { row[$0] ?? [] }, texts: { row["name"] ?? [] })
                }
                if passes(first) { #expect(passes(second), "\(first) within \(second), \(row)") }
            }
        }
        #expect(within > 2000, "random filters are often enough within each other")
    }

    private func randomRow(_ generator: inout SeededGenerator) -> [String: [String]] {
        var row: [String: [String]] = [:]
        for field in Self.fields {
            row[field] = (0..<Int.random(in: 0...2, using: &generator)).map { _ in
                field == "count" ? "\(Int.random(in: 0...9, using: &generator))" : randomText(&generator, 0...6)
            }
        }
        return row
    }

    private func randomText(_ generator: inout SeededGenerator, _ length: ClosedRange<Int>) -> String {
        (0..<Int.random(in: length, using: &generator)).map { _ in generator.pick(["a", "b", "B"]) }.joined()
    }

    private func randomPattern(_ generator: inout SeededGenerator) -> TextPattern {
        let glob = (0...Int.random(in: 0...2, using: &generator)).map { _ in randomText(&generator, 0...2) }
        return TextPattern(glob: glob.joined(separator: "*"), ignoresCase: true)
    }

    private func randomFilter(_ generator: inout SeededGenerator, depth: Int) -> ListFilter {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &generator) {
        case 0, 1: return .word(TextPattern(containing: randomText(&generator, 1...3)))
        case 2:
            return .field(
                generator.pick(["name", "role"]),
                (0...Int.random(in: 0...1, using: &generator)).map { _ in randomPattern(&generator) })
        case 3: return .absent(generator.pick(["role", "note"]))
        case 4:
            let least = Int64.random(in: 0...9, using: &generator)
            return .number("count", least...Int64.random(in: least...9, using: &generator))
        case 5: return .not(randomFilter(&generator, depth: depth - 1))
        case 6: return .all(randomFilters(&generator, depth: depth - 1))
        default: return .any(randomFilters(&generator, depth: depth - 1))
        }
    }

    private func randomFilters(_ generator: inout SeededGenerator, depth: Int) -> [ListFilter] {
        (0...Int.random(in: 0...2, using: &generator)).map { _ in randomFilter(&generator, depth: depth) }
    }

    /// A filter near another one.
    private func widened(_ filter: ListFilter, _ generator: inout SeededGenerator) -> ListFilter {
        switch filter {
        case .all(let parts): .all(parts.filter { _ in generator.chance(70) })
        case .any(let parts): .any(parts + [randomFilter(&generator, depth: 0)])
        case .word(let pattern):
            .word(TextPattern(pieces: [[], Array(pattern.pieces[1].dropLast()), []], ignoresCase: true))
        case .not(let part): .not(.all([part, randomFilter(&generator, depth: 0)]))
        case .field(let name, let patterns): .field(name, patterns + [randomPattern(&generator)])
        case .everything, .absent, .number: .any([randomFilter(&generator, depth: 0), filter])
        }
    }
}
