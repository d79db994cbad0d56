import Glibc

/// Waiting for descriptors.
enum Waiting {
    /// Waits until one of the descriptors can be read, or for a time; tells which ones can.
    ///
    /// A descriptor whose other end is gone counts as readable: reading it tells the end.
    static func forInput(on descriptors: [Descriptor], milliseconds: Int32?) -> [Bool] {
        var entries = descriptors.map { pollfd(fd: $0.number, events: Int16(POLLIN), revents: 0) }
        // An interrupted wait counts as one that ended early: all callers look again at what they wait for.
        guard poll(&entries, nfds_t(entries.count), milliseconds ?? -1) > 0 else {
            return Array(repeating: false, count: descriptors.count)
        }
        return entries.map { $0.revents != 0 }
    }

    static func wake(_ writing: Descriptor) {
        var byte: UInt8 = 1
        // A full pipe is as good as a byte more in it.
        _ = write(writing.number, &byte, 1)
    }
}
