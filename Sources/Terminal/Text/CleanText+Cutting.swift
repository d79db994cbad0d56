/// Where text gives way when it doesn't fit.
package enum Truncation: Hashable, Sendable {
    case end
    /// Both ends stay, as paths want it.
    case middle
    case start
}

extension CleanText {
    /// The leading part that fits `limit` columns; wide characters never split, marks stay with their cell.
    package func prefix(columns limit: Int) -> CleanText {
        guard columns > limit else { return self }
        guard limit > 0 else { return .empty }
        let cut = offset(ofColumn: limit)
        return slice(0..<cut.offset, columns: cut.columns)
    }

    /// The text without the leading part that takes `count` columns.
    package func dropFirst(columns count: Int) -> CleanText {
        guard count > 0 else { return self }
        guard count < columns else { return .empty }
        var cut = offset(ofColumn: count)
        // A wide character astride the cut goes as a whole.
        if cut.columns < count { cut = offset(ofColumn: count + 1) }
        return slice(cut.offset..<text.utf8.count, columns: columns - cut.columns)
    }

    /// The text in at most `limit` columns, with `ellipsis` where something was left out.
    package func truncated(to limit: Int, _ truncation: Truncation = .end, ellipsis: CleanText = "…") -> CleanText {
        guard columns > limit else { return self }
        let room = limit - ellipsis.columns
        guard room > 0 else { return limit > 0 ? ellipsis.prefix(columns: limit) : .empty }
        var builder = CleanTextBuilder()
        switch truncation {
        case .end:
            builder.append(prefix(columns: room))
            builder.append(ellipsis)
        case .start:
            builder.append(ellipsis)
            builder.append(dropFirst(columns: columns - room))
        case .middle:
            builder.append(prefix(columns: (room + 1) / 2))
            builder.append(ellipsis)
            builder.append(dropFirst(columns: columns - room / 2))
        }
        return builder.finish()
    }

    package static func + (left: CleanText, right: CleanText) -> CleanText {
        var builder = CleanTextBuilder()
        builder.append(left)
        builder.append(right)
        return builder.finish()
    }

    /// The UTF-8 offset after as many whole cells as fit `limit` columns, and the columns that they take.
    private func offset(ofColumn limit: Int) -> (offset: Int, columns: Int) {
        if isASCII {
            let taken = min(limit, columns)
            return (taken, taken)
        }
        var offset = 0
        var taken = 0
        for scalar in text.unicodeScalars {
            let width = scalar.columns
            guard taken + width <= limit else { break }
            taken += width
            offset += UTF8.width(scalar)
        }
        return (offset, taken)
    }

    private func slice(_ range: Range<Int>, columns: Int) -> CleanText {
        let utf8 = text.utf8
        let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
        let end = utf8.index(utf8.startIndex, offsetBy: range.upperBound)
        let shifted = hidden.compactMap { part -> Range<Int>? in
            let kept = part.clamped(to: range)
            return kept.isEmpty ? nil : kept.lowerBound - range.lowerBound..<kept.upperBound - range.lowerBound
        }
        return CleanText(text: String(text[start..<end]), columns: columns, hidden: shifted, isASCII: isASCII)
    }
}
