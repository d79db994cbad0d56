/// One block of which columns are read when they are first asked for; it is filled again for the next block.
final class LoadedBlock {
    private(set) var header = SegmentReader.Block(first: 0, count: 0, earliest: 0, latest: 0, outcomes: 0)
    private(set) var segment: SegmentReader?
    /// Rows that exist for the query: fewer than the block has when a snapshot ends in it.
    private(set) var count = 0
    let columns = EventColumns()
    private var loaded: UInt32 = 0

    /// Turns to a block, of which only events below an ordinal count.
    func load(_ block: SegmentReader.Block, of segment: SegmentReader, below length: Int64) {
        header = block
        self.segment = segment
        count = Int(min(Int64(block.count), max(0, length - block.first)))
        columns.count = count
        loaded = 0
    }

    /// A column's codes; only the first `count` mean anything.
    func values(_ column: EventColumn) throws -> UnsafeMutableBufferPointer<Int64> {
        let bit: UInt32 = 1 << UInt32(column.rawValue)
        if loaded & bit == 0 {
            try segment?.read(column, of: header, into: columns)
            loaded |= bit
        }
        return columns.buffer(column)
    }
}
