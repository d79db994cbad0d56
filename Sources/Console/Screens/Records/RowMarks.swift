/// Which rows of a table are marked, told by their places.
struct RowMarks: Sendable {
    private var flags: [Bool] = []
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    subscript(place: Int32) -> Bool {
        get { Int(place) < flags.count && flags[Int(place)] }
        set {
            guard self[place] != newValue else { return }
            if Int(place) >= flags.count {
                flags += repeatElement(false, count: max(Int(place) + 1 - flags.count, flags.count))
            }
            flags[Int(place)] = newValue
            count += newValue ? 1 : -1
        }
    }

    /// The places of those that are marked, ascending.
    var places: [Int32] { flags.indices.filter { flags[$0] }.map(Int32.init) }

    /// Whether one of these is marked.
    func contains(anyOf places: [Int32]) -> Bool { !isEmpty && places.contains { self[$0] } }

    /// Marks no others than these any more.
    mutating func keep(only places: [Int32]) {
        guard !isEmpty else { return }
        var kept = RowMarks()
        for place in places where self[place] { kept[place] = true }
        self = kept
    }
}
