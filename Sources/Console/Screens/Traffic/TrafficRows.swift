import Domain

/// The stretch of the traffic that is in memory, as shown: newest first, or in the order that was asked for.
///
/// However long the history is, only some pages around the selection are held.
struct TrafficRows: Sendable {
    static let pageSize = 240
    static let limit = 2400

    private(set) var events: [AccessEvent] = []
    private(set) var reachesNewest = false
    private(set) var reachesOldest = false

    var newest: AccessEvent? { events.first }
    var oldest: AccessEvent? { events.last }

    /// Takes a page in; one that doesn't join what is here is dropped, because it answers an outdated question.
    mutating func take(_ page: TrafficPage, for query: TrafficQuery) {
        guard query.order == .time else {
            events = page.events
            reachesNewest = true
            reachesOldest = true
            return
        }
        // A page without events has nothing beyond it, whatever else it says; asking again would go on for ever.
        let reachedEnd = page.reachedEnd || page.events.isEmpty
        switch query.start {
        case .newest:
            events = page.events.reversed()
            reachesNewest = true
            reachesOldest = reachedEnd
        case .oldest:
            events = page.events.reversed()
            reachesNewest = reachedEnd
            reachesOldest = true
        case .before(let position):
            guard position == oldest?.position else {
                guard events.isEmpty else { return }
                events = page.events.reversed()
                reachesOldest = reachedEnd
                return
            }
            events += page.events.reversed()
            reachesOldest = reachedEnd
            if events.count > Self.limit {
                events.removeFirst(events.count - Self.limit)
                reachesNewest = false
            }
        case .after(let position):
            guard position == newest?.position else { return }
            events.insert(contentsOf: page.events.reversed(), at: 0)
            reachesNewest = reachedEnd
            if events.count > Self.limit {
                events.removeLast(events.count - Self.limit)
                reachesOldest = false
            }
        }
    }

    /// Notes that events arrived that are not here.
    mutating func storeGrew() {
        reachesNewest = false
    }

    mutating func removeAll() {
        self = TrafficRows()
    }
}

extension AccessEvent {
    var position: EventPosition { EventPosition(time: time, id: id) }
}
