import Domain

/// Up to one block's events as columns of codes, in memory.
///
/// Each column has its place in one allocation; the columns of a block that is being filled lie in the cache.
final class EventColumns {
    /// Events in a full block; blocks never straddle a multiple of it.
    static let capacity = 4096

    private let storage: UnsafeMutableBufferPointer<Int64>
    var count = 0

    init() {
        storage = .allocate(capacity: EventColumn.count * Self.capacity)
        storage.initialize(repeating: 0)
    }

    deinit {
        storage.deallocate()
    }

    /// Room for the whole of a column.
    func buffer(_ column: EventColumn) -> UnsafeMutableBufferPointer<Int64> {
        UnsafeMutableBufferPointer(
            rebasing: storage[column.rawValue * Self.capacity..<(column.rawValue + 1) * Self.capacity])
    }

    func values(_ column: EventColumn, _ range: Range<Int>) -> UnsafeBufferPointer<Int64> {
        UnsafeBufferPointer(rebasing: buffer(column)[range])
    }

    func values(_ column: EventColumn) -> UnsafeBufferPointer<Int64> {
        values(column, 0..<count)
    }

    func removeAll() {
        count = 0
    }
}
