/// Events that were chosen one by one, by their places in ascending order.
package struct EventSelection: Hashable, Sendable {
    package let positions: [EventPosition]

    package init(_ positions: [EventPosition]) {
        self.positions = positions
    }

    package func hash(into hasher: inout Hasher) {
        // Queries are hashed with each key; the ends tell selections apart well enough.
        hasher.combine(positions.count)
        hasher.combine(positions.first)
        hasher.combine(positions.last)
    }
}
