/// What may be typed at a place in a filter.
package struct FilterCompletions: Equatable, Sendable {
    package struct Candidate: Equatable, Sendable {
        /// What to put in, quoted where it has to be.
        package var text: String
        package var help: String
    }

    /// What a candidate replaces, in Unicode scalars from the start.
    package var range: Range<Int>
    /// The best first.
    package var candidates: [Candidate]

    /// What a candidate replaces in the UTF-8 of the text.
    package func utf8Range(in text: String) -> Range<Int> {
        range.utf8Range(ofScalarsIn: text)
    }
}

extension Filter {
    /// What may be typed at a cursor (in Unicode scalars), also within a word, a list or a group.
    ///
    /// Known texts of a field come from `values`, which is given what was typed of one.
    package static func completions(
        for text: String, cursor: Int, values: (TextField, _ prefix: String) -> [String]
    ) -> FilterCompletions {
        let scalars = Array(text.unicodeScalars.prefix(FilterScanner.longestText))
        let cursor = min(max(cursor, 0), scalars.count)
        let place = CompletionPlace(scalars: scalars, cursor: cursor)
        let all: [FilterCompletions.Candidate]
        switch place.kind {
        case .nothing: all = []
        case .word(let prefix): all = CompletionTable.words(startingWith: prefix)
        case .value(let field, let prefix): all = CompletionTable.values(of: field, startingWith: prefix, known: values)
        }
        let typed = String(String.UnicodeScalarView(scalars[place.range]))
        return FilterCompletions(range: place.range, candidates: all.filter { $0.text != typed })
    }
}

/// What stands at the cursor, and how far it reaches.
private struct CompletionPlace {
    enum Kind {
        case nothing
        case word(prefix: String)
        case value(FilterField, prefix: String)
    }

    let kind: Kind
    let range: Range<Int>

    init(scalars: [Unicode.Scalar], cursor: Int) {
        let whole = FilterScanner(scalars: scalars)
        var scanner = FilterScanner(scalars: Array(scalars[..<cursor]))
        while true {
            scanner.skipSpace()
            if scanner.skip("(") || scanner.skip(")") || scanner.skip("-") { continue }
            let start = scanner.position
            guard let (name, _, _) = scanner.nameAndOperator() else {
                let value = try? scanner.value(endsAtComma: false)
                guard let value, scanner.isAtEnd else {
                    if value != nil { continue }
                    (kind, range) = (.nothing, cursor..<cursor)
                    return
                }
                (kind, range) = (.word(prefix: value.text), start..<whole.endOfName(from: start, atLeast: cursor))
                return
            }
            guard let value = Self.lastValue(of: &scanner, whole: whole, cursor: cursor) else { continue }
            guard let field = FilterField(name: name) else {
                (kind, range) = (.nothing, cursor..<cursor)
                return
            }
            (kind, range) = (.value(field, prefix: value.prefix), value.range)
            return
        }
    }

    /// The value of a list in which the cursor is; nil when the list ends before it.
    private static func lastValue(
        of scanner: inout FilterScanner, whole: FilterScanner, cursor: Int
    ) -> (prefix: String, range: Range<Int>)? {
        while true {
            let start = scanner.position
            let value = try? scanner.value(endsAtComma: true)
            if scanner.isAtEnd {
                var rest = whole
                rest.position = start
                let end = (try? rest.value(endsAtComma: true))?.range.upperBound ?? cursor
                let open = String(String.UnicodeScalarView(scanner.scalars[start...])).replacingQuotes
                return (value?.text ?? open, start..<max(end, cursor))
            }
            guard scanner.skip(",") else { return nil }
            scanner.skipSpace()
        }
    }
}

extension String {
    fileprivate var replacingQuotes: String {
        String(unicodeScalars.filter { $0 != "\"" && $0 != "\\" }.map(Character.init))
    }
}

extension FilterScanner {
    fileprivate init(scalars: [Unicode.Scalar]) {
        self.init(String(String.UnicodeScalarView(scalars)))
    }

    /// The end of a name that goes on after the cursor, with its colon.
    fileprivate func endOfName(from start: Int, atLeast cursor: Int) -> Int {
        var end = max(start, cursor)
        while end < scalars.count, scalars[end].properties.isAlphabetic || scalars[end] == "_" { end += 1 }
        return end < scalars.count && end > start && scalars[end] == ":" ? end + 1 : end
    }
}
