import Domain

/// All sources that were ever read, as the reading thread knows them: the store's, and those met since.
struct SourceLedger {
    /// By number in the ledger. A source that is new to the store has id 0.
    private(set) var positions: [SourcePosition]
    /// The reading thread whose ledger this is.
    private let reader: Int

    init(_ positions: [SourcePosition], reader: Int) {
        self.positions = positions
        self.reader = reader
    }

    /// Names a source to the committing thread, which hears of several ledgers.
    struct Key: Hashable, Sendable {
        let reader: Int
        let number: Int
    }

    func key(_ number: Int) -> Key { Key(reader: reader, number: number) }

    /// The sources that start with the same bytes, the furthest read first.
    func sources(startingLike start: ContentStart) -> [Int] {
        var hashes: [Int: String] = [:]
        return positions.indices.filter { number in
            let identity = positions[number].identity
            guard identity.prefixLength > 0, identity.prefixLength <= start.bytes.count else { return false }
            let length = identity.prefixLength
            let hash = hashes[length] ?? ContentHash.hex(of: start.bytes.prefix(length))
            hashes[length] = hash
            return hash == identity.prefixHash
        }.sorted { positions[$0].offset > positions[$1].offset }
    }

    /// A source of this name that nothing was read of yet, because nothing was in it.
    func emptySource(named name: String) -> Int? {
        positions.firstIndex { $0.identity.name == name && $0.identity.prefixLength == 0 && $0.offset == 0 }
    }

    mutating func add(_ identity: SourceIdentity) -> Int {
        positions.append(SourcePosition(id: 0, identity: identity, offset: 0, lines: 0, tailHash: ContentTail().hash))
        return positions.count - 1
    }

    mutating func update(_ number: Int, to position: SourcePosition) {
        positions[number] = position
    }
}
