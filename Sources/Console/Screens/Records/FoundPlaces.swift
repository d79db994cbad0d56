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

    /// - Parameters:
    ///   - left: Those there are without a filter; nil for all of a table.
    ///   - count: How many the table has.
    ///   - narrow: Gives those of some places that pass; it isn't called when they are known.
    mutating func follow(
        _ filter: ListFilter, among left: [Int32]? = nil, of count: Int, narrow: ([Int32]) -> [Int32]
    ) {
        guard filter != .everything else { return forget() }
        while let last = kept.last, !filter.isWithin(last.filter) { kept.removeLast() }
        guard kept.last?.filter != filter else { return }
        let found = narrow(kept.last?.places ?? left ?? Array(0..<Int32(count)))
        if kept.count == Self.mostKept { kept.removeFirst() }
        kept.append(Found(filter: filter, places: found))
    }

    /// Those that were found, or all, as another order has them.
    ///
    /// - Parameter whole: The places of all rows, ascending by what orders them.
    static func ordered(_ found: [Int32]?, as whole: [Int32], isDescending: Bool) -> [Int32] {
        guard let found else { return isDescending ? whole.reversed() : whole }
        var isFound = [Bool](repeating: false, count: whole.count)
        for place in found { isFound[Int(place)] = true }
        let rows = whole.filter { isFound[Int($0)] }
        return isDescending ? rows.reversed() : rows
    }
}
