/// What a name before `:` in a filter stands for.
package enum FilterField: Hashable, Sendable {
    case text(TextField)
    case number(NumberField)
    case outcome
    case since
    case until

    /// A name with what it stands for, as help and completion show it.
    package struct Entry: Sendable {
        package let field: FilterField
        package let name: String
        package let aliases: [String]
        /// What it asks, in a few words.
        package let help: String
        package let example: String

        fileprivate init(_ field: FilterField, _ name: String, aliases: [String] = [], help: String, example: String) {
            self.field = field
            self.name = name
            self.aliases = aliases
            self.help = help
            self.example = example
        }
    }

    /// All fields, the most useful first.
    package static let entries: [Entry] = [
        Entry(.outcome, "outcome", help: "how the request ended", example: "outcome:limited"),
        Entry(.number(.status), "status", help: "HTTP status", example: "status:4xx,503"),
        Entry(.text(.client), "client", help: "API consumer", example: "client:acme"),
        Entry(.text(.subject), "subject", aliases: ["sub"], help: "end user", example: "sub:u-*"),
        Entry(.text(.address), "address", aliases: ["ip"], help: "address or network", example: "ip:10.0.0.0/8"),
        Entry(.text(.route), "route", help: "path template", example: "route:/v1/*"),
        Entry(.text(.path), "path", help: "path as it was sent", example: "path:*/admin*"),
        Entry(.text(.method), "method", help: "HTTP method", example: "method:POST"),
        Entry(.text(.reason), "reason", help: "why it was refused", example: "reason:quota_*"),
        Entry(.number(.latency), "latency", help: "time to the last byte", example: "latency>200ms"),
        Entry(.number(.bytes), "bytes", help: "size of the answer", example: "bytes>1MB"),
        Entry(.since, "since", help: "from then on", example: "since:10m"),
        Entry(.until, "until", help: "before then", example: "until:12:30"),
        Entry(.text(.host), "host", help: "host asked for", example: "host:api.*"),
        Entry(.text(.query), "query", help: "query string", example: "query:*page=*"),
        Entry(.text(.agent), "agent", aliases: ["ua"], help: "user agent", example: "agent:curl*"),
        Entry(.text(.referrer), "referrer", aliases: ["referer"], help: "referring page", example: "referrer:none"),
        Entry(.text(.token), "token", help: "token's id", example: "token:none"),
        Entry(
            .text(.requestID), "request_id", aliases: ["request-id", "id"], help: "request's id", example: "id:4f3a*"),
        Entry(.text(.node), "node", help: "gateway's name", example: "node:edge-1"),
        Entry(.text(.source), "source", help: "log that it came from", example: "source:*access.log"),
    ]

    private static let byName = Dictionary(
        uniqueKeysWithValues: entries.flatMap { entry in ([entry.name] + entry.aliases).map { ($0, entry.field) } })

    static let names = entries.flatMap { [$0.name] + $0.aliases }

    init?(name: String) {
        guard let field = Self.byName[name.lowercased()] else { return nil }
        self = field
    }

    /// The name that canonical text has.
    var name: String {
        switch self {
        case .text(let field): field.name
        case .number(let field): field.name
        case .outcome: "outcome"
        case .since: "since"
        case .until: "until"
        }
    }
}

extension TextField {
    /// Whether filters compare the field without regard to case.
    package var ignoresCase: Bool { self == .host }
}
