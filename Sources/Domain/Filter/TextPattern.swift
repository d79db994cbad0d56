/// A text to match against: literal pieces, with anything in between where a glob had `*`.
package struct TextPattern: Hashable, Sendable {
    /// The pieces between the stars; one piece means an exact match.
    package let pieces: [[UInt8]]
    package let ignoresCase: Bool

    /// A glob in which `*` stands for any bytes, also none; `\*` is a star.
    package init(glob: String, ignoresCase: Bool = false) {
        var pieces: [[UInt8]] = [[]]
        var isEscaped = false
        for byte in glob.utf8 {
            if isEscaped {
                isEscaped = false
                if byte != UInt8(ascii: "*") && byte != UInt8(ascii: "\\") {
                    pieces[pieces.count - 1].append(UInt8(ascii: "\\"))
                }
                pieces[pieces.count - 1].append(byte)
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "*") {
                pieces.append([])
            } else {
                pieces[pieces.count - 1].append(byte)
            }
        }
        if isEscaped { pieces[pieces.count - 1].append(UInt8(ascii: "\\")) }
        self.init(pieces: pieces, ignoresCase: ignoresCase)
    }

    /// Any text that holds this word.
    package init(containing word: String, ignoresCase: Bool = true) {
        self.init(pieces: [[], Array(word.utf8), []], ignoresCase: ignoresCase)
    }

    /// Exactly this text.
    package init(exactly text: String, ignoresCase: Bool = false) {
        self.init(pieces: [Array(text.utf8)], ignoresCase: ignoresCase)
    }

    init(pieces: [[UInt8]], ignoresCase: Bool) {
        self.pieces = ignoresCase ? pieces.map { $0.map(Self.lowercased) } : pieces
        self.ignoresCase = ignoresCase
    }

    package func matches(_ text: some StringProtocol) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { matches(bytes: $0) } ?? matches(Array(text.utf8))
    }

    /// Leftmost matching of each piece in turn decides globs with `*` alone, in time proportional to the product
    /// of the lengths at worst, without backtracking.
    package func matches(_ text: [UInt8]) -> Bool { text.withUnsafeBufferPointer { matches(bytes: $0) } }

    private func matches(bytes text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = pieces.first, let last = pieces.last else { return text.isEmpty }
        if pieces.count == 1 { return text.count == first.count && has(first, in: text, at: 0) }
        guard text.count >= first.count + last.count, has(first, in: text, at: 0) else { return false }
        let end = text.count - last.count
        guard has(last, in: text, at: end) else { return false }
        var position = first.count
        for piece in pieces[1..<(pieces.count - 1)] {
            guard let place = place(of: piece, in: text, from: position, upTo: end) else { return false }
            position = place + piece.count
        }
        return position <= end
    }

    /// Filters go through a hundred thousand texts at each key: nearly all places fail at their first byte.
    private func place(
        of piece: [UInt8], in text: UnsafeBufferPointer<UInt8>, from start: Int, upTo end: Int
    ) -> Int? {
        guard let head = piece.first else { return start }
        var position = start
        while position + piece.count <= end {
            let byte = ignoresCase ? Self.lowercased(text[position]) : text[position]
            if byte == head, has(piece, in: text, at: position) { return position }
            position += 1
        }
        return nil
    }

    private func has(_ piece: [UInt8], in text: UnsafeBufferPointer<UInt8>, at position: Int) -> Bool {
        guard position + piece.count <= text.count else { return false }
        for index in piece.indices {
            let byte = text[position + index]
            guard piece[index] == (ignoresCase ? Self.lowercased(byte) : byte) else { return false }
        }
        return true
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
