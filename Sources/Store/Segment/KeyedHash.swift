/// A fast keyed hash of byte strings, after wyhash (public domain, Wang Yi).
///
/// The key keeps whoever writes requests from choosing strings that collide.
struct KeyedHash: Sendable {
    private let key: (UInt64, UInt64)

    init(key: (UInt64, UInt64)) {
        self.key = key
    }

    /// A key of this process alone.
    init(random: Void) {
        var generator = SystemRandomNumberGenerator()
        key = (generator.next(), generator.next())
    }

    /// A key made from a store's identity, so that hashes can be kept in its files.
    init(store: [UInt8]) {
        var words: (UInt64, UInt64) = (0, 0)
        for (index, byte) in store.prefix(16).enumerated() {
            if index < 8 {
                words.0 |= UInt64(byte) << UInt64(index * 8)
            } else {
                words.1 |= UInt64(byte) << UInt64(index * 8 - 64)
            }
        }
        key = words
    }

    @inline(__always)
    static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }

    @inline(__always)
    func hash(_ start: UnsafeRawPointer, count: Int) -> UInt64 {
        var seed = key.0 ^ 0x2d35_8dcc_aa6c_78a5
        var left: UInt64 = 0
        var right: UInt64 = 0
        if count >= 8 {
            var offset = 0
            while count - offset > 16 {
                let first = start.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                let second = start.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)
                seed = Self.fold(first ^ key.1, second ^ seed)
                offset += 16
            }
            left = start.loadUnaligned(fromByteOffset: count - min(count, 16), as: UInt64.self)
            right = start.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
        } else if count >= 4 {
            left = UInt64(start.loadUnaligned(as: UInt32.self))
            right = UInt64(start.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
        } else if count > 0 {
            left =
                UInt64(start.load(as: UInt8.self)) << 16
                | UInt64(start.load(fromByteOffset: count / 2, as: UInt8.self)) << 8
                | UInt64(start.load(fromByteOffset: count - 1, as: UInt8.self))
        }
        let mixed = Self.fold(left ^ key.1 ^ 0x8bb8_4b93_962e_acc9, right ^ seed)
        return Self.fold(mixed ^ 0x9e37_79b9_7f4a_7c15, UInt64(count) ^ key.1 ^ 0x4b33_a62e_d433_d4a3)
    }

    /// One hash of two: for a route with its method.
    func combined(_ first: UInt64, _ second: UInt64) -> UInt64 {
        Self.fold(first ^ key.1 ^ 0x8bb8_4b93_962e_acc9, second ^ key.0 ^ 0x9e37_79b9_7f4a_7c15)
    }
}
