/// Reads a filter's text scalar by scalar: names, operators, and values with quotes, escapes and stars.
struct FilterScanner {
    /// What is asked of a field.
    enum Operator: String, CaseIterable {
        case notEqual = "!="
        case atLeast = ">="
        case atMost = "<="
        case colon = ":"
        case equal = "="
        case more = ">"
        case less = "<"

        /// Whether it compares sizes, or may have spaces around it.
        var isColon: Bool { self == .colon }
    }

    /// One value, or one bare word.
    struct Value: Equatable {
        /// The literal pieces between stars, as in `TextPattern`.
        var pieces: [String] = [""]
        /// Whether any of it stood in quotes or was escaped, so that it can't be a keyword or a number.
        var isQuoted = false
        var range: Range<Int>

        var hasStars: Bool { pieces.count > 1 }
        var isEmpty: Bool { pieces == [""] }
        /// The text when it is neither quoted nor a glob.
        var plain: String? { isQuoted || hasStars ? nil : pieces[0] }
        /// The text without regard to stars.
        var text: String { pieces.joined(separator: "*") }
    }

    /// In scalars; more than anybody types.
    static let longestText = 4096

    let scalars: [Unicode.Scalar]
    var position = 0

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    var isAtEnd: Bool { position >= scalars.count }
    var current: Unicode.Scalar? { isAtEnd ? nil : scalars[position] }

    mutating func skipSpace() {
        while let scalar = current, scalar.properties.isWhitespace { position += 1 }
    }

    mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard current == scalar else { return false }
        position += 1
        return true
    }

    /// A field's name and the operator after it; nothing is read when there is no such pair.
    ///
    /// Spaces may stand before a comparison when the name is known: `status >= 500`.
    mutating func nameAndOperator() -> (name: String, range: Range<Int>, sign: Operator)? {
        let start = position
        var end = position
        while end < scalars.count, scalars[end].isInName(first: end == start) { end += 1 }
        guard end > start else { return nil }
        let name = String(String.UnicodeScalarView(scalars[start..<end]))
        var after = end
        while after < scalars.count, scalars[after].properties.isWhitespace { after += 1 }
        guard let sign = operatorSign(at: after) else { return nil }
        guard after == end || (!sign.isColon && FilterField(name: name) != nil) else { return nil }
        position = after + sign.rawValue.unicodeScalars.count
        // Completion writes the colon, and `status:>=400` is what one then types.
        if sign.isColon, case .number? = FilterField(name: name), let comparison = operatorSign(at: position),
            !comparison.isColon
        {
            position += comparison.rawValue.unicodeScalars.count
            skipSpace()
            return (name, start..<end, comparison)
        }
        if !sign.isColon { skipSpace() }
        return (name, start..<end, sign)
    }

    private func operatorSign(at index: Int) -> Operator? {
        Operator.allCases.first { scalars[index...].starts(with: $0.rawValue.unicodeScalars) }
    }

    /// Whether a keyword stands here, as a whole word; it is not read.
    func isKeyword(_ keyword: String) -> Bool {
        let end = position + keyword.unicodeScalars.count
        guard end <= scalars.count else { return false }
        let word = String(String.UnicodeScalarView(scalars[position..<end])).lowercased()
        guard word == keyword else { return false }
        guard end < scalars.count else { return true }
        return scalars[end].properties.isWhitespace || scalars[end] == "(" || scalars[end] == ")"
    }

    /// A value or a word up to the next space, parenthesis or (for values in lists) comma.
    ///
    /// A star stands for anything. Between quotes only `\"` and `\\` are escapes and all else is itself; outside,
    /// a backslash before a special character takes its meaning away.
    mutating func value(endsAtComma: Bool) throws(FilterError) -> Value {
        let start = position
        var pieces: [String.UnicodeScalarView] = [.init()]
        var isQuoted = false
        while let scalar = current, !scalar.properties.isWhitespace, scalar != "(", scalar != ")" {
            if endsAtComma, scalar == "," { break }
            position += 1
            switch scalar {
            case "\"":
                isQuoted = true
                let quote = position - 1
                while true {
                    guard let inner = current else {
                        throw FilterError("The quote is never closed", at: quote..<scalars.count)
                    }
                    position += 1
                    if inner == "\"" { break }
                    if inner == "\\", let next = current, next == "\"" || next == "\\" {
                        position += 1
                        pieces[pieces.count - 1].append(next)
                    } else {
                        pieces[pieces.count - 1].append(inner)
                    }
                }
            case "\\":
                if let next = current, next.isSpecialInFilter {
                    position += 1
                    isQuoted = true
                    pieces[pieces.count - 1].append(next)
                } else {
                    pieces[pieces.count - 1].append(scalar)
                }
            case "*":
                pieces.append(.init())
            default:
                pieces[pieces.count - 1].append(scalar)
            }
        }
        return Value(pieces: pieces.map { String($0) }, isQuoted: isQuoted, range: start..<position)
    }
}

extension Unicode.Scalar {
    /// Whether the character has a meaning of its own in a value, so that as itself it must be quoted or escaped.
    var isSpecialInFilter: Bool {
        switch self {
        case "\"", "\\", "*", ",", "(", ")": true
        default: properties.isWhitespace
        }
    }

    fileprivate func isInName(first: Bool) -> Bool {
        switch self {
        case "a"..."z", "A"..."Z", "_": true
        case "0"..."9", "-": !first
        default: false
        }
    }
}
