package import Domain

/// Questions about events that were chosen one by one. What is gone of them is left out.
extension TrafficReader {
    /// Events that are read between two looks at whether the answer is still wanted.
    private static let stride = 500

    /// A page of those that a filter lets through, in the order asked for.
    func page(
        _ query: TrafficQuery, of selection: EventSelection, _ cancellation: Cancellation
    ) throws -> TrafficPage {
        let all = selection.positions[...]
        switch query.order {
        case .time: break
        case .number(let field, let descending):
            return try orderedPage(query, all, descending, cancellation) { event in
                event.number(field).map { .number($0) }
            }
        case .text(let field, let descending):
            return try orderedPage(query, all, descending, cancellation) { event in
                event[field].map { .text(Array($0.utf8)) }
            }
        }
        let rest: ArraySlice<EventPosition>
        let isBackward: Bool
        switch query.start {
        case .newest: (rest, isBackward) = (all, true)
        case .oldest: (rest, isBackward) = (all, false)
        case .before(let position): (rest, isBackward) = (all.prefix { $0 < position }, true)
        case .after(let position): (rest, isBackward) = (all.drop { $0 <= position }, false)
        }
        var found: [AccessEvent] = []
        try forEachEvent(in: rest, from: query, isBackward: isBackward, cancellation) { event in
            found.append(event)
            return found.count <= query.limit
        }
        let events = found.prefix(query.limit)
        return TrafficPage(
            events: isBackward ? events.reversed() : Array(events), reachedEnd: found.count <= query.limit)
    }

    /// How many of them a filter lets through, of those that are still there.
    package func count(
        of selection: EventSelection, filter: Filter, now: Timestamp, _ cancellation: Cancellation = Cancellation()
    ) throws -> TrafficCount {
        var query = TrafficQuery(start: .oldest, filter: filter, limit: .max, now: now)
        var count = TrafficCount(matching: 0, total: 0, scanned: 0)
        query.filter = .everything
        try forEachEvent(in: selection.positions[...], from: query, isBackward: false, cancellation) { event in
            count.total += 1
            if filter.matches(event, now: now) { count.matching += 1 }
            return true
        }
        count.scanned = count.total
        return count
    }

    private func orderedPage(
        _ query: TrafficQuery, _ positions: ArraySlice<EventPosition>, _ descending: Bool,
        _ cancellation: Cancellation, by value: (AccessEvent) -> OrderedValue?
    ) throws -> TrafficPage {
        var best = BestValues(limit: query.limit, descending: descending)
        var events: [EventID: AccessEvent] = [:]
        var found: [OrderedEvent] = []
        try forEachEvent(in: positions, from: query, isBackward: true, cancellation) { event in
            events[event.id] = event
            found.append(
                OrderedEvent(value: value(event) ?? .unknown, position: EventPosition(time: event.time, id: event.id)))
            return true
        }
        best.add(found)
        return TrafficPage(events: best.events.compactMap { events[$0.position.id] }, reachedEnd: true)
    }

    /// Calls with those that the query's filter lets through, until the body says no.
    private func forEachEvent(
        in positions: ArraySlice<EventPosition>, from query: TrafficQuery, isBackward: Bool,
        _ cancellation: Cancellation, _ body: (AccessEvent) -> Bool
    ) throws {
        var rest = positions
        while !rest.isEmpty {
            try cancellation.check()
            let part = isBackward ? rest.suffix(Self.stride) : rest.prefix(Self.stride)
            rest = isBackward ? rest.dropLast(part.count) : rest.dropFirst(part.count)
            let events = try events(at: Array(part))
            for event in isBackward ? events.reversed() : events where query.filter.matches(event, now: query.now) {
                guard body(event) else { return }
            }
        }
    }
}
