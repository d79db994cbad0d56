import Domain

/// The last bytes before some offset of a log, by which content that was rewritten is told from content that grew.
package struct ContentTail: Equatable, Sendable {
    package static let length = 256

    package private(set) var bytes: [UInt8] = []

    package init() {}

    package init(_ bytes: some Collection<UInt8>) {
        append(bytes)
    }

    package mutating func append(_ more: some Collection<UInt8>) {
        guard more.count < Self.length else {
            bytes = Array(more.suffix(Self.length))
            return
        }
        let surplus = bytes.count + more.count - Self.length
        if surplus > 0 { bytes.removeFirst(surplus) }
        bytes += more
    }

    /// SHA-256 in hex; empty at the start of a log, where a store's position starts out.
    package var hash: String { bytes.isEmpty ? "" : ContentHash.hex(of: bytes) }
}
