import Domain

extension SegmentWriter {
    /// Rows are taken in steps of this many, column by column, so that both rows and tables stay in the cache.
    static let step = 1024

    /// Adds some rows of a batch, writing each block as it fills; `commit` makes them last.
    func append(_ batch: EventBatch, rows range: Range<Int>) throws(StoreError) {
        try begin()
        var next = range.lowerBound
        while next < range.upperBound {
            let count = min(EventColumns.capacity - tail.count, range.upperBound - next, Self.step)
            batch.rows.withUnsafeBufferPointer { rows in
                let rows = UnsafeBufferPointer(rebasing: rows[next..<next + count])
                takeNumbers(rows)
                batch.lines.withUnsafeBytes { lines in
                    batch.scratch.withUnsafeBytes { scratch in
                        for field in TextField.allCases { takeTexts(field, rows, lines, scratch) }
                    }
                }
                takeRoutes(rows)
            }
            tail.count += count
            next += count
            if tail.count == EventColumns.capacity { try finishBlock() }
        }
    }

    private func begin() throws(StoreError) {
        guard batchHash == nil else { return }
        try database.execute("BEGIN IMMEDIATE")
        if isSealed {
            // The summary of the whole speaks of fewer events than there will be.
            try database.execute("DELETE FROM summary_lists WHERE id / 16 = 3")
            try database.execute("DELETE FROM summaries WHERE level = 3")
            isSealed = false
        }
        batchHash = BatchHash(previous: head)
        batchFirst = count
        batchTailStart = tail.count
    }

    private func takeNumbers(_ rows: UnsafeBufferPointer<EventBatch.Row>) {
        let start = tail.count
        let times = tail.buffer(.time)
        let outcomes = tail.buffer(.outcome)
        let statuses = tail.buffer(.status)
        let latencies = tail.buffer(.latency)
        let bytes = tail.buffer(.bytes)
        var earliest = earliest
        var latest = latest
        for index in 0..<rows.count {
            let time = EventColumn.storable(rows[index].time.microseconds)
            times[start + index] = time
            earliest = min(earliest, time)
            latest = max(latest, time)
            outcomes[start + index] = Int64(rows[index].outcome.rawValue)
            statuses[start + index] = Int64(rows[index].status)
            latencies[start + index] = min(max(rows[index].latency, -1), EventColumn.largestNumber) + 1
            bytes[start + index] = min(max(rows[index].bytes, -1), EventColumn.largestNumber) + 1
        }
        self.earliest = earliest
        self.latest = latest
    }

    /// Three passes over the rows, so that the loads of many rows, which miss the cache, are under way together: each
    /// row's hash and slot, then its entry, then the comparison.
    private func takeTexts(
        _ field: TextField, _ rows: UnsafeBufferPointer<EventBatch.Row>, _ lines: UnsafeRawBufferPointer,
        _ scratch: UnsafeRawBufferPointer
    ) {
        let number = Int(field.rawValue)
        let interner = interners[number]
        let hash = interner.hash
        let target = tail.buffer(.text(field))
        let start = tail.count
        let codes = lookups.codes
        let slots = lookups.slots
        let entries = lookups.entries
        var last = EventBatch.Slice.unknown
        var isUnknown = true
        for index in 0..<rows.count {
            let slice = rows[index].texts[number]
            slots[index] = 0
            // Node and source are the same slice in row after row.
            if slice.length == 0 || (slice.offset == last.offset && slice.length == last.length) { continue }
            isUnknown = false
            last = slice
            let text = Self.text(slice, lines, scratch)
            guard let first = text.baseAddress else { continue }
            codes[index] = hash.hash(first, count: text.count)
            slots[index] = interner.firstSlot(codes[index])
        }
        guard !isUnknown else {
            for index in 0..<rows.count { target[start + index] = 0 }
            return
        }
        for index in 0..<rows.count where slots[index] != 0 { entries[index] = interner.entry(slots[index]) }
        let generation = interner.generation
        last = .unknown
        var lastID: UInt32 = 0
        for index in 0..<rows.count {
            let slice = rows[index].texts[number]
            if slice.length == 0 {
                target[start + index] = 0
                continue
            }
            if slice.offset != last.offset || slice.length != last.length {
                last = slice
                let text = Self.text(slice, lines, scratch)
                lastID = 0
                if let first = text.baseAddress {
                    if slots[index] != 0, slots[index] >> 32 == codes[index] >> 32, interner.generation == generation,
                        interner.isText(of: entries[index], first, count: text.count)
                    {
                        lastID = entries[index].id
                    } else {
                        lastID = interner.id(of: first, count: text.count)
                    }
                }
                if lastID == 0 { lastID = intern(text, field: field, interner) }
            }
            target[start + index] = Int64(lastID)
        }
    }

    @inline(__always)
    private static func text(
        _ slice: EventBatch.Slice, _ lines: UnsafeRawBufferPointer, _ scratch: UnsafeRawBufferPointer
    ) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: (slice.isScratch ? scratch : lines)[slice.range])
    }

    /// The id of a text that wasn't met in this form before.
    private func intern(_ text: UnsafeRawBufferPointer, field: TextField, _ interner: Interner) -> UInt32 {
        guard let cleaned = TextRules.cleaned(text, for: field) else { return interner.add(text) }
        return cleaned.withUnsafeBytes { cleaned in
            guard let start = cleaned.baseAddress else { return 0 }
            var id = interner.id(of: start, count: cleaned.count)
            if id == 0 { id = interner.add(cleaned) }
            if text.count <= 4096 { interner.addAlias(text, of: id) }
            return id
        }
    }

    /// Gives rows without a route the template of their path.
    private func takeRoutes(_ rows: UnsafeBufferPointer<EventBatch.Row>) {
        let interner = interners[Int(TextField.route.rawValue)]
        let paths = interners[Int(TextField.path.rawValue)]
        let start = tail.count
        let routeIDs = tail.buffer(.text(.route))
        let pathIDs = tail.buffer(.text(.path))
        let statuses = tail.buffer(.status)
        if routeOfPath.count <= paths.count {
            routeOfPath += Array(repeating: 0, count: max(paths.count + 1 - routeOfPath.count, routeOfPath.count))
        }
        for index in start..<start + rows.count where routeIDs[index] == 0 && pathIDs[index] != 0 {
            let path = Int(pathIDs[index])
            if routeOfPath[path] == 0 {
                let learnsWords = statuses[index] != 404
                let route = routes.route(path: paths.text(path), learnsWords: learnsWords)
                let id = route.withUnsafeBytes { bytes -> UInt32 in
                    guard let start = bytes.baseAddress else { return 0 }
                    let id = interner.id(of: start, count: bytes.count)
                    return id == 0 ? intern(bytes, field: .route, interner) : id
                }
                // A path that is there after all gets its own words when it is found.
                guard learnsWords || !route.contains(UInt8(ascii: "{")) else {
                    routeIDs[index] = Int64(id)
                    continue
                }
                routeOfPath[path] = id
            }
            routeIDs[index] = Int64(routeOfPath[path])
        }
    }
}

/// What was found of each row's text so far, between the passes of a step.
final class LookupMemory {
    let codes = UnsafeMutablePointer<UInt64>.allocate(capacity: SegmentWriter.step)
    let slots = UnsafeMutablePointer<UInt64>.allocate(capacity: SegmentWriter.step)
    let entries = UnsafeMutablePointer<Interner.Entry>.allocate(capacity: SegmentWriter.step)

    deinit {
        codes.deallocate()
        slots.deallocate()
        entries.deallocate()
    }
}
