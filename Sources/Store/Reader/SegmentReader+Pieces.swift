import Domain

extension SegmentReader {
    /// What answers for a part of a window: a summary, or a block whose rows have to be looked at.
    enum Piece {
        case summary(Node)
        case block(Block)
    }

    /// The fewest pieces that hold all events of a window.
    func pieces(of window: TimeWindow) -> [Piece] {
        let (start, end) = (window.start.microseconds, window.end.microseconds)
        func isInside(_ node: Node) -> Bool { start <= node.earliest && node.latest < end }
        func isOutside(_ node: Node) -> Bool { node.latest < start || node.earliest >= end }
        if let top, isInside(top) { return [.summary(top)] }
        var pieces: [Piece] = []
        var ordinal: Int64 = 0
        walk: while ordinal < count {
            for level in [1, 0] where ordinal % SummaryTree.spans[level] == 0 {
                let number = Int(ordinal / SummaryTree.spans[level])
                guard number < nodes[level].count else { continue }
                let node = nodes[level][number]
                if isInside(node) { pieces.append(.summary(node)) }
                if isInside(node) || isOutside(node) {
                    ordinal += SummaryTree.spans[level]
                    continue walk
                }
            }
            let next = ordinal + SummaryTree.spans[0]
            pieces += blocks(ordinal..<next, in: window).map(Piece.block)
            ordinal = next
        }
        return pieces
    }

    /// The blocks between two ordinals that may hold events of a window.
    func blocks(_ ordinals: Range<Int64>, in window: TimeWindow) -> [Block] {
        // All blocks but the last few are full, so this is where the first of them is.
        var index = min(Int(ordinals.lowerBound) / EventColumns.capacity, blocks.count)
        while index > 0, blocks[index - 1].first >= ordinals.lowerBound { index -= 1 }
        var found: [Block] = []
        while index < blocks.count, blocks[index].first < ordinals.upperBound {
            let block = blocks[index]
            if block.latest >= window.start.microseconds, block.earliest < window.end.microseconds {
                found.append(block)
            }
            index += 1
        }
        return found
    }

    /// Adds the events of each second, minute or hour to the buckets that they fall into.
    func addRates(to buckets: inout SeriesBuckets) throws {
        let window = buckets.window
        var start = window.start.second
        for resolution in RateTally.resolutions.reversed() where buckets.seconds % resolution == 0 {
            let end = window.end.second.dividedDown(by: resolution) * resolution
            guard start < end else { continue }
            let rows = try ratesQuery()
            defer { rows.reset() }
            for (place, value) in [resolution, start, end].enumerated() { rows.bind(value, at: Int32(place + 1)) }
            while try rows.step() {
                let index = buckets.index(of: rows.integer(0))
                for outcome in Outcome.allCases {
                    buckets.counts[index][outcome] += Int(rows.integer(Int32(outcome.rawValue) + 1))
                }
            }
            start = end
        }
    }
}
