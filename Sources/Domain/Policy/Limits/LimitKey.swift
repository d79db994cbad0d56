internal import Crypto

/// What has a counter of its own under a quota, as 128 bits: the same in each run, so that counts survive a restart.
///
/// Names and subjects become hashes, addresses stand for themselves.
package struct LimitKey: Hashable, Sendable, BitwiseCopyable {
    package let bits: UInt128

    package init(bits: UInt128) { self.bits = bits }

    package init(client: Name<Client>) { self.init(name: client.text) }

    package init(route: Name<Route>) { self.init(name: route.text) }

    /// Subjects of two issuers are two subjects. Costs a SHA-256, since subjects may be what others chose: make it once
    /// for a token.
    package init(subject: String, issuer: String) {
        var hash = SHA256()
        for part in ["subject", issuer, subject] {
            // The length keeps `a` + `bc` and `ab` + `c` apart.
            withUnsafeBytes(of: UInt64(part.utf8.count).littleEndian) { hash.update(bufferPointer: $0) }
            var part = part
            part.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        }
        bits = hash.finalize().prefix(16).reduce(0) { $0 << 8 | UInt128($1) }
    }

    /// An IPv6 address counts by its /64, which is what one subscriber has (RFC 6177); unknown ones count as one.
    package init(address: IPAddress?) {
        guard let address else {
            bits = .max
            return
        }
        bits = address.isV4 ? address.bits : address.bits & ~UInt128(UInt64.max)
    }

    /// What a key is on one route.
    func on(_ route: LimitKey) -> LimitKey {
        // Both halves of a product move with each bit, and an odd factor loses none.
        LimitKey(bits: bits &* 0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835 &+ route.bits)
    }

    /// FNV-1a of 128 bits (draft-eastlake-fnv): names of one policy are no attack on each other.
    private init(name: String) {
        var bits: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
        for byte in name.utf8 { bits = (bits ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013b }
        self.bits = bits
    }
}

extension LimitKey: CustomStringConvertible {
    /// 32 lower-case hex digits.
    package var description: String {
        let digits = String(bits, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }

    package init?(_ text: some StringProtocol) {
        guard
            text.utf8.count == 32, text.utf8.first != UInt8(ascii: "+"), let bits = UInt128(text, radix: 16)
        else { return nil }
        self.init(bits: bits)
    }
}
