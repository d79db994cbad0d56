extension PermissionText {
    package static func text(of condition: Condition) -> String {
        switch condition {
        case .network(let networks): "network " + text(of: networks)
        case .time(let window): "time " + text(of: window)
        case .owner(let variable, let claim):
            "owner \(LineScanner.written(variable)) = \(LineScanner.written(claim))"
        case .classification(let ceiling): "up to " + ceiling.name
        case .mutualTLS: "mtls"
        case .authenticationLevel(let level): "acr " + LineScanner.written(level)
        case .tokenAge(let seconds): "age " + Seconds.text(seconds)
        case .header(let name, let value): "header \(LineScanner.written(name)) = \(LineScanner.written(value))"
        }
    }
}

/// Reads what follows `if` in a permission's line: conditions between commas, each beginning with its word.
enum ConditionText {
    struct Form: Sendable {
        let word: String
        /// The condition's field in files.
        let field: String
        let example: String
        fileprivate let read: @Sendable (Part) throws(LineProblem) -> PolicyTree
    }

    static let forms: [Form] = [
        Form(word: "network", field: "networks", example: "network 10.0.0.0/8 2001:db8::/32") {
            (part) throws(LineProblem) in
            let words = try part.words()
            return words.count == 1 && words[0].text == "none" ? .list([]) : .list(words.map(\.tree))
        },
        Form(word: "time", field: "time", example: "time mon-fri 08:00-18:00 Europe/Berlin") {
            (part) throws(LineProblem) in
            try WindowText.tree(part.words(), end: part.end)
        },
        Form(word: "owner", field: "owner", example: "owner id = sub") { (part) throws(LineProblem) in
            let (variable, claim) = try part.equation()
            return .map([.init("variable", variable.tree), .init("claim", claim.tree)])
        },
        Form(word: "up", field: "classification", example: "up to confidential") { (part) throws(LineProblem) in
            let words = try part.words()
            guard words.count == 2, words[0].text == "to" else { throw part.problem }
            return words[1].tree
        },
        Form(word: "mtls", field: "mtls", example: "mtls") { (part) throws(LineProblem) in
            guard part.tokens.isEmpty else { throw part.problem }
            return .flag(true)
        },
        Form(word: "acr", field: "acr", example: "acr gold") { (part) throws(LineProblem) in
            try part.word().tree
        },
        Form(word: "age", field: "token_age", example: "age 1h") { (part) throws(LineProblem) in
            try part.word().tree
        },
        Form(word: "header", field: "header", example: "header x-region = eu") { (part) throws(LineProblem) in
            let (name, value) = try part.equation()
            return .map([.init("name", name.tree), .init("value", value.tree)])
        },
    ]

    /// One tree for each condition; `end` is the column after the line.
    static func trees(_ tokens: some Sequence<LineScanner.Token>, end: Int) throws(LineProblem) -> [PolicyTree] {
        var parts: [(tokens: [LineScanner.Token], end: Int)] = [([], end)]
        for token in tokens {
            if case .comma(let column) = token {
                parts[parts.count - 1].end = column
                parts.append(([], end))
            } else {
                parts[parts.count - 1].tokens.append(token)
            }
        }
        var trees: [PolicyTree] = []
        for part in parts { trees.append(try tree(part.tokens, end: part.end)) }
        return trees
    }

    private static func tree(_ tokens: [LineScanner.Token], end: Int) throws(LineProblem) -> PolicyTree {
        let names = forms.map { $0.word == "up" ? "up to" : $0.word }.joined(separator: ", ")
        guard let first = tokens.first else { throw .at(end, "a condition is missing; write one of \(names)") }
        guard let form = forms.first(where: { $0.word == first.keyword }) else {
            let given = first.keyword ?? "="
            throw .at(
                first.column,
                "there is no condition \(SafeText.quoted(given)); write one of \(names)"
                    + PermissionText.hint(given, among: forms.map(\.word)))
        }
        let value = try form.read(Part(form: form, column: first.column, tokens: tokens.dropFirst(), end: end))
        let place = PolicyTree.Place(line: 1, column: first.column)
        return PolicyTree(.map([.init(form.field, value, place: place)]), place: place)
    }

    /// What follows a condition's word.
    fileprivate struct Part {
        let form: Form
        let column: Int
        let tokens: ArraySlice<LineScanner.Token>
        let end: Int

        var problem: LineProblem { .at(tokens.first?.column ?? end, "write it like “\(form.example)”") }

        /// One or more words.
        func words() throws(LineProblem) -> [LineScanner.Word] {
            var words: [LineScanner.Word] = []
            for token in tokens {
                guard case .word(let word) = token else {
                    throw .at(token.column, "write it like “\(form.example)”")
                }
                words.append(word)
            }
            guard !words.isEmpty else { throw problem }
            return words
        }

        func word() throws(LineProblem) -> LineScanner.Word {
            let words = try words()
            guard words.count == 1 else { throw .at(words[1].column, "write it like “\(form.example)”") }
            return words[0]
        }

        /// Two words with `=` between them.
        func equation() throws(LineProblem) -> (LineScanner.Word, LineScanner.Word) {
            let tokens = Array(tokens)
            guard tokens.count == 3, case .word(let left) = tokens[0], case .equals = tokens[1],
                case .word(let right) = tokens[2]
            else { throw problem }
            return (left, right)
        }
    }
}
