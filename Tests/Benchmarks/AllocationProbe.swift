import Glibc

/// Tells whether something allocated memory, without a hook into the allocator.
///
/// A thread gets the block of a size that it freed last. So a block of each size is painted and freed, and when all still
/// have their paint afterwards, none was handed out and written to in between.
enum AllocationProbe {
    private static let paint: Int32 = 0xa5
    private static let sizes = Array(stride(from: 40, through: 1024, by: 16))

    static func sees(_ body: () -> Void) -> Bool {
        let places = sizes
        var addresses = [Int](repeating: 0, count: places.count)
        var blocks = [UnsafeMutableRawPointer?](repeating: nil, count: places.count)
        for index in places.indices {
            blocks[index] = malloc(places[index])
            blocks[index].map { _ = memset($0, paint, places[index]) }
            addresses[index] = blocks[index].map { Int(bitPattern: $0) } ?? 0
        }
        for index in places.indices { free(blocks[index]) }
        body()
        var isTouched = false
        for index in places.indices {
            guard let block = malloc(places[index]) else { continue }
            blocks[index] = block
            isTouched = isTouched || Int(bitPattern: block) != addresses[index]
            // The allocator writes into the first sixteen bytes of a free block.
            for offset in 16..<places[index] {
                isTouched = isTouched || block.load(fromByteOffset: offset, as: UInt8.self) != UInt8(paint)
            }
        }
        for index in places.indices { free(blocks[index]) }
        return isTouched
    }
}
