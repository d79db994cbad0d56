/// Frame-of-reference coding of a column: each value is `base + scale × n`, n in `width` little-endian bytes.
///
/// Width 0 says that all values are `base`. Plain SQL can decode it (see the view `events`), and so can a loop that
/// the compiler turns into vector instructions.
struct ColumnCodec: Equatable {
    var base: Int64
    var scale: Int64
    var width: Int

    /// The narrowest coding of some values.
    init(fitting values: UnsafeBufferPointer<Int64>, likelyScales: [Int64]) {
        var lowest = Int64.max
        var highest = Int64.min
        for value in values {
            lowest = min(lowest, value)
            highest = max(highest, value)
        }
        guard lowest < highest else {
            base = values.isEmpty ? 0 : lowest
            scale = 1
            width = 0
            return
        }
        base = lowest
        scale = 1
        let range = UInt64(bitPattern: highest &- lowest)
        width = Self.bytes(for: range)
        for candidate in likelyScales where width > 1 {
            guard Self.bytes(for: range / UInt64(candidate)) < width else { continue }
            guard values.allSatisfy({ ($0 &- lowest) % candidate == 0 }) else { continue }
            scale = candidate
            width = Self.bytes(for: range / UInt64(candidate))
            break
        }
    }

    init(base: Int64, scale: Int64, width: Int) {
        self.base = base
        self.scale = scale
        self.width = width
    }

    private static func bytes(for range: UInt64) -> Int {
        (64 - range.leadingZeroBitCount + 7) / 8
    }

    /// Writes the values; returns how many bytes that took. The target has eight bytes to spare.
    func encode(_ values: UnsafeBufferPointer<Int64>, into target: UnsafeMutableRawPointer) -> Int {
        let base = base
        switch (width, scale) {
        case (0, _): return 0
        case (1, 1):
            let bytes = target.bindMemory(to: UInt8.self, capacity: values.count)
            for index in 0..<values.count { bytes[index] = UInt8(truncatingIfNeeded: values[index] &- base) }
        case (2, 1):
            for index in 0..<values.count {
                let code = UInt16(truncatingIfNeeded: values[index] &- base)
                target.storeBytes(of: code.littleEndian, toByteOffset: index * 2, as: UInt16.self)
            }
        default:
            let scale = UInt64(scale)
            for index in 0..<values.count {
                let distance = UInt64(bitPattern: values[index] &- base)
                let code = scale == 1 ? distance : distance / scale
                // Eight bytes at a time: the next value overwrites what is too much.
                target.storeBytes(of: code.littleEndian, toByteOffset: index * width, as: UInt64.self)
            }
        }
        return values.count * width
    }

    /// Reads `target.count` values; false when there are too few bytes for them.
    func decode(_ source: UnsafeRawBufferPointer, into target: UnsafeMutableBufferPointer<Int64>) -> Bool {
        guard source.count >= target.count * width, (0...8).contains(width) else { return false }
        let base = base
        let scale = scale
        guard width > 0, let start = source.baseAddress else {
            target.update(repeating: base)
            return width == 0
        }
        switch width {
        case 1:
            for index in 0..<target.count {
                target[index] = base &+ scale &* Int64(start.load(fromByteOffset: index, as: UInt8.self))
            }
        case 2:
            for index in 0..<target.count {
                let code = UInt16(littleEndian: start.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self))
                target[index] = base &+ scale &* Int64(code)
            }
        case 3:
            for index in 0..<target.count {
                let low = UInt16(littleEndian: start.loadUnaligned(fromByteOffset: index * 3, as: UInt16.self))
                let high = start.load(fromByteOffset: index * 3 + 2, as: UInt8.self)
                target[index] = base &+ scale &* (Int64(low) | Int64(high) << 16)
            }
        case 4:
            for index in 0..<target.count {
                let code = UInt32(littleEndian: start.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
                target[index] = base &+ scale &* Int64(code)
            }
        default:
            for index in 0..<target.count {
                var code: UInt64 = 0
                for byte in 0..<width {
                    code |= UInt64(start.load(fromByteOffset: index * width + byte, as: UInt8.self)) << UInt64(byte * 8)
                }
                target[index] = base &+ scale &* Int64(bitPattern: code)
            }
        }
        return true
    }
}
