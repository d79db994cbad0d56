/// The paths of a JSON line that are wanted, as a tree whose levels are small hash tables.
///
/// Looking a key up allocates nothing and compares bytes once; nearly all keys of a line are unknown, and nearly all
/// of those end at an empty bucket. A class, because tables are shared by all lines and copied for none.
final class JSONTable: Sendable {
    /// A path, the slot that its value goes to, and how to read it; a greater rank overrides a smaller one, and among
    /// equals the first in the line stays.
    struct Entry: Sendable {
        var path: String
        var slot: JSONSlot
        var form: JSONForm
        var rank: UInt8

        init(_ path: String, _ slot: JSONSlot, _ form: JSONForm = .text, rank: UInt8 = 0) {
            self.path = path
            self.slot = slot
            self.form = form
            self.rank = rank
        }
    }

    /// What a key leads to: a value to keep, a level below, or both.
    struct Match {
        /// An index into the entries, or -1.
        var entry: Int16
        /// An index of a level, or -1.
        var level: Int16
    }

    private struct Bucket: Sendable {
        /// The key's first and last eight bytes; they are all of a key of up to sixteen.
        var ends = KeyEnds(first: 0, last: 0)
        var keyStart: Int32 = 0
        /// -1 marks an empty bucket.
        var keyLength: Int32 = -1
        var entry: Int16 = -1
        var level: Int16 = -1
    }

    private struct Level: Sendable {
        var firstBucket: Int
        var mask: Int
    }

    /// What the entries hold, one column each, without the paths, whose strings would be counted at each use.
    let slots: [JSONSlot]
    let forms: [JSONForm]
    let ranks: [UInt8]
    private let keys: [UInt8]
    private let buckets: [Bucket]
    private let levels: [Level]

    /// A path's dots separate levels, and the whole path is looked for as one key, too.
    init(_ entries: [Entry]) {
        slots = entries.map(\.slot)
        forms = entries.map(\.form)
        ranks = entries.map(\.rank)
        var paths: [(parts: [[UInt8]], entry: Int16)] = []
        for (index, entry) in entries.enumerated() {
            let whole = Array(entry.path.utf8)
            let parts = whole.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map(Array.init)
            paths.append((parts, Int16(index)))
            if parts.count > 1 { paths.append(([whole], Int16(index))) }
        }
        var builder = Builder()
        _ = builder.addLevel(paths)
        keys = builder.keys
        buckets = builder.buckets
        levels = builder.levels
    }

    private struct Builder {
        var keys: [UInt8] = []
        var buckets: [Bucket] = []
        var levels: [Level] = []

        mutating func addLevel(_ paths: [(parts: [[UInt8]], entry: Int16)]) -> Int16 {
            var heads: [[UInt8]] = []
            for path in paths where !heads.contains(path.parts[0]) { heads.append(path.parts[0]) }
            var capacity = 8
            while capacity < heads.count * 4 { capacity *= 2 }
            let number = levels.count
            let firstBucket = buckets.count
            levels.append(Level(firstBucket: firstBucket, mask: capacity - 1))
            buckets += Array(repeating: Bucket(), count: capacity)
            for head in heads {
                var bucket = Bucket()
                bucket.keyStart = Int32(keys.count)
                bucket.keyLength = Int32(head.count)
                keys += head
                bucket.entry = paths.first { $0.parts.count == 1 && $0.parts[0] == head }?.entry ?? -1
                let below = paths.filter { $0.parts.count > 1 && $0.parts[0] == head }
                if !below.isEmpty {
                    bucket.level = addLevel(below.map { (Array($0.parts.dropFirst()), $0.entry) })
                }
                bucket.ends = KeyEnds(head.span, from: 0, to: head.count)
                var place = bucket.ends.hash(length: head.count) & (capacity - 1)
                while buckets[firstBucket + place].keyLength >= 0 { place = (place + 1) & (capacity - 1) }
                buckets[firstBucket + place] = bucket
            }
            return Int16(number)
        }
    }

    /// What the key in a range of a line leads to, on one level; nil for a key that nobody wants.
    @inline(__always)
    func match(level: Int16, _ bytes: Span<UInt8>, from start: Int, to end: Int) -> Match? {
        let place = levels[Int(level)]
        let ends = KeyEnds(bytes, from: start, to: end)
        var index = ends.hash(length: end - start) & place.mask
        while true {
            let bucket = buckets[place.firstBucket + index]
            guard bucket.keyLength >= 0 else { return nil }
            if Int(bucket.keyLength) == end - start, bucket.ends.first == ends.first, bucket.ends.last == ends.last,
                end - start <= 16 || hasMiddle(of: bucket, bytes, from: start, to: end)
            {
                return Match(entry: bucket.entry, level: bucket.level)
            }
            index = (index + 1) & place.mask
        }
    }

    /// Whether the bytes between the first and the last eight are the key's.
    private func hasMiddle(of bucket: Bucket, _ bytes: Span<UInt8>, from start: Int, to end: Int) -> Bool {
        let key = Int(bucket.keyStart) - start
        for index in start + 8..<end - 8 where keys[key + index] != bytes[index] { return false }
        return true
    }
}

/// A key's first and last eight bytes as words; of a shorter key both are the same, with zeros above it.
struct KeyEnds: Sendable {
    var first: UInt64
    var last: UInt64

    init(first: UInt64, last: UInt64) {
        self.first = first
        self.last = last
    }

    @inline(__always)
    init(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
        let length = end - start
        if length >= 8 {
            first = bytes.word(at: start)
            last = bytes.word(at: end - 8)
        } else if length > 0, start + 8 <= bytes.count {
            first = bytes.word(at: start) & (~0 >> UInt64(64 - length * 8))
            last = first
        } else {
            first = 0
            for index in start..<end { first |= UInt64(bytes[index]) << UInt64((index - start) * 8) }
            last = first
        }
    }

    @inline(__always)
    func hash(length: Int) -> Int {
        let mixed = (first ^ (last << 7) ^ UInt64(length)) &* 0x9e37_79b9_7f4a_7c15
        return Int(truncatingIfNeeded: mixed >> 48)
    }
}
