import Glibc
import LogFormats

/// Cuts what is read from a log into runs of whole lines, in memory bounded by one chunk and one line.
struct LineCutter {
    /// Bytes of the longest line that is kept; of a longer one, only its start is.
    ///
    /// A chunk is no larger, so that only the first line of a run can be too long.
    static let longestLine = LogParser.longestLine
    static let largestChunk = longestLine
    static let keptOfLongLine = LogParser.longestUnread

    /// Whole lines, and where they start.
    struct Run {
        var lines: [UInt8] = []
        /// Where `lines` starts.
        var offset: Int64 = 0
        /// A line over the limit, which stands before `lines`.
        var longLine: LongLine?

        var isEmpty: Bool { lines.isEmpty && longLine == nil }
    }

    struct LongLine {
        var offset: Int64
        var start: [UInt8]
    }

    /// The end of the last line that was handed out.
    private(set) var offset: Int64
    /// The last bytes before `offset`.
    private(set) var tail: ContentTail
    /// The beginning of a line whose end hasn't come yet.
    private var partial: [UInt8] = []
    /// A line over the limit whose end hasn't come yet.
    private var passing: Passing?
    /// Whether `offset` is inside a line that counted before, when it had no newline yet.
    private var isInsideCountedLine: Bool

    private struct Passing {
        var start: [UInt8]
        var length: Int
        var tail: ContentTail
    }

    /// Starts at an offset, with the bytes before it.
    init(offset: Int64 = 0, tail: ContentTail = ContentTail()) {
        self.offset = offset
        self.tail = tail
        isInsideCountedLine = tail.bytes.last.map { $0 != UInt8(ascii: "\n") } ?? false
    }

    /// Where the next byte to be read stands in the log.
    var end: Int64 { offset + Int64(passing?.length ?? partial.count) }

    var hasPartialLine: Bool { end > offset }

    /// The last bytes before `end`.
    var endTail: ContentTail {
        if let passing { return passing.tail }
        var tail = tail
        tail.append(partial)
        return tail
    }

    /// Takes the next bytes, which `read` puts behind those that wait for their newline; nil when it gave none.
    mutating func next(
        atMost count: Int, read: (UnsafeMutableRawBufferPointer) throws -> Int
    ) rethrows -> Run? {
        let waiting = partial.count
        var got = 0
        var bytes = try [UInt8](unsafeUninitializedCapacity: waiting + count) { buffer, filled in
            let buffer = UnsafeMutableRawBufferPointer(buffer)
            buffer.copyBytes(from: partial)
            filled = waiting
            got = try read(UnsafeMutableRawBufferPointer(rebasing: buffer[waiting...]))
            filled = waiting + got
        }
        guard got > 0 else { return nil }
        partial = []
        return cut(&bytes, scanned: waiting)
    }

    /// The line that ended without a newline; nil when there is none.
    ///
    /// It counts from now on, so that what may follow up to its newline is passed over.
    mutating func last() -> Run? {
        defer {
            partial = []
            passing = nil
        }
        if let passing {
            let run = Run(longLine: LongLine(offset: offset, start: passing.start))
            offset += Int64(passing.length)
            tail = passing.tail
            isInsideCountedLine = true
            return run
        }
        guard !partial.isEmpty else { return nil }
        let run = Run(lines: partial, offset: offset)
        advance(over: partial[...])
        isInsideCountedLine = true
        return run
    }

    private mutating func cut(_ bytes: inout [UInt8], scanned: Int) -> Run {
        var run = Run()
        var start = 0
        let count = bytes.count
        if isInsideCountedLine {
            let newline = Self.firstNewline(in: bytes, from: 0)
            advance(over: bytes[..<(newline.map { $0 + 1 } ?? count)])
            guard let newline else { return run }
            isInsideCountedLine = false
            start = newline + 1
        } else if var passing {
            let newline = Self.firstNewline(in: bytes, from: 0)
            let taken = newline.map { $0 + 1 } ?? count
            passing.length += taken
            passing.tail.append(bytes[..<taken])
            self.passing = passing
            guard newline != nil else { return run }
            run.longLine = LongLine(offset: offset, start: passing.start)
            offset += Int64(passing.length)
            tail = passing.tail
            self.passing = nil
            start = taken
        } else if count > Self.longestLine {
            let newline = Self.firstNewline(in: bytes, from: scanned)
            if newline ?? count > Self.longestLine {
                let kept = Array(bytes.prefix(Self.keptOfLongLine))
                guard let newline else {
                    var tail = tail
                    tail.append(bytes)
                    passing = Passing(start: kept, length: count, tail: tail)
                    return run
                }
                run.longLine = LongLine(offset: offset, start: kept)
                advance(over: bytes[...newline])
                start = newline + 1
            }
        }
        run.offset = offset
        guard let newline = Self.lastNewline(in: bytes, from: start) else {
            partial = Array(bytes[start...])
            return run
        }
        let surplus = count - newline - 1
        partial = Array(bytes.suffix(surplus))
        // Moved, not copied: the array has one owner, so that cutting it short is free.
        swap(&run.lines, &bytes)
        run.lines.removeLast(surplus)
        if start > 0 { run.lines.removeFirst(start) }
        advance(over: run.lines[...])
        return run
    }

    private mutating func advance(over bytes: ArraySlice<UInt8>) {
        offset += Int64(bytes.count)
        tail.append(bytes)
    }

    private static func firstNewline(in bytes: [UInt8], from start: Int) -> Int? {
        bytes.withUnsafeBytes { buffer in
            guard start < buffer.count, let base = buffer.baseAddress,
                let found = memchr(base + start, 10, buffer.count - start)
            else { return nil }
            return base.distance(to: UnsafeRawPointer(found))
        }
    }

    private static func lastNewline(in bytes: [UInt8], from start: Int) -> Int? {
        bytes.withUnsafeBytes { buffer in
            var index = buffer.count - 1
            while index >= start {
                if buffer[index] == 10 { return index }
                index -= 1
            }
            return nil
        }
    }
}
