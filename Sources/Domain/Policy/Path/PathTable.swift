// Reads a request target once, refuses what is ambiguous, and finds the segments of the rest. Nothing is allocated.

/// The segments of a canonical path, as ranges of the target's bytes; four hundred bytes that are never copied.
struct PathTable: ~Copyable {
    static let mostBytes = 8192
    static let mostSegments = 64

    private(set) var count = 0
    /// Segment n lies from `bounds[n]` up to the slash at `bounds[n + 1] - 1`.
    private var bounds = InlineArray<65, UInt16>(repeating: 0)
    /// A bit for each segment with percent-encoded bytes.
    private var escaped: UInt64 = 0
    /// Which literal of the policy each segment is, once it is decoded; 0 for none.
    private var literals = InlineArray<64, UInt32>(repeating: 0)

    @inline(__always) init() {}

    /// Lent for writing, here and below: an inline array that is lent for reading gets copied.
    mutating func literal(_ segment: Int) -> UInt32 { literals[segment] }

    mutating func range(_ segment: Int) -> Range<Int> { Int(bounds[segment])..<Int(bounds[segment + 1]) - 1 }

    /// Cuts a target up to its query; nil when that went well. A table can be used for one target after the other.
    mutating func read(_ target: Span<UInt8>, literals known: borrowing LiteralTable) -> PathProblem? {
        guard target.count > 0, target[0] == Byte.slash else { return .notAPath }
        // Whatever an earlier path left is written over as far as this one goes.
        (count, escaped) = (0, 0)
        var index = 1
        var key = SegmentKey()
        var start = 1
        bounds[0] = 1
        let end = min(target.count, Self.mostBytes + 1)
        while index < end {
            let word = ByteWord(target, at: index, end: end)
            let usual = word.usualCount
            key.add(word, usual)
            index += usual
            if usual == 8 || index == end { continue }
            let byte = target[index]
            switch byte {
            case Byte.slash:
                if let problem = close(start, index, key, target, known) { return problem }
                index += 1
                start = index
                key = SegmentKey()
            case Byte.percent:
                let scalar: PathEscape
                switch PathEscape.read(target, at: index, end: end) {
                case .success(let found): scalar = found
                case .failure(let problem): return problem
                }
                escaped |= 1 << UInt64(count)
                for offset in 0..<scalar.count { key.add(scalar.byte(offset)) }
                index += scalar.count * 3
            case Byte.question:
                return finish(start, index, key, target, known)
            default:
                guard PathByte.isPlain(byte) else { return PathByte.problem(of: byte) }
                key.add(byte)
                index += 1
            }
        }
        guard end == target.count, end <= Self.mostBytes else { return .tooLong }
        return finish(start, index, key, target, known)
    }

    private mutating func finish(
        _ start: Int, _ end: Int, _ key: SegmentKey, _ target: Span<UInt8>, _ known: borrowing LiteralTable
    ) -> PathProblem? {
        if start < end {
            if let problem = close(start, end, key, target, known) { return problem }
        } else if start > 1 {
            return .trailingSlash
        }
        // The query can't change the path, but these would change where it begins, or the request around it.
        for index in end..<target.count where target[index] <= 0x20 || target[index] == 0x7f { return .forbiddenByte }
        return nil
    }

    private mutating func close(
        _ start: Int, _ end: Int, _ key: SegmentKey, _ target: Span<UInt8>, _ known: borrowing LiteralTable
    ) -> PathProblem? {
        guard end > start else { return .emptySegment }
        guard target[end - 1] != Byte.dot else { return .trailingDot }
        guard count < Self.mostSegments else { return .tooManySegments }
        let isEscaped = escaped >> UInt64(count) & 1 == 1
        if isEscaped {
            guard !isSpace(start, end, target), !isSpace(end - 3, end, target) else { return .edgeSpace }
        }
        literals[count] = known.find(key, target, start, end)
        count += 1
        bounds[count] = UInt16(truncatingIfNeeded: end + 1)
        return nil
    }

    private func isSpace(_ start: Int, _ end: Int, _ target: Span<UInt8>) -> Bool {
        start >= 0 && start + 3 <= end && target[start] == Byte.percent && target[start + 1] == UInt8(ascii: "2")
            && target[start + 2] == UInt8(ascii: "0")
    }

    /// Whether a segment is this text, once it is decoded.
    mutating func isEqual(_ segment: Int, _ text: borrowing String, in target: Span<UInt8>) -> Bool {
        let range = range(segment)
        let utf8 = text.utf8
        if escaped >> UInt64(segment) & 1 == 0, utf8.count != range.count { return false }
        var index = range.lowerBound
        for byte in utf8 {
            guard index < range.upperBound else { return false }
            if target[index] == Byte.percent {
                guard PathEscape.octet(target, index) == byte else { return false }
                index += 3
            } else {
                guard target[index] == byte else { return false }
                index += 1
            }
        }
        return index == range.upperBound
    }

    /// A segment as text, once it is decoded.
    mutating func text(_ segment: Int, in target: Span<UInt8>) -> String {
        var bytes: [UInt8] = []
        let range = range(segment)
        var index = range.lowerBound
        while index < range.upperBound {
            if target[index] == Byte.percent {
                bytes.append(PathEscape.octet(target, index) ?? 0)
                index += 3
            } else {
                bytes.append(target[index])
                index += 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
