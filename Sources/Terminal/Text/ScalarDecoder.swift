/// Scalars from bytes, with each byte that isn't part of valid UTF-8 by itself (RFC 3629).
struct ScalarDecoder<Bytes: IteratorProtocol<UInt8>> {
    enum Item {
        case scalar(Unicode.Scalar)
        case invalid(UInt8)
    }

    private var bytes: Bytes
    /// Bytes read and not yet given out, at most four.
    private var pending: [UInt8] = []

    init(_ bytes: Bytes) {
        self.bytes = bytes
    }

    mutating func next() -> Item? {
        guard let first = byte(at: 0) else { return nil }
        if first < 0x80 {
            pending.removeFirst()
            return .scalar(Unicode.Scalar(first))
        }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        let lead: UInt32 = first >= 0xF0 ? 0x07 : first >= 0xE0 ? 0x0F : 0x1F
        guard (0xC2...0xF4).contains(first) else { return refuse(first) }
        var value = UInt32(first) & lead
        for index in 1..<length {
            guard let next = byte(at: index), next & 0xC0 == 0x80 else { return refuse(first) }
            value = value << 6 | UInt32(next & 0x3F)
        }
        // Overlong forms and surrogates are not scalars.
        let least: UInt32 = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80
        guard value >= least, let scalar = Unicode.Scalar(value) else { return refuse(first) }
        pending.removeFirst(length)
        return .scalar(scalar)
    }

    private mutating func byte(at index: Int) -> UInt8? {
        while pending.count <= index {
            guard let next = bytes.next() else { return nil }
            pending.append(next)
        }
        return pending[index]
    }

    private mutating func refuse(_ byte: UInt8) -> Item {
        pending.removeFirst()
        return .invalid(byte)
    }
}
