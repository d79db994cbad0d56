import Domain

extension SegmentWriter {
    var isInBatch: Bool { batchHash != nil }

    /// Makes everything appended since the last commit durable, with the offsets up to which sources are in here now.
    func commit(positions newPositions: [Int64: Int64], now: Timestamp) throws(StoreError) {
        guard var hash = batchHash else { return }
        takeOpenRun(into: &hash)
        try writeTail()
        try writeStrings(hashing: &hash)
        try writeRates()
        for (source, offset) in newPositions.merging(inheritedPositions, uniquingKeysWith: { max($0, $1) }) {
            statements.setPosition.bind(source, at: 1)
            statements.setPosition.bind(offset, at: 2)
            try statements.setPosition.run()
        }
        let header = BatchHash.Header(number: nextBatch, first: batchFirst, count: count - batchFirst, time: now)
        let newHead = hash.finalized(header)
        try writeBatch(header, hash: newHead)
        try database.execute("COMMIT")
        head = newHead
        nextBatch += 1
        positions.merge(newPositions) { $1 }
        inheritedPositions.removeAll()
        lastCommit = now
        batchHash = nil
    }

    /// Takes over the positions of the part before; they become durable with the first commit.
    func inherit(positions older: [Int64: Int64]) {
        inheritedPositions = older
        positions.merge(older) { max($0, $1) }
    }

    /// Takes the events of the tail that came in since the run began into the batch's hash and the rates.
    private func takeOpenRun(into hash: inout BatchHash) {
        let run = batchTailStart..<tail.count
        guard !run.isEmpty else { return }
        for column in EventColumn.all { hash.add(tail.values(column, run), of: column, scratch: encoded) }
        rates.add(times: tail.values(.time, run), outcomes: tail.values(.outcome, run))
        batchTailStart = tail.count
    }

    /// Writes the full tail as one block in place of its parts.
    func finishBlock() throws(StoreError) {
        if var hash = batchHash {
            batchHash = nil
            takeOpenRun(into: &hash)
            batchHash = hash
        }
        for block in tailBlocks { try removeBlock(block.first) }
        try writeBlock(0..<tail.count)
        builder.add(tail)
        startNextBlock()
        try summariseFinishedBlocks()
    }

    /// Writes the tail's new events, together with blocks before them that are not much larger: a block is rewritten
    /// only when at least half as much is new, so slow traffic isn't written over and over.
    private func writeTail() throws(StoreError) {
        guard tail.count > writtenTail else { return }
        var start = writtenTail
        while let last = tailBlocks.last, last.count < 2 * (tail.count - start) {
            try removeBlock(last.first)
            start -= last.count
            tailBlocks.removeLast()
        }
        try writeBlock(start..<tail.count)
        tailBlocks.append((tailFirst + Int64(start), tail.count - start))
        writtenTail = tail.count
    }

    private func removeBlock(_ first: Int64) throws(StoreError) {
        statements.removeBlock.bind(first, at: 1)
        try statements.removeBlock.run()
        statements.removeColumns.bind(first * SegmentSchema.columnsPerBlock, at: 1)
        try statements.removeColumns.run()
    }

    private func writeBlock(_ range: Range<Int>) throws(StoreError) {
        let first = tailFirst + Int64(range.lowerBound)
        var outcomes: Int64 = 0
        for outcome in tail.values(.outcome, range) { outcomes |= 1 << outcome }
        var earliest = Int64.max
        var latest = Int64.min
        for time in tail.values(.time, range) {
            earliest = min(earliest, time)
            latest = max(latest, time)
        }
        let numbers = [first, Int64(range.count), earliest, latest, outcomes]
        for (index, number) in numbers.enumerated() { statements.addBlock.bind(number, at: Int32(index + 1)) }
        try statements.addBlock.run()
        for column in EventColumn.all {
            let values = tail.values(column, range)
            let codec = ColumnCodec(fitting: values, likelyScales: column.likelyScales)
            // A column that is missing reads as unknown.
            if codec.width == 0, codec.base == 0 { continue }
            let length = codec.encode(values, into: encoded)
            let statement = statements.addColumn
            statement.bind(first * SegmentSchema.columnsPerBlock + Int64(column.rawValue), at: 1)
            statement.bind(codec.base, at: 2)
            statement.bind(codec.scale, at: 3)
            statement.bind(Int64(codec.width), at: 4)
            statement.bind(blob: UnsafeRawBufferPointer(start: encoded, count: length), at: 5)
            try statement.run()
        }
    }

    private func writeStrings(hashing hash: inout BatchHash) throws(StoreError) {
        let statement = statements.addString
        for field in interners.indices {
            let interner = interners[field]
            guard interner.count > writtenStrings[field] else { continue }
            for id in writtenStrings[field] + 1...interner.count {
                let text = interner.text(id)
                hash.add(field: field, id: UInt32(id), text: text)
                statement.bind(Int64(field), at: 1)
                statement.bind(Int64(id), at: 2)
                statement.bind(text: text, at: 3)
                try statement.run()
            }
            writtenStrings[field] = interner.count
        }
    }

    private func writeRates() throws(StoreError) {
        for resolution in RateTally.resolutions {
            for row in rates.rows(resolution: resolution) {
                statements.addRates.bind(resolution, at: 1)
                statements.addRates.bind(row.time, at: 2)
                for (outcome, count) in row.counts.enumerated() {
                    statements.addRates.bind(Int64(count), at: Int32(outcome + 3))
                }
                try statements.addRates.run()
            }
        }
        rates.removeAll()
    }

    private func writeBatch(_ header: BatchHash.Header, hash: [UInt8]) throws(StoreError) {
        let statement = statements.addBatch
        for (index, number) in [header.number, header.first, header.count, header.time.microseconds].enumerated() {
            statement.bind(number, at: Int32(index + 1))
        }
        statement.bind(copying: head, at: 5)
        statement.bind(copying: hash, at: 6)
        try statement.run()
    }
}
