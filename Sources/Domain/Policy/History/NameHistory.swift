/// What became of a version's things in the versions after it: which go by other names now, and which went.
package struct NameHistory: Sendable {
    /// From the names at that version to those now.
    package private(set) var names = ItemNames()
    /// How something went that was there at the version.
    package struct Departure: Hashable, Sendable {
        package let version: Int
        /// What came with that version, and may be the same; empty where it certainly went.
        package let successors: [ItemKey]
    }

    /// By the names at the version.
    private var departures: [ItemKey: Departure] = [:]
    /// The last version that renamed something, by the name at the version.
    private var moves: [ItemKey: Int] = [:]
    /// What has a name now, by the name that it had; nil for what wasn't there. Names that aren't here have kept theirs.
    private var origins: [ItemKey: ItemKey?] = [:]
    /// By the names under which they went.
    private var departed: [ItemKey: ItemKey] = [:]

    package init() {}

    /// Goes on by a version's edits; versions come in their order.
    package mutating func follow(_ edits: [PolicyEdit], of version: Int) {
        let renamings = Renamings(in: edits)
        follow(
            made: edits.filter { $0.before == nil }.map(\.key), removed: edits.filter { $0.after == nil }.map(\.key),
            renamings, of: version)
    }

    /// Goes on by a version that made and removed these, and gave no other names.
    package mutating func follow(made: [ItemKey], removed: [ItemKey], of version: Int) {
        follow(made: made, removed: removed, Renamings(in: []), of: version)
    }

    private mutating func follow(made: [ItemKey], removed: [ItemKey], _ renamings: Renamings, of version: Int) {
        let places = renamings.names.places
        let moved = places.map { (from: $0, to: $1, origin: origin(of: $0)) }
        for key in removed where places[key] == nil {
            if let then = origin(of: key) {
                departures[then] = Departure(version: version, successors: renamings.replaced[key] ?? [])
                departed[key] = then
            }
            origins[key] = .some(nil)
        }
        for move in moved { origins[move.from] = .some(nil) }
        let renamed = Set(places.values)
        for key in made where !renamed.contains(key) {
            // What comes back under the name under which it went is the same for whoever looks at names.
            if let then = departed.removeValue(forKey: key) {
                departures[then] = nil
                origins[key] = .some(then)
                names[then] = key
            } else {
                origins[key] = .some(nil)
            }
        }
        for move in moved {
            origins[move.to] = .some(move.origin)
            guard let then = move.origin else { continue }
            names[then] = move.to
            moves[then] = version
        }
    }

    private func origin(of key: ItemKey) -> ItemKey? { origins[key] ?? key }

    /// How something of the version went; nil while it is there.
    package func departure(of then: ItemKey) -> Departure? { departures[then] }

    /// What whoever looks for something under the name that it had has to know; nil where there is nothing to tell.
    package func note(on then: ItemKey) -> String? {
        if let gone = departures[then] {
            guard !gone.successors.isEmpty else { return "\(then) was removed in version \(gone.version)" }
            let others = gone.successors.prefix(3).map(\.description).joined(separator: ", ")
            let rest = gone.successors.count > 3 ? " and more" : ""
            return "\(then) went in version \(gone.version), in which \(others)\(rest) came; "
                + "whether that is the same can't be told"
        }
        guard names[then] != then, let version = moves[then] else { return nil }
        return "\(then) is called \(names[then].name) since version \(version)"
    }
}
