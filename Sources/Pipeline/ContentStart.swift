package import Domain

/// The first bytes of a log, by which it is known whatever its name is.
package struct ContentStart: Equatable, Sendable {
    package static let length = 1024

    package private(set) var bytes: [UInt8] = []

    package init() {}

    package init(_ bytes: some Collection<UInt8>) {
        append(bytes)
    }

    package var isComplete: Bool { bytes.count == Self.length }

    /// Takes what follows the bytes so far.
    package mutating func append(_ more: some Collection<UInt8>) {
        bytes += more.prefix(Self.length - bytes.count)
    }

    package func identity(name: String) -> SourceIdentity {
        SourceIdentity(prefixHash: ContentHash.hex(of: bytes), prefixLength: bytes.count, name: name)
    }
}
