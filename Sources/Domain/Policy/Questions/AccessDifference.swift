/// How two policies differ in effect: who may call what.
package struct AccessDifference: Sendable {
    package enum Kind: UInt8, CaseIterable, Comparable, Sendable, BitwiseCopyable {
        case gained
        case lost
        /// Under other conditions.
        case changed

        package var name: String {
            switch self {
            case .gained: "gained"
            case .lost: "lost"
            case .changed: "changed"
            }
        }

        package static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
    }

    /// The clients that the same thing happens to.
    package struct Group: Hashable, Sendable {
        /// By name.
        package let route: String
        package let method: Method
        package let kind: Kind
        /// By name, the first ones.
        package fileprivate(set) var clients: [String]
        package fileprivate(set) var clientCount: Int
        /// Whether it happens to requests without credentials too.
        package fileprivate(set) var isAnonymous: Bool
    }

    package static let mostClients = 20

    /// By route, method and kind.
    package let groups: [Group]
    /// False when there was too much to compare; then there may be more.
    package let isComplete: Bool

    /// Compares two snapshots at a time, looking at no more than so many pairs of client and route with its method.
    package init(from old: PolicySnapshot, to new: PolicySnapshot, at time: Timestamp, mostPairs: Int = 20_000_000) {
        struct Place: Hashable {
            let route: String
            let method: Method
            let kind: Kind
        }
        var groups: [Place: Group] = [:]
        var pairs = 0
        let comparison = SnapshotComparison(old, new, at: time)
        var isComplete = true
        for call in comparison.calls where call.isChanged || !comparison.changedCallers.isEmpty {
            let memo = comparison.accesses(to: call)
            for caller in call.isChanged ? comparison.allCallers : comparison.changedCallers {
                pairs += 1
                guard let kind = memo.kind(caller) else { continue }
                let place = Place(route: call.route, method: call.method, kind: kind)
                var group =
                    groups[place]
                    ?? Group(
                        route: call.route, method: call.method, kind: kind, clients: [], clientCount: 0,
                        isAnonymous: false)
                if let name = caller.name {
                    group.clientCount += 1
                    if group.clients.count < Self.mostClients { group.clients.append(name) }
                } else {
                    group.isAnonymous = true
                }
                groups[place] = group
            }
            guard pairs <= mostPairs else {
                isComplete = false
                break
            }
        }
        self.groups = groups.values.sorted {
            ($0.route, $0.method.rawValue, $0.kind) < ($1.route, $1.method.rawValue, $1.kind)
        }
        self.isComplete = isComplete
    }
}
