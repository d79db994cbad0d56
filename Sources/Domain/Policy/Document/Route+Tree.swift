extension Route {
    package static let fields: [ItemField<Route>] = [
        ItemField("path", TreeForm.path, "the paths that it is about", isRequired: true) { .text($0.pattern.text) },
        ItemField("methods", TreeForm.methods, "the methods that it answers", isRequired: true) {
            .methods($0.methods)
        },
        ItemField("scopes", "a list of scopes", "what a token needs, all of them") { .filled($0.requiredScopes) },
        ItemField(
            "classification", TreeForm.one(of: Classification.allCases.map(\.name)),
            "how much harm its data could do", standard: .text(Classification.internal.name)
        ) {
            .text($0.classification.name)
        },
        ItemField(
            "cost", "a whole number, 1 to 1000", "how much a request counts against a quota", standard: .integer(1)
        ) {
            .integer($0.cost)
        },
        ItemField("upstream", "a URL like http://10.0.0.7:8080", "where requests go") { .filled($0.upstream) },
        ItemField("version", "a text like v1", "the API's version") { .filled($0.version) },
        ItemField("deprecated", TreeForm.moment, "since when it is deprecated") { .filled($0.deprecated) },
        ItemField("sunset", TreeForm.moment, "from when on it may stop answering") { .filled($0.sunset) },
        ItemField("schema", "a schema's name", "what bodies are checked against") { .filled($0.schema) },
        ItemField("note", TreeForm.text, "what else to know") { .filled($0.note) },
    ]

    init?(_ name: Name<Route>, reading reader: inout TreeReader) {
        let pattern = reader.pattern("path")
        let methods = reader.methods("methods")
        // Read in any case, so that all problems are found at once.
        let scopes: [Name<Scope>] = reader.names("scopes") ?? []
        let classification = reader.word("classification", among: Classification.allCases.map { ($0.name, $0) })
        let cost = reader.integer("cost") ?? 1
        let texts = ["upstream", "version", "schema", "note"].map { reader.text($0) ?? "" }
        let (deprecated, sunset) = (reader.moment("deprecated"), reader.moment("sunset"))
        guard let pattern, let methods else { return nil }
        self.init(
            name: name, pattern: pattern, methods: methods, requiredScopes: scopes,
            classification: classification ?? .internal, cost: cost, upstream: texts[0], version: texts[1],
            deprecated: deprecated, sunset: sunset, schema: texts[2], note: texts[3])
    }
}
