/// The places of the newest requests of a kind, however many there are.
package struct NewestPlaces: Hashable, Sendable {
    /// In ascending order; up to twice as many as are kept, so that one more seldom moves the others.
    private var places: [EventPosition] = []

    var count: Int { places.count }

    /// Adds the place of one that is newer than all others.
    mutating func add(_ place: EventPosition, keeping most: Int) {
        if places.count >= 2 * most { keep(most) }
        places.append(place)
    }

    mutating func keep(_ most: Int) {
        if places.count > most { places.removeFirst(places.count - most) }
    }

    package func newest(_ most: Int) -> EventSelection { EventSelection(Array(places.suffix(most))) }
}
