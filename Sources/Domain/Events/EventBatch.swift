/// A run of parsed log lines on their way to the store: numbers in rows, texts as slices of two byte buffers.
///
/// Texts stay bytes until they are interned, because a `String` for each field costs more than all the rest of
/// reading a line.
package struct EventBatch: Sendable {
    /// The bytes that the lines were read from. Row slices below `scratchFlag` point here.
    package var lines: [UInt8]
    /// Texts that had to be rewritten (unescaped, hashed); row slices with `scratchFlag` point here.
    package var scratch: [UInt8] = []
    package var rows: [Row] = []

    package init(lines: [UInt8] = []) {
        self.lines = lines
    }

    /// A text's place in one of the two buffers; unknown when its length is 0.
    package struct Slice: Sendable, BitwiseCopyable {
        package static let scratchFlag: UInt32 = 1 << 31
        package static let unknown = Slice(offset: 0, length: 0)

        package var offset: UInt32
        package var length: UInt32

        // Made and stored fifteen times a line, by another module.
        @inlinable
        package init(offset: UInt32, length: UInt32) {
            self.offset = offset
            self.length = length
        }

        @inlinable
        package var isUnknown: Bool { length == 0 }
        package var isScratch: Bool { offset & Self.scratchFlag != 0 }
        package var start: Int { Int(offset & ~Self.scratchFlag) }
        package var range: Range<Int> { start..<start + Int(length) }
    }

    package struct Row: Sendable, BitwiseCopyable {
        package var time: Timestamp
        /// Microseconds; -1 is unknown.
        package var latency: Int64 = -1
        /// -1 is unknown.
        package var bytes: Int64 = -1
        /// Where the line starts in its source, in bytes; what makes reading again after a crash exact.
        package var offset: Int64 = 0
        /// 0 is unknown.
        package var status: UInt16 = 0
        package var outcome: Outcome
        package var texts: InlineArray<15, Slice> = .init(repeating: .unknown)

        @inlinable
        package init(time: Timestamp, outcome: Outcome) {
            self.time = time
            self.outcome = outcome
        }

        @inlinable
        package subscript(field: TextField) -> Slice {
            get { texts[Int(field.rawValue)] }
            set { texts[Int(field.rawValue)] = newValue }
        }
    }

    /// Adds bytes to the scratch buffer and tells where they are.
    package mutating func write(_ bytes: some Collection<UInt8>) -> Slice {
        let start = scratch.count
        scratch.append(contentsOf: bytes)
        return Slice(offset: UInt32(start) | Slice.scratchFlag, length: UInt32(scratch.count - start))
    }

    package func bytes(_ slice: Slice) -> ArraySlice<UInt8> {
        slice.isScratch ? scratch[slice.range] : lines[slice.range]
    }

    /// Adds an event that was not read from a log line.
    package mutating func append(_ event: AccessEvent) {
        var row = Row(time: event.time, outcome: event.outcome)
        row.latency = event.latency ?? -1
        row.bytes = event.bytes ?? -1
        row.status = event.status ?? 0
        for field in TextField.allCases {
            if let text = event[field] { row[field] = write(text.utf8) }
        }
        rows.append(row)
    }
}
