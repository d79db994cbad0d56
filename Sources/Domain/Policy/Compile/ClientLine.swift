/// What decisions need to know of a client, in 64 bytes: the next request is by any of many clients.
struct ClientLine: Sendable, BitwiseCopyable {
    /// Expiry, four words of roles, two of scopes, and one of a row and two bits.
    fileprivate let words: SIMD8<UInt64>

    private static let suspended: UInt64 = 1 << 32
    private static let fewScopes: UInt64 = 1 << 33

    /// - Parameter scopes: The allowed ones; nil where there are more than a few.
    init(_ record: ClientTable.Record, roles: RoleSet, scopes: FewNumbers?) {
        var last = UInt64(record.scopes)
        if record.isSuspended { last |= Self.suspended }
        if scopes != nil { last |= Self.fewScopes }
        let scopes = scopes ?? FewNumbers()
        words = SIMD8(
            UInt64(bitPattern: record.expires.microseconds), roles.words.0, roles.words.1, roles.words.2,
            roles.words.3, scopes.words.0, scopes.words.1, last)
    }

    fileprivate init(words: SIMD8<UInt64>) {
        self.words = words
    }

    var expires: Timestamp { Timestamp(microseconds: Int64(bitPattern: words[0])) }

    var roles: RoleSet { RoleSet(words: (words[1], words[2], words[3], words[4])) }

    var isSuspended: Bool { words[7] & Self.suspended != 0 }

    func isGood(at time: Timestamp) -> Bool { !isSuspended && time < expires }

    /// Whether a scope is allowed; `rows` has those of all clients.
    func allows(_ scope: UInt32, _ rows: borrowing NumberSets) -> Bool {
        if words[7] & Self.fewScopes != 0, scope < FewNumbers.bound {
            return FewNumbers(words: (words[5], words[6])).contains(scope)
        }
        return rows.contains(Int(scope), in: Int(UInt32(truncatingIfNeeded: words[7])))
    }
}

/// The lines of all clients, each in a cache line of its own and not in halves of two.
struct ClientLines: Sendable {
    /// Four for each client. Swift aligns nothing to more than sixteen bytes.
    private let quarters: [SIMD2<UInt64>]
    /// Those before the first that begins a cache line.
    private let skipped: Int

    init(_ lines: [ClientLine]) {
        var quarters = [SIMD2<UInt64>](repeating: .zero, count: lines.count * 4 + 3)
        let misplaced = quarters.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) % 64 }
        skipped = misplaced == 0 ? 0 : Int(64 - misplaced) / 16
        for (index, line) in lines.enumerated() {
            let start = skipped + index * 4
            (quarters[start], quarters[start + 1]) = (line.words.lowHalf.lowHalf, line.words.lowHalf.highHalf)
            (quarters[start + 2], quarters[start + 3]) = (line.words.highHalf.lowHalf, line.words.highHalf.highHalf)
        }
        self.quarters = quarters
    }

    subscript(client: Int) -> ClientLine {
        let start = skipped + client * 4
        return ClientLine(
            words: SIMD8(
                lowHalf: SIMD4(lowHalf: quarters[start], highHalf: quarters[start + 1]),
                highHalf: SIMD4(lowHalf: quarters[start + 2], highHalf: quarters[start + 3])))
    }
}
