import Domain
import Glibc

/// One open file that is followed, whatever its name has become.
final class FollowedFile {
    /// What a look at the file found.
    enum Look {
        /// Nothing new.
        case quiet
        /// New bytes; more may be there.
        case read(LineCutter.Run)
        /// What was read is no longer there: the file was truncated, or written anew.
        case rewritten
    }

    let descriptor: Descriptor
    let inode: FileStatus.Inode
    /// Nil until something in the file tells which source it is.
    var reading: LogReading?
    /// What the file system said when everything in it was read.
    var statusAtEnd: FileStatus?
    /// When it was found to be rotated away, or last grew after that.
    var quietSince: Timestamp?
    /// Whether its content isn't followed: it was compressed, and is read.
    var isSpent = false
    let watch: ChangeWatch.Watch?

    init(_ descriptor: Descriptor, watch: ChangeWatch.Watch?) throws(SystemError) {
        self.descriptor = descriptor
        self.watch = watch
        inode = try descriptor.status().inode
    }

    /// Whether nothing happened to the file since it was read to its end.
    func isUnchanged(_ status: FileStatus) -> Bool {
        guard let last = statusAtEnd else { return false }
        return last.size == status.size && last.modified == status.modified
    }

    /// The file's first bytes, up to an offset.
    func start(upTo offset: Int64) throws -> ContentStart {
        ContentStart(try descriptor.bytes(at: 0, count: Int(min(offset, Int64(ContentStart.length)))))
    }

    /// Reads the next chunk, after a check that the bytes before it are the ones that were read.
    ///
    /// Both come from one system call, so that a file that is rewritten in between can't be taken for one that grew.
    func look(_ status: FileStatus) throws -> Look {
        guard var reading else { return .quiet }
        defer { self.reading = reading }
        let end = reading.cutter.end
        guard status.size >= end else { return .rewritten }
        let known = reading.cutter.endTail.bytes
        // At its start there is nothing before, and the bytes that tell the source have to come again.
        let expected = end < reading.start.bytes.count ? reading.start.bytes[Int(end)...] : []
        let wanted = Int(min(status.size - end, Int64(LineCutter.largestChunk)))
        var isSame = true
        var before = [UInt8](repeating: 0, count: known.count)
        let run = try reading.cutter.next(atMost: wanted) { buffer in
            let got = try descriptor.read(into: &before, then: buffer, at: end - Int64(known.count))
            isSame =
                got >= known.count + expected.count && before == known
                && buffer.prefix(expected.count).elementsEqual(expected)
            return isSame ? got - known.count : 0
        }
        guard isSame else { return .rewritten }
        guard let run else { return .quiet }
        if !reading.start.isComplete {
            let start = try start(upTo: reading.cutter.end)
            if start.bytes.starts(with: reading.start.bytes) { reading.start = start }
        }
        return .read(run)
    }
}

extension Descriptor {
    /// Fills two buffers from an offset in one call; tells the bytes of both.
    fileprivate func read(
        into first: inout [UInt8], then second: UnsafeMutableRawBufferPointer, at offset: Int64
    ) throws(SystemError) -> Int {
        let count = first.withUnsafeMutableBytes { first in
            let parts = [
                iovec(iov_base: first.baseAddress, iov_len: first.count),
                iovec(iov_base: second.baseAddress, iov_len: second.count),
            ]
            while true {
                let count = preadv(number, parts, 2, off_t(offset))
                if count >= 0 || errno != EINTR { return count }
            }
        }
        guard count >= 0 else { throw .last }
        return count
    }
}
