/// The changes that a replay finds, each kind once, with the places of its newest requests.
///
/// They are told apart by numbers: a request that is decided differently may be one of millions.
struct ReplayChanges: Sendable {
    typealias Entry = (change: ReplayTally.Change, sample: ReplayTally.Sample)

    static let most = 10_000

    private(set) var entries: [Entry] = []
    /// Requests of kinds that had no room.
    private(set) var unlisted = 0

    private let before: PolicySnapshot
    private let after: PolicySnapshot
    private var numbers: [Key: Int] = [:]
    /// By the number of a route before: that of the route of its name in the draft, or behind all of these.
    private let oldRoutes: [Int]
    private let mostPlaces: Int
    private var placeCount = 0
    private var placesOfOne = ReplayTally.mostPlacesOfOne

    private struct Key: Hashable {
        let caller: Caller
        let method: String
        let route: Int?
        let before: Reason
        let after: Reason
    }

    private enum Caller: Hashable {
        case anonymous
        case before(ClientIndex)
        case after(ClientIndex)
        case unknown(String)
    }

    init(from before: PolicySnapshot, to after: PolicySnapshot, mostPlaces: Int) {
        (self.before, self.after, self.mostPlaces) = (before, after, mostPlaces)
        let names = Dictionary(
            after.lists.routes.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        oldRoutes = before.lists.routes.enumerated().map { names[$1.name] ?? after.routeCount + $0 }
    }

    /// - Parameters:
    ///   - client: The one that the request names, in the policy before; nil where that doesn't know it.
    ///   - counterpart: The same in the draft.
    mutating func add(
        _ fact: TrafficFact, at position: EventPosition?, by client: ClientIndex?, _ counterpart: ClientIndex?,
        _ old: Decision, _ new: Decision
    ) {
        let key = Key(
            caller: caller(fact, client, counterpart), method: fact.method,
            route: new.route.map { Int($0.number) } ?? old.route.map { oldRoutes[Int($0.number)] },
            before: old.reason, after: new.reason)
        guard let number = numbers[key] ?? number(of: key, fact, old, new) else {
            unlisted += fact.count
            return
        }
        entries[number].sample.count += fact.count
        if let position {
            entries[number].sample.places.add(position, keeping: placesOfOne)
            keepFew()
        }
    }

    private func caller(_ fact: TrafficFact, _ client: ClientIndex?, _ counterpart: ClientIndex?) -> Caller {
        guard let name = fact.client else { return .anonymous }
        return client.map { .before($0) } ?? counterpart.map { .after($0) } ?? .unknown(name)
    }

    /// Of a kind that is new; nil where there is no room for it.
    private mutating func number(of key: Key, _ fact: TrafficFact, _ old: Decision, _ new: Decision) -> Int? {
        guard entries.count < Self.most else { return nil }
        let route =
            new.route.map { after.route($0).name.text } ?? old.route.map { before.route($0).name.text }
        let change = ReplayTally.Change(
            client: fact.client, method: fact.method, route: route, before: old.reason, after: new.reason)
        numbers[key] = entries.count
        entries.append((change, ReplayTally.Sample(path: fact.path, address: fact.address, time: fact.time)))
        return entries.count - 1
    }

    /// Keeps memory bounded: where there are many places, fewer of each change are kept.
    private mutating func keepFew() {
        placeCount += 1
        guard placeCount > mostPlaces else { return }
        repeat {
            for index in entries.indices { entries[index].sample.places.keep(placesOfOne) }
            placeCount = entries.reduce(0) { $0 + $1.sample.places.count }
            if placeCount > mostPlaces / 2 { placesOfOne /= 2 }
        } while placeCount > mostPlaces / 2
    }

    var all: [ReplayTally.Change: ReplayTally.Sample] {
        Dictionary(entries.map { ($0.change, $0.sample) }, uniquingKeysWith: { first, _ in first })
    }
}
