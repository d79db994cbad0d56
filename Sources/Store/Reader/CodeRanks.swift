import Domain

/// The codes of a column in the order asked for, so that one segment's rows are compared without their texts.
struct CodeRanks {
    private let descending: Bool
    /// For texts, the rank of each id, or none; nil for numbers, whose codes rank themselves.
    private var ranks: [Int64]?
    /// The texts by rank.
    private var texts: [[UInt8]] = []
    /// The worst rank that a number may have.
    private var lastNumber = CodeRanks.unknown - 1
    private var offset: Int64 = 0
    /// Whether a row without a value could still be among the best.
    private var admitsUnknown: Bool

    private static let unknown = Int64.max
    private static let none: Int64 = -1

    /// Leaves out what comes after `worst`, the value that others have to reach.
    init(
        of column: EventColumn, in reader: SegmentReader, descending: Bool, reaching worst: OrderedValue?,
        _ cancellation: Cancellation
    ) throws {
        self.descending = descending
        admitsUnknown = worst == nil || worst == .unknown
        guard let field = column.textField else {
            offset = NumberField.allCases.first { EventColumn.number($0) == column }.map(EventColumn.codeOffset) ?? 0
            if case .number(let number) = worst { lastNumber = rank(ofNumber: number + offset) }
            return
        }
        var known: [(id: Int, text: [UInt8])] = []
        var largest = 0
        try reader.eachText(of: field, above: 0) { id, bytes in
            if id % 4096 == 0 { try cancellation.check() }
            largest = Int(id)
            let text = Array(bytes)
            if let worst, worst.precedes(.text(text), descending: descending) { return }
            known.append((Int(id), text))
        }
        known.sort { left, right in
            descending
                ? right.text.lexicographicallyPrecedes(left.text) : left.text.lexicographicallyPrecedes(right.text)
        }
        var ranks = [Int64](repeating: Self.none, count: largest + 1)
        for (rank, entry) in known.enumerated() { ranks[entry.id] = Int64(rank) }
        self.ranks = ranks
        texts = known.map(\.text)
    }

    /// Whether no row at all could be among the best.
    var isEmpty: Bool { ranks != nil && texts.isEmpty && !admitsUnknown }

    /// No rank is better than this one.
    var best: Int64 {
        guard ranks != nil else { return rank(ofNumber: descending ? EventColumn.largestNumber + offset : 1) }
        return texts.isEmpty ? Self.unknown : 0
    }

    /// Lower is better; nil when the code can't be among the best.
    @inline(__always)
    func rank(of code: Int64) -> Int64? {
        guard code > 0 else { return admitsUnknown ? Self.unknown : nil }
        guard let ranks else {
            let rank = rank(ofNumber: code)
            return rank <= lastNumber ? rank : nil
        }
        guard code < ranks.count, ranks[Int(code)] != Self.none else { return nil }
        return ranks[Int(code)]
    }

    func value(of rank: Int64) -> OrderedValue {
        if rank == Self.unknown { return .unknown }
        return ranks == nil ? .number((descending ? -rank : rank) - offset) : .text(texts[Int(rank)])
    }

    private func rank(ofNumber code: Int64) -> Int64 { descending ? -code : code }
}
