/// Cuts a line that a person wrote into words, each with its column.
///
/// `=` stands for itself; a comma before a space, or at the end, ends a part; what is in quotation marks is one word,
/// with `\"`, `\\` and `\u{202E}` for what can't stand there.
struct LineScanner {
    enum Token: Hashable {
        case word(Word)
        case equals(column: Int)
        case comma(column: Int)

        var column: Int {
            switch self {
            case .word(let word): word.column
            case .equals(let column), .comma(let column): column
            }
        }

        /// The word, unless it is quoted and so means only itself.
        var keyword: String? {
            if case .word(let word) = self, !word.isQuoted { word.text } else { nil }
        }
    }

    struct Word: Hashable {
        var text: String
        var isQuoted: Bool
        /// In scalars, from 1.
        var column: Int

        var place: PolicyTree.Place { .init(line: 1, column: column) }
        /// As a leaf of a tree, with its place.
        var tree: PolicyTree { PolicyTree(.text(text), place: place) }
    }

    private let scalars: [Unicode.Scalar]
    private var position = 0

    init(_ line: String) {
        scalars = Array(line.unicodeScalars)
    }

    /// The column after all that was read.
    var column: Int { position + 1 }

    /// Everything up to the next space; nil at the end.
    mutating func raw() -> Word? {
        skipSpace()
        let start = position
        while position < scalars.count, !isSpace(at: position) { position += 1 }
        return start == position ? nil : word(from: start)
    }

    /// All that is left.
    mutating func tokens() throws(LineProblem) -> [Token] {
        var tokens: [Token] = []
        while let token = try next() { tokens.append(token) }
        return tokens
    }

    private mutating func next() throws(LineProblem) -> Token? {
        skipSpace()
        guard position < scalars.count else { return nil }
        let start = position
        switch scalars[position] {
        case "=":
            position += 1
            return .equals(column: start + 1)
        case "\"": return .word(try quoted())
        default: break
        }
        if endsPart(at: position) {
            position += 1
            return .comma(column: start + 1)
        }
        while position < scalars.count, !isSpace(at: position), scalars[position] != "=", !endsPart(at: position) {
            position += 1
        }
        return .word(word(from: start))
    }

    private mutating func quoted() throws(LineProblem) -> Word {
        let start = position
        var text = ""
        position += 1
        while position < scalars.count {
            let scalar = scalars[position]
            position += 1
            switch scalar {
            case "\"":
                let isOver = position == scalars.count || isSpace(at: position) || endsPart(at: position)
                guard isOver || scalars[position] == "=" else {
                    throw .at(position + 1, "put a space after the closing quotation mark")
                }
                return Word(text: text, isQuoted: true, column: start + 1)
            case "\\": text.unicodeScalars.append(try escaped())
            default: text.unicodeScalars.append(scalar)
            }
        }
        throw .at(start + 1, "the closing quotation mark is missing")
    }

    private mutating func escaped() throws(LineProblem) -> Unicode.Scalar {
        let column = position
        guard position < scalars.count else { throw .at(column, "after \\ comes \", \\ or u{202E}") }
        let scalar = scalars[position]
        position += 1
        if scalar == "\"" || scalar == "\\" { return scalar }
        guard scalar == "u", position < scalars.count, scalars[position] == "{" else {
            throw .at(column, "after \\ comes \", \\ or u{202E}")
        }
        position += 1
        var digits = ""
        while position < scalars.count, scalars[position] != "}" {
            digits.unicodeScalars.append(scalars[position])
            position += 1
        }
        let isHex = (1...6).contains(digits.utf8.count) && digits.allSatisfy(\.isHexDigit)
        guard position < scalars.count, isHex, let value = UInt32(digits, radix: 16), let found = Unicode.Scalar(value)
        else { throw .at(column, "\\u{} holds the number of a character, as in \\u{202E}") }
        position += 1
        return found
    }

    private func word(from start: Int) -> Word {
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars[start..<position])
        return Word(text: text, isQuoted: false, column: start + 1)
    }

    private mutating func skipSpace() {
        while position < scalars.count, isSpace(at: position) { position += 1 }
    }

    private func isSpace(at index: Int) -> Bool { scalars[index].properties.isWhitespace }

    private func endsPart(at index: Int) -> Bool {
        scalars[index] == "," && (index + 1 == scalars.count || isSpace(at: index + 1))
    }

    /// A word as `tokens` reads it back: in quotation marks where it needs them.
    static func written(_ text: String) -> String {
        let isPlain = text.unicodeScalars.allSatisfy { scalar in
            !scalar.isHidden && !scalar.properties.isWhitespace && !["\"", "\\", "=", ","].contains(scalar)
        }
        guard text.isEmpty || !isPlain else { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case _ where scalar.isHidden: quoted += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
