internal import Crypto

/// SHA-256 over numbers and texts whose lengths are part of it, so that no two lists of fields give the same bytes.
struct ChainHasher {
    private var hasher = SHA256()

    /// Begins with a label and a line feed, which keeps hashes of different things apart.
    init(label: String) {
        add(bytes: Array(label.utf8))
        add(bytes: [10])
    }

    /// Begins with the hash that the chain had before.
    init(previous: [UInt8]) {
        add(bytes: previous)
    }

    mutating func add(bytes: [UInt8]) {
        hasher.update(data: bytes)
    }

    /// Adds eight bytes, little-endian.
    mutating func add(_ number: Int64) {
        withUnsafeBytes(of: number.littleEndian) { hasher.update(bufferPointer: $0) }
    }

    /// Adds the length in bytes (four, little-endian) and the UTF-8; nil is the length 2³² - 1 and nothing after it.
    mutating func add(_ text: String?) {
        guard var text else { return add(length: .max) }
        text.withUTF8 { bytes in
            add(length: UInt32(bytes.count))
            hasher.update(bufferPointer: UnsafeRawBufferPointer(bytes))
        }
    }

    private mutating func add(length: UInt32) {
        withUnsafeBytes(of: length.littleEndian) { hasher.update(bufferPointer: $0) }
    }

    consuming func finalized() -> [UInt8] { Array(hasher.finalize()) }
}
