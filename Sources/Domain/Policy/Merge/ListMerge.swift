/// Two changes of a list, element by element. It is for lists whose order means nothing, such as roles and permissions.
///
/// What only one side removed, replaced or added is so in the result. An element that one side replaced and the other
/// replaced otherwise or removed is a clash, in which mine stands.
struct ListMerge {
    /// What both sides made something else of.
    struct Clash: Hashable, Sendable {
        let base: [PolicyTree]
        let mine: [PolicyTree]
        let theirs: [PolicyTree]
    }

    private(set) var elements: [PolicyTree] = []
    private(set) var clashes: [Clash] = []

    init(base: [PolicyTree], mine: [PolicyTree], theirs: [PolicyTree]) {
        let (left, right) = (ListChange(from: base, to: mine), ListChange(from: base, to: theirs))
        let spans = Self.spans(left, right)
        for place in 0...base.count {
            elements += Self.union(left.insertions[place] ?? [], right.insertions[place] ?? [])
            guard place < base.count else { break }
            guard let span = spans.first(where: { $0.contains(place) }) else {
                elements.append(base[place])
                continue
            }
            if span.lowerBound == place { merge(span, of: base, left, right) }
        }
        removeRepetitions(mine, theirs)
    }

    /// Runs of elements of which at least one side made something else.
    private static func spans(_ left: ListChange, _ right: ListChange) -> [Range<Int>] {
        var spans: [Range<Int>] = []
        let ranges = (left.replacements + right.replacements).map(\.range)
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = spans.last, last.upperBound > range.lowerBound {
                spans[spans.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                spans.append(range)
            }
        }
        return spans
    }

    private mutating func merge(_ span: Range<Int>, of base: [PolicyTree], _ left: ListChange, _ right: ListChange) {
        let (mine, theirs) = (left.elements(of: base, in: span), right.elements(of: base, in: span))
        if right.isUntouched(span) || mine == theirs {
            elements += mine
        } else if left.isUntouched(span) {
            elements += theirs
        } else if left.onlyRemoves(in: span), right.onlyRemoves(in: span) {
            elements += span.filter { !left.touches($0) && !right.touches($0) }.map { base[$0] }
        } else {
            elements += mine
            clashes.append(Clash(base: Array(base[span]), mine: mine, theirs: theirs))
        }
    }

    /// What both added in one place, whoever comes first.
    private static func union(_ left: [PolicyTree], _ right: [PolicyTree]) -> [PolicyTree] {
        guard left != right, !left.isEmpty, !right.isEmpty else { return left.isEmpty ? right : left }
        let isFirst = PolicyTree.list(left).json <= PolicyTree.list(right).json
        return isFirst ? left + right : right + left
    }

    /// An element that both brought stands there once, and as often as one of them has it.
    private mutating func removeRepetitions(_ mine: [PolicyTree], _ theirs: [PolicyTree]) {
        let (left, right) = (Self.counts(mine), Self.counts(theirs))
        var seen: [PolicyTree: Int] = [:]
        elements = elements.filter { element in
            seen[element, default: 0] += 1
            return seen[element, default: 0] <= max(left[element] ?? 0, right[element] ?? 0)
        }
    }

    private static func counts(_ elements: [PolicyTree]) -> [PolicyTree: Int] {
        Dictionary(elements.map { ($0, 1) }, uniquingKeysWith: +)
    }
}

/// What one side made of a list.
private struct ListChange {
    struct Replacement {
        /// Of the list before; never empty.
        let range: Range<Int>
        /// None removes it.
        let elements: [PolicyTree]
    }

    private(set) var replacements: [Replacement] = []
    /// What was added before the element of an index.
    private(set) var insertions: [Int: [PolicyTree]] = [:]

    init(from base: [PolicyTree], to elements: [PolicyTree]) {
        var places: [PolicyTree: [Int]] = [:]
        for index in base.indices.reversed() { places[base[index], default: []].append(index) }
        let matches = elements.map { places[$0]?.popLast() }
        // What only moved stays where it was: order means nothing.
        var kept = matches.compactMap(\.self).sorted().makeIterator()
        var place = 0
        var run: [PolicyTree] = []
        for (element, match) in zip(elements, matches) {
            guard match != nil, let index = kept.next() else {
                run.append(element)
                continue
            }
            add(run, for: place..<index)
            (run, place) = ([], index + 1)
        }
        add(run, for: place..<base.count)
    }

    private mutating func add(_ run: [PolicyTree], for range: Range<Int>) {
        if range.isEmpty {
            if !run.isEmpty { insertions[range.lowerBound] = run }
        } else if run.isEmpty || run.count == range.count {
            // One for one, so that as little as possible is changed together.
            for (offset, index) in range.enumerated() {
                let elements = run.isEmpty ? [] : [run[offset]]
                replacements.append(Replacement(range: index..<index + 1, elements: elements))
            }
        } else {
            replacements.append(Replacement(range: range, elements: run))
        }
    }

    func touches(_ index: Int) -> Bool { replacements.contains { $0.range.contains(index) } }

    func isUntouched(_ span: Range<Int>) -> Bool { !replacements.contains { $0.range.overlaps(span) } }

    func onlyRemoves(in span: Range<Int>) -> Bool {
        replacements.allSatisfy { !$0.range.overlaps(span) || $0.elements.isEmpty }
    }

    /// What stands in the place of a span, which has every replacement as a whole or not at all.
    func elements(of base: [PolicyTree], in span: Range<Int>) -> [PolicyTree] {
        span.flatMap { index -> [PolicyTree] in
            guard let replacement = replacements.first(where: { $0.range.contains(index) }) else {
                return [base[index]]
            }
            return replacement.range.lowerBound == index ? replacement.elements : []
        }
    }
}
