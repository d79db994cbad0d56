import Domain
import Glibc

/// The bytes of a log from its start on, decompressed if need be.
final class ContentStream {
    /// How long bytes of a slow stream wait for company, in milliseconds.
    private static let patience: Int32 = 20

    enum Reading: Equatable {
        case bytes(Int)
        case end
        /// A stop was asked for before anything came.
        case stopped
    }

    /// Whether it has a past that can be known again: a file does, a pipe doesn't.
    let isRemembered: Bool
    let isCompressed: Bool
    private let input: Descriptor
    private let stop: StopRequest
    private var gzip: GzipProcess?
    /// Bytes that were read to look at them, and not yet taken.
    private var peeked: [UInt8] = []
    private var hasEnded = false

    /// Opens what a descriptor gives. Throws when it can't be read, or when gzip can't be started.
    init(_ input: Descriptor, stop: StopRequest) throws {
        self.input = input
        self.stop = stop
        // A file that someone else has begun to read is taken for a stream: its start is out of sight.
        isRemembered = try input.status().kind == .regular && lseek(input.number, 0, SEEK_CUR) == 0
        if isRemembered {
            isCompressed = try input.bytes(at: 0, count: GzipProcess.magic.count) == GzipProcess.magic
            if isCompressed { gzip = try GzipProcess(input: input, after: []) }
            return
        }
        var start: [UInt8] = []
        while start.count < GzipProcess.magic.count, let more = try Self.bytes(from: input, stop: stop) {
            start += more
        }
        isCompressed = start.starts(with: GzipProcess.magic)
        if isCompressed {
            gzip = try GzipProcess(input: input, after: start)
        } else {
            peeked = start
        }
    }

    /// How far the input itself was read, in bytes, compressed or not; nil for a stream.
    var inputOffset: Int64? {
        isRemembered ? Int64(lseek(input.number, 0, SEEK_CUR)) : nil
    }

    /// Whether it is a file that bytes may be added to; what is compressed is complete.
    var isPlainFile: Bool { isRemembered && !isCompressed }

    /// Whether it is a file that was written to within a time before `now`, in microseconds.
    func mayGrow(at now: Timestamp, after rest: Int64) throws -> Bool {
        guard isPlainFile else { return false }
        // The clock of another machine, whose file system this is, may be ahead.
        return abs(now.microseconds - (try input.status().modified) / 1000) < rest
    }

    /// The first bytes, which stay to be read.
    func start() throws -> ContentStart {
        if isRemembered, !isCompressed { return ContentStart(try input.bytes(at: 0, count: ContentStart.length)) }
        while peeked.count < ContentStart.length {
            guard let more = try Self.bytes(from: gzip?.output ?? input, stop: stop) else { break }
            peeked += more
        }
        return ContentStart(peeked)
    }

    /// Goes back to the first byte. Only for what is remembered.
    func rewind() throws {
        // The process moves the offset that it shares with us, so it has to be gone first.
        gzip = nil
        lseek(input.number, 0, SEEK_SET)
        peeked = []
        hasEnded = false
        if isCompressed { gzip = try GzipProcess(input: input, after: []) }
    }

    /// Goes on by a number of bytes and tells the last of them; nil when it ends before.
    func skip(_ count: Int64, after tail: ContentTail) throws -> ContentTail? {
        if isRemembered, !isCompressed {
            let offset = Int64(lseek(input.number, 0, SEEK_CUR)) + count
            guard offset <= (try input.status().size) else { return nil }
            lseek(input.number, off_t(offset), SEEK_SET)
            let length = min(Int64(ContentTail.length), offset)
            return ContentTail(try input.bytes(at: offset - length, count: Int(length)))
        }
        var tail = tail
        var rest = count
        var buffer = [UInt8](repeating: 0, count: Int(min(count, 1 << 20)))
        while rest > 0 {
            let wanted = Int(min(rest, Int64(buffer.count)))
            let reading = try buffer.withUnsafeMutableBytes {
                try read(into: UnsafeMutableRawBufferPointer(rebasing: $0[..<wanted]))
            }
            guard case .bytes(let got) = reading else { return nil }
            tail.append(buffer[..<got])
            rest -= Int64(got)
        }
        return tail
    }

    /// Fills the buffer as far as it goes without a wait for more than `patience`.
    ///
    /// After the last byte of damaged gzip data, throws what is wrong with it.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Reading {
        guard !hasEnded else { return .end }
        var filled = min(peeked.count, buffer.count)
        if filled > 0 {
            buffer.copyBytes(from: peeked[..<filled])
            peeked.removeFirst(filled)
        }
        let source = gzip?.output ?? input
        while filled < buffer.count {
            guard !stop.isMade else { return filled > 0 ? .bytes(filled) : .stopped }
            if !isRemembered || isCompressed {
                let ready = Waiting.forInput(
                    on: [source, stop.descriptor], milliseconds: filled > 0 ? Self.patience : nil)
                if !ready[0] {
                    if ready[1] || filled == 0 { continue }
                    return .bytes(filled)
                }
            }
            let got = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
            guard got > 0 else {
                if filled > 0 { return .bytes(filled) }
                hasEnded = true
                try gzip?.finish()
                return .end
            }
            filled += got
        }
        return .bytes(filled)
    }

    /// The next bytes of a stream, as many as come at once; nil at its end or when a stop is asked for.
    private static func bytes(from source: Descriptor, stop: StopRequest) throws -> [UInt8]? {
        while !stop.isMade {
            guard Waiting.forInput(on: [source, stop.descriptor], milliseconds: nil)[0] else { continue }
            var failure: SystemError?
            let bytes = [UInt8](unsafeUninitializedCapacity: ContentStart.length) { buffer, filled in
                do throws(SystemError) {
                    filled = try source.read(into: UnsafeMutableRawBufferPointer(buffer))
                } catch {
                    failure = error
                }
            }
            if let failure { throw failure }
            return bytes.isEmpty ? nil : bytes
        }
        return nil
    }
}
