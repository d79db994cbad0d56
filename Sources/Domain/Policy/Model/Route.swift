/// A path template with what it takes to call it, and where it leads.
package struct Route: Hashable, Sendable, NamedThing {
    package static var kind: ItemKind { .route }

    package var name: Name<Route>
    package var pattern: RoutePattern
    package var methods: MethodSet
    /// A token needs all of them.
    package var requiredScopes: [Name<Scope>]
    package var classification: Classification
    /// How much a request counts against a quota, 1...1000.
    package var cost: Int
    /// Where requests go, as in `http://10.0.0.7:8080`; empty while only others' gateways forward them.
    package var upstream: String
    /// The API's version, as in `v1`.
    package var version: String
    /// When the route became, or becomes, deprecated (RFC 9745).
    package var deprecated: Timestamp?
    /// From when on it may stop answering (RFC 8594).
    package var sunset: Timestamp?
    /// The name of the schema that bodies are checked against; empty for none.
    package var schema: String
    package var note: String

    package init(
        name: Name<Route>, pattern: RoutePattern, methods: MethodSet, requiredScopes: [Name<Scope>] = [],
        classification: Classification = .internal, cost: Int = 1, upstream: String = "", version: String = "",
        deprecated: Timestamp? = nil, sunset: Timestamp? = nil, schema: String = "", note: String = ""
    ) {
        self.name = name
        self.pattern = pattern
        self.methods = methods
        self.requiredScopes = requiredScopes
        self.classification = classification
        self.cost = cost
        self.upstream = upstream
        self.version = version
        self.deprecated = deprecated
        self.sunset = sunset
        self.schema = schema
        self.note = note
    }
}
