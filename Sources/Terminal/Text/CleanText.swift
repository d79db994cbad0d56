// The only text that a frame takes. Log lines, names and paths come from attackers, so every way to make one
// goes scalar by scalar through the allow-list; nothing is deleted, all that is refused is shown.

/// Text without anything that moves a cursor, reorders a line or hides; what was refused is drawn as `.hidden`.
package struct CleanText: Hashable, Sendable {
    /// The scalars read from one string unless a caller says otherwise.
    package static let defaultLimit = 4096
    /// The combining marks that one cell holds.
    package static let marksPerCell = 3

    /// The text as it is drawn, safe to write to a terminal, a title or a file.
    package let text: String
    /// The columns it takes.
    package let columns: Int
    /// Ranges of UTF-8 offsets in `text` that stand for something refused; sorted, mostly empty.
    package let hidden: [Range<Int>]
    /// Whether every scalar is ASCII, so that a byte is a column.
    let isASCII: Bool

    init(text: String, columns: Int, hidden: [Range<Int>], isASCII: Bool) {
        self.text = text
        self.columns = columns
        self.hidden = hidden
        self.isASCII = isASCII
    }

    /// Makes `string` safe; text past `limit` scalars is dropped and an ellipsis says so.
    package init(_ string: String, limit: Int = CleanText.defaultLimit) {
        var string = string
        let plain = string.withUTF8 { bytes in
            bytes.count <= limit && bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
        }
        if plain {
            self.init(text: string, columns: string.utf8.count, hidden: [], isASCII: true)
            return
        }
        var builder = CleanTextBuilder()
        var count = 0
        for scalar in string.unicodeScalars {
            guard count < limit else {
                builder.append(cutMark: "…")
                break
            }
            builder.append(scalar)
            count += 1
        }
        self = builder.finish()
    }

    /// Makes `bytes` safe; bytes that aren't UTF-8 are shown as `⟨xFF⟩`.
    package init(bytes: some Sequence<UInt8>, limit: Int = CleanText.defaultLimit) {
        var builder = CleanTextBuilder()
        var decoder = ScalarDecoder(bytes.makeIterator())
        var count = 0
        while let item = decoder.next() {
            guard count < limit else {
                builder.append(cutMark: "…")
                break
            }
            switch item {
            case .scalar(let scalar): builder.append(scalar)
            case .invalid(let byte): builder.append(invalid: byte)
            }
            count += 1
        }
        self = builder.finish()
    }

    package static let empty = CleanText(text: "", columns: 0, hidden: [], isASCII: true)

    package var isEmpty: Bool { columns == 0 }
}

extension CleanText: ExpressibleByStringInterpolation, CustomStringConvertible {
    package init(stringLiteral value: String) {
        self.init(value)
    }

    package var description: String { text }
}
