extension Unicode.Scalar {
    /// What may be done with this scalar when it is drawn, the same in every locale.
    package var scalarClass: ScalarClass {
        if value < 0x7F { return value >= 0x20 ? .narrow : .refused }
        let changes = ScalarTable.changes
        let wanted = value << 2 | 3
        // The last change at or before the scalar.
        var low = 0
        var high = changes.count
        while low < high {
            let middle = (low + high) / 2
            if changes[middle] <= wanted { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return .refused }
        return ScalarClass(rawValue: UInt8(truncatingIfNeeded: changes[low - 1] & 3)) ?? .refused
    }

    /// The columns that this scalar takes: 0 for a mark or a refused one, 1, or 2.
    package var columns: Int {
        switch scalarClass {
        case .refused, .mark: 0
        case .narrow: 1
        case .wide: 2
        }
    }
}
