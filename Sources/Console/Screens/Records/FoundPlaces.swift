import Domain

/// The places of a list's rows that a filter lets pass, in their order.
///
/// Somebody types: most filters let pass only some of what the one before did, and are held against those alone. The
/// ones before are kept, for when a letter is taken out again.
struct FoundPlaces: Sendable {
    private struct Found {
        let filter: ListFilter
        let places: [Int32]
    }

    /// Each within the one before it.
    private var kept: [Found] = []
    private static let mostKept = 16

    init() {}

    /// Nil for all there are.
    var places: [Int32]? { kept.last?.places }

    /// Has to be told when the rows became others, or what filters look at in them.
    mutating func forget() { kept = [] }

    /// `test` makes what tells whether a row passes; it isn't called when that is known.
    mutating func follow(_ filter: ListFilter, count: Int, test: () -> (Int) -> Bool) {
        guard filter != .everything else { return forget() }
        while let last = kept.last, !filter.isWithin(last.filter) { kept.removeLast() }
        guard kept.last?.filter != filter else { return }
        let matches = test()
        var found: [Int32] = []
        if let last = kept.last {
            for place in last.places where matches(Int(place)) { found.append(place) }
        } else {
            for place in 0..<count where matches(place) { found.append(Int32(place)) }
        }
        if kept.count == Self.mostKept { kept.removeFirst() }
        kept.append(Found(filter: filter, places: found))
    }
}
