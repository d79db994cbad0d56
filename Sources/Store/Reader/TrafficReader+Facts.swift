package import Domain

/// A page of recorded requests with what questions to the policy engine need of them, and no more.
package struct FactPage: Sendable {
    /// Oldest first; events that don't say what was asked for are left out.
    package let facts: [TrafficFact]
    /// Where they are, one for each.
    package let positions: [EventPosition]
    /// The last event of the page; nil for none.
    package let last: EventPosition?
    package let reachedEnd: Bool
}

extension TrafficReader {
    /// Like `page`, in the order of time: a third of the columns, and a third of the work.
    package func factPage(_ query: TrafficQuery, cancellation: Cancellation = Cancellation()) throws -> FactPage {
        let search = try search(query, cancellation)
        let positions = search.page
        let facts = try rowsIfAny(at: positions) { reader, row, block in try reader.fact(row: row, of: block) }
        return FactPage(
            facts: facts.compactMap(\.self),
            positions: positions.indices.compactMap { facts[$0] == nil ? nil : positions[$0] },
            last: positions.last, reachedEnd: search.found <= query.limit)
    }
}

extension SegmentReader {
    fileprivate func fact(row: Int, of block: LoadedBlock) throws -> TrafficFact? {
        guard let method = try text(.method, try block.values(.text(.method))[row]),
            let path = try text(.path, try block.values(.text(.path))[row])
        else { return nil }
        return TrafficFact(
            client: try text(.client, try block.values(.text(.client))[row]),
            subject: try text(.subject, try block.values(.text(.subject))[row]) ?? "", method: method, path: path,
            address: try address(try block.values(.text(.address))[row]),
            time: Timestamp(microseconds: try block.values(.time)[row]))
    }
}
