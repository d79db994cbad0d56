// Days that the catalog has added up. A group stands in for its segments where all of them lie in the window; where it
// can't be read or is no longer there, the segments answer as if there had never been one.

import Domain
import Glibc

extension TrafficReader {
    /// The groups that answer for all their days in a window.
    func groups(in window: TimeWindow) -> [SegmentGroup] {
        guard let catalog else { return [] }
        return catalog.groups.filter { group in
            guard avoidedGroups[group.id] == nil else { return false }
            let segments = catalog.segments.filter { group.holds($0.id.day) }
            guard segments.allSatisfy({ $0.isInside(window) && !avoided.contains($0.id) }) else { return false }
            // A missing file has to be told of, and that takes asking for it.
            return group.stands(for: segments)
                && segments.allSatisfy { access(folder.segment($0.id), F_OK) == 0 }
        }
    }

    /// Runs a query on a group; nil when it can't be read, and isn't to be asked again.
    func read<Result>(_ group: SegmentGroup, _ body: () throws -> Result) throws -> Result? {
        do {
            if let result = try catalog?.read(group, body) { return result }
            avoidedGroups.updateValue(nil, forKey: group.id)
        } catch let error as StoreError {
            avoidedGroups.updateValue(error, forKey: group.id)
        }
        return nil
    }

    func forgetOldGroups() {
        let listed = Set(catalog?.groups.map(\.id) ?? [])
        for id in avoidedGroups.keys where !listed.contains(id) { avoidedGroups.removeValue(forKey: id) }
        for id in groupNumbers.keys where !listed.contains(id) { groupNumbers[id] = nil }
    }

    /// Adds what a group's segments add up to; false when that can't be read, and the tally is of no use any more.
    func add(_ group: SegmentGroup, to tally: inout WindowTally) throws -> Bool {
        guard let catalog else { return false }
        return try read(group) {
            try catalog.addHeader(of: group, totals: &tally.totals, latency: &tally.latency)
            let known = groupNumbers[group.id]
            let numbers = try SummaryList.allCases.map { list in
                try add(list, of: group, in: catalog, known: known?[list.rawValue], to: &tally)
            }
            groupNumbers[group.id] = numbers
            return true
        } == true
    }

    private func add(
        _ list: SummaryList, of group: SegmentGroup, in catalog: CatalogReader, known: [UInt32]?,
        to tally: inout WindowTally
    ) throws -> [UInt32] {
        try catalog.withList(list, .counts, of: group) { counts in
            if let known {
                guard tally.add(counts: counts, numbers: known, in: list) else { throw catalog.damaged(group) }
                return known
            }
            let directory = directories[list.rawValue]
            let mapped = try catalog.withList(list, .hashes, of: group) { hashes in
                try directory.add(counts: counts, hashes: hashes, to: &tally.counts[list.rawValue]) { places, _ in
                    let origins = try origins(of: list, in: group, catalog)
                    return origins.count * 8 == hashes.count ? places.map { origins[$0] } : nil
                }
            }
            guard let mapped else { throw catalog.damaged(group) }
            return mapped.numbers
        }
    }

    /// Where the name of each item of a list stands; nothing when that can't be read.
    private func origins(
        of list: SummaryList, in group: SegmentGroup, _ catalog: CatalogReader
    ) throws -> [ItemDirectory.Origin] {
        try catalog.withList(list, .places, of: group) { places in
            var origins: [ItemDirectory.Origin] = []
            return GroupSummary.readPlaces(places, of: group.members) { origins.append($0) } ? origins : []
        }
    }

    /// Adds a group's latencies of some items; false when it can't be read. `items` says for each number of a list's
    /// directory which of the wanted ones it is, or -1.
    func pick(_ group: SegmentGroup, _ items: [[Int32]], _ picks: inout [LatencyPick]) throws -> Bool {
        guard let catalog else { return false }
        // Usually read; not when the window's sum was kept from before the directories started afresh.
        if groupNumbers[group.id] == nil {
            var unused = WindowTally()
            guard try add(group, to: &unused) else { return false }
        }
        let numbers = groupNumbers[group.id] ?? []
        return try read(group) {
            for list in SummaryList.allCases where list.rawValue < numbers.count {
                let items = items[list.rawValue]
                var wanted: [(key: UInt64, item: Int)] = []
                for (place, number) in numbers[list.rawValue].enumerated() where Int(number) < items.count {
                    let item = items[Int(number)]
                    if item >= 0 { wanted.append((UInt64(place), Int(item))) }
                }
                picks[list.rawValue].want(wanted)
                guard !wanted.isEmpty else { continue }
                let isIntact = try catalog.withList(list, .latencies, of: group) {
                    SummaryCodec.readLatencies($0, into: &picks[list.rawValue])
                }
                guard isIntact else { throw catalog.damaged(group) }
            }
            return true
        } == true
    }
}
