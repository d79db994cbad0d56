/// Reads the filter language of the console, the command line and saved views, whatever it is about.
///
///     filter     = [ either ]
///     either     = both *( "or" both )
///     both       = 1*( [ "and" ] negatable )
///     negatable  = *( "-" / "not" ) ( "(" either ")" / test / word )
///     test       = name ( ":" / "=" / "!=" / "<" / "<=" / ">" / ">=" ) value *( "," value )
///
/// Negation is plain logical not: `-method:GET` also keeps events whose method is unknown.
struct FilterParser<Terms: FilterTerms> {
    private let deepestGroup = 64

    var scanner: FilterScanner
    let terms: Terms
    private var depth = 0

    init(_ text: String, _ terms: Terms) {
        scanner = FilterScanner(text)
        self.terms = terms
    }

    mutating func filter() throws(FilterError) -> Terms.Node {
        guard scanner.scalars.count <= FilterScanner.longestText else {
            throw FilterError(
                "A filter has at most \(FilterScanner.longestText) characters",
                at: FilterScanner.longestText..<scanner.scalars.count)
        }
        scanner.skipSpace()
        if scanner.isAtEnd { return Terms.all([]) }
        let filter = try either()
        guard scanner.isAtEnd else {
            throw FilterError(
                "There is no ( for this", at: scanner.position..<scanner.position + 1)
        }
        return filter
    }

    private mutating func either() throws(FilterError) -> Terms.Node {
        var parts = [try both()]
        while scanner.isKeyword("or") {
            let keyword = scanner.position..<scanner.position + 2
            scanner.position += 2
            scanner.skipSpace()
            guard !isAtEndOfGroup, !scanner.isKeyword("or") else {
                throw FilterError("Something to choose from is missing after or", at: keyword)
            }
            parts.append(try both())
        }
        return Terms.any(parts)
    }

    private mutating func both() throws(FilterError) -> Terms.Node {
        var parts: [Terms.Node] = []
        while true {
            scanner.skipSpace()
            if isAtEndOfGroup || scanner.isKeyword("or") { break }
            if scanner.isKeyword("and") {
                let keyword = scanner.position..<scanner.position + 3
                guard !parts.isEmpty else { throw FilterError("Something is missing before and", at: keyword) }
                scanner.position += 3
                scanner.skipSpace()
                guard !isAtEndOfGroup, !scanner.isKeyword("or"), !scanner.isKeyword("and") else {
                    throw FilterError("Something is missing after and", at: keyword)
                }
            }
            parts.append(try negatable())
        }
        guard !parts.isEmpty else {
            let place = scanner.position..<min(scanner.position + 1, scanner.scalars.count)
            throw FilterError(
                scanner.isKeyword("or") ? "Something to choose from is missing before or" : "Something is missing here",
                at: place)
        }
        return Terms.all(parts)
    }

    private var isAtEndOfGroup: Bool { scanner.isAtEnd || scanner.current == ")" }

    private mutating func negatable() throws(FilterError) -> Terms.Node {
        var isNegated = false
        while true {
            let start = scanner.position
            if scanner.skip("-") {
                isNegated.toggle()
            } else if scanner.isKeyword("not") {
                scanner.position += 3
                scanner.skipSpace()
                isNegated.toggle()
            } else {
                break
            }
            if isAtEndOfGroup || scanner.current?.properties.isWhitespace == true {
                throw FilterError(
                    "Something to leave out is missing here", at: start..<max(start + 1, scanner.position))
            }
        }
        let filter = try primary()
        return isNegated ? Terms.not(filter) : filter
    }

    private mutating func primary() throws(FilterError) -> Terms.Node {
        if let group = try group() { return group }
        if let test = try test() { return test }
        return try word()
    }

    private mutating func group() throws(FilterError) -> Terms.Node? {
        let start = scanner.position
        guard scanner.skip("(") else { return nil }
        depth += 1
        defer { depth -= 1 }
        guard depth <= deepestGroup else {
            throw FilterError("Parentheses stand at most \(deepestGroup) deep", at: start..<start + 1)
        }
        let filter = try either()
        guard scanner.skip(")") else { throw FilterError("There is no ) for this", at: start..<start + 1) }
        return filter
    }

    private mutating func test() throws(FilterError) -> Terms.Node? {
        let start = scanner.position
        guard let (name, range, sign) = scanner.nameAndOperator() else { return nil }
        guard let field = terms.field(name) else {
            let nearest = EditDistance.nearest(to: name, among: terms.fieldNames)
            let hint = nearest == nil ? ", and text with a \(sign.rawValue) must stand in quotes" : ""
            throw FilterError("There is no field \(name)\(hint)", at: range, suggestion: nearest)
        }
        var values = [try scanner.value(endsAtComma: true)]
        while scanner.skip(",") {
            scanner.skipSpace()
            values.append(try scanner.value(endsAtComma: true))
        }
        for value in values where value.isEmpty {
            if value.isQuoted {
                throw FilterError(
                    "An unknown \(Terms.name(of: field)) is found by", at: value.range,
                    suggestion: "\(Terms.name(of: field)):none")
            }
            // The place is after the sign or the comma; a mark must stand somewhere, so it takes that in.
            throw FilterError(
                "A value for \(Terms.name(of: field)) is missing",
                at: (value.range.lowerBound - 1)..<value.range.upperBound)
        }
        return try terms.test(FilterTerm(field: field, sign: sign, values: values, range: start..<scanner.position))
    }

    private mutating func word() throws(FilterError) -> Terms.Node {
        let value = try scanner.value(endsAtComma: false)
        guard !value.isEmpty else {
            let end = max(value.range.upperBound, min(value.range.lowerBound + 1, scanner.scalars.count))
            throw FilterError("There is nothing to look for", at: value.range.lowerBound..<end)
        }
        return Terms.word(value.pieces)
    }
}

extension Filter {
    /// Reads a filter; the time of day and dates in it are local to the zone.
    package init(parsing text: String, now: Timestamp, zone: TimeZoneTable) throws(FilterError) {
        var parser = FilterParser(text, TrafficTerms(now: now, zone: zone))
        self = try parser.filter()
    }

    /// Pieces of text in this order anywhere in the fields for words; everything when there are none.
    static func word(pieces: [String]) -> Filter {
        TextPattern(containingInOrder: pieces).map { .test(.words($0)) } ?? .everything
    }
}
