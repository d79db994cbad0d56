// A filter made ready for one segment: texts became sets of ids, numbers ranges of codes.

import Domain

indirect enum RowFilter {
    case everything
    case nothing
    case all([RowFilter])
    case any([RowFilter])
    case not(RowFilter)
    case ids(EventColumn, IDSet)
    /// A bit for each outcome.
    case outcomes(Int64)
    case codes(EventColumn, [ClosedRange<Int64>])
    /// Times from the first up to but without the second.
    case times(Int64, Int64)

    /// False when no row of a block can pass, as far as its header tells.
    func canPass(_ block: SegmentReader.Block) -> Bool {
        switch self {
        case .everything, .not, .ids, .codes: true
        case .nothing: false
        case .all(let parts): parts.allSatisfy { $0.canPass(block) }
        case .any(let parts): parts.contains { $0.canPass(block) }
        case .outcomes(let mask): mask & block.outcomes != 0
        case .times(let start, let end): block.latest >= start && block.earliest < end
        }
    }

    /// The rows of a loaded block that pass.
    func rows(of block: LoadedBlock) throws -> RowSet {
        let count = block.count
        switch self {
        case .everything: return RowSet(first: count)
        case .nothing: return .none
        case .all(let parts):
            var rows = RowSet(first: count)
            for part in parts {
                rows.formIntersection(try part.rows(of: block))
                if rows.isEmpty { break }
            }
            return rows
        case .any(let parts):
            var rows = RowSet.none
            for part in parts { rows.formUnion(try part.rows(of: block)) }
            return rows
        case .not(let part):
            var rows = RowSet(first: count)
            rows.subtract(try part.rows(of: block))
            return rows
        case .ids(let column, let set):
            let values = try block.values(column)
            let last = Int64(set.words.count * 64 - 1)
            return set.words.withUnsafeBufferPointer { words in
                RowSet(of: values, count: count) { $0 <= last && words[Int($0 >> 6)] >> UInt64($0 & 63) & 1 == 1 }
            }
        case .outcomes(let mask):
            return RowSet(of: try block.values(.outcome), count: count) { mask >> $0 & 1 == 1 }
        case .codes(let column, let ranges):
            let values = try block.values(column)
            var rows = RowSet.none
            for range in ranges {
                let (lower, upper) = (range.lowerBound, range.upperBound)
                rows.formUnion(RowSet(of: values, count: count) { lower <= $0 && $0 <= upper })
            }
            return rows
        case .times(let start, let end):
            if start <= block.header.earliest, block.header.latest < end { return RowSet(first: count) }
            return RowSet(of: try block.values(.time), count: count) { start <= $0 && $0 < end }
        }
    }

    static func all(of parts: [RowFilter]) -> RowFilter {
        var kept: [RowFilter] = []
        for part in parts {
            if case .nothing = part { return .nothing }
            if case .everything = part { continue }
            kept.append(part)
        }
        return kept.isEmpty ? .everything : kept.count == 1 ? kept[0] : .all(kept)
    }

    static func any(of parts: [RowFilter]) -> RowFilter {
        var kept: [RowFilter] = []
        for part in parts {
            if case .everything = part { return .everything }
            if case .nothing = part { continue }
            kept.append(part)
        }
        return kept.isEmpty ? .nothing : kept.count == 1 ? kept[0] : .any(kept)
    }

    static func inverse(of part: RowFilter) -> RowFilter {
        if case .everything = part { return .nothing }
        if case .nothing = part { return .everything }
        return .not(part)
    }
}
