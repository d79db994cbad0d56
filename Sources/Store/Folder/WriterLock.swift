// One writer per store: a lock that the kernel releases when its holder dies, with words on who that is.

import Domain
import Glibc

/// Holds the store's writing lock while it lives.
///
/// An open-file-description lock (fcntl(2), Linux): unlike flock(2) it can be asked about without taking it, so a
/// console that looks never gets into a writer's way.
final class WriterLock {
    // The header has these only under _GNU_SOURCE; the numbers are the kernel's ABI.
    private static let getLock: Int32 = 36
    private static let setLock: Int32 = 37

    private let descriptor: Int32

    /// Takes the lock, waiting up to a time for its holder to end.
    init(path: String, holder: String, waiting limit: Duration) throws(StoreError) {
        let descriptor = try StoreFolder.openFile(path)
        let clock = ContinuousClock()
        let deadline = clock.now.advanced(by: limit)
        while true {
            var region = Self.wholeFile(F_WRLCK)
            if fcntl(descriptor, Self.setLock, &region) == 0 { break }
            let failure = errno
            guard failure == EAGAIN || failure == EACCES else {
                close(descriptor)
                throw StoreError(.system(failure), path: path)
            }
            guard clock.now < deadline else {
                let holder = Self.text(in: descriptor)
                close(descriptor)
                throw StoreError(.locked(holder: holder), path: path)
            }
            usleep(20_000)
        }
        ftruncate(descriptor, 0)
        _ = Array(holder.utf8).withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
        self.descriptor = descriptor
    }

    deinit {
        ftruncate(descriptor, 0)
        // Closing isn't enough: a program that is being started holds a copy of the descriptor until it is there.
        var region = Self.wholeFile(F_UNLCK)
        _ = fcntl(descriptor, Self.setLock, &region)
        close(descriptor)
    }

    /// Who writes now; nil when nobody does.
    static func holder(path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var region = wholeFile(F_RDLCK)
        guard fcntl(descriptor, getLock, &region) == 0, region.l_type != Int16(F_UNLCK) else { return nil }
        return text(in: descriptor)
    }

    private static func wholeFile(_ type: Int32) -> flock {
        flock(l_type: Int16(type), l_whence: Int16(SEEK_SET), l_start: 0, l_len: 0, l_pid: 0)
    }

    private static func text(in descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}
