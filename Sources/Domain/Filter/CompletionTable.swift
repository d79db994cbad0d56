/// What completion of filters offers, as data.
enum CompletionTable {
    typealias Candidate = FilterCompletions.Candidate

    private static let keywords = [
        Candidate(text: "or ", help: "either of two"),
        Candidate(text: "not ", help: "leaves out what follows"),
    ]

    private static let outcomes = [
        Candidate(text: "allowed", help: "passed the gateway's policy"),
        Candidate(text: "unauthenticated", help: "401: nobody knows who it was"),
        Candidate(text: "forbidden", help: "403: known, but not permitted"),
        Candidate(text: "limited", help: "429: over a quota"),
        Candidate(text: "invalid", help: "400, 413, 415, 422: not well formed"),
        Candidate(text: "failed", help: "5xx, or no answer"),
        Candidate(text: "denied", help: "all that were refused"),
    ]

    private static let statuses = [
        Candidate(text: "2xx", help: "success"), Candidate(text: "3xx", help: "redirection"),
        Candidate(text: "4xx", help: "client error"), Candidate(text: "5xx", help: "server error"),
        Candidate(text: "200", help: "OK"), Candidate(text: "201", help: "Created"),
        Candidate(text: "204", help: "No Content"), Candidate(text: "301", help: "Moved Permanently"),
        Candidate(text: "302", help: "Found"), Candidate(text: "304", help: "Not Modified"),
        Candidate(text: "400", help: "Bad Request"), Candidate(text: "401", help: "Unauthorized"),
        Candidate(text: "403", help: "Forbidden"), Candidate(text: "404", help: "Not Found"),
        Candidate(text: "405", help: "Method Not Allowed"), Candidate(text: "409", help: "Conflict"),
        Candidate(text: "413", help: "Content Too Large"), Candidate(text: "415", help: "Unsupported Media Type"),
        Candidate(text: "422", help: "Unprocessable Content"), Candidate(text: "429", help: "Too Many Requests"),
        Candidate(text: "499", help: "client closed the connection"),
        Candidate(text: "500", help: "Internal Server Error"), Candidate(text: "502", help: "Bad Gateway"),
        Candidate(text: "503", help: "Service Unavailable"), Candidate(text: "504", help: "Gateway Timeout"),
        Candidate(text: "none", help: "no answer, or unknown"),
    ]

    private static let latencies = ["10ms", "50ms", "100ms", "200ms", "500ms", "1s", "5s", "30s"].map {
        Candidate(text: $0, help: "")
    }

    private static let sizes = ["1kB", "10kB", "100kB", "1MB", "10MB", "100MB"].map { Candidate(text: $0, help: "") }

    private static let times = [
        Candidate(text: "1m", help: "a minute ago"), Candidate(text: "5m", help: "five minutes ago"),
        Candidate(text: "15m", help: "a quarter of an hour ago"), Candidate(text: "1h", help: "an hour ago"),
        Candidate(text: "6h", help: "six hours ago"), Candidate(text: "24h", help: "a day ago"),
        Candidate(text: "7d", help: "a week ago"), Candidate(text: "30d", help: "thirty days ago"),
        Candidate(text: "today", help: "since midnight, local time"),
        Candidate(text: "yesterday", help: "the midnight before"),
    ]

    private static let methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "CONNECT", "TRACE"]

    /// Names of fields, operators after a whole name, and keywords.
    static func words(startingWith prefix: String) -> [Candidate] {
        let prefix = prefix.lowercased()
        var candidates: [Candidate] = []
        for entry in FilterField.entries {
            let names = [entry.name] + entry.aliases
            if names.contains(prefix) {
                candidates += operators(for: entry.field).map {
                    Candidate(text: prefix + $0.rawValue, help: entry.help)
                }
            } else if let name = names.first(where: { $0.hasPrefix(prefix) }) {
                candidates.append(Candidate(text: name + ":", help: "\(entry.help), as \(entry.example)"))
            }
        }
        return candidates + keywords.filter { !prefix.isEmpty && $0.text.hasPrefix(prefix) }
    }

    private static func operators(for field: FilterField) -> [FilterScanner.Operator] {
        switch field {
        case .number: [.colon, .atLeast, .more, .less, .atMost, .notEqual]
        case .text, .outcome: [.colon, .notEqual]
        case .since, .until: [.colon]
        }
    }

    static func values(
        of field: FilterField, startingWith prefix: String, known: (TextField, _ prefix: String) -> [String]
    ) -> [Candidate] {
        switch field {
        case .outcome: return matching(prefix, among: outcomes)
        case .number(.status): return matching(prefix, among: statuses)
        case .number(.latency): return matching(prefix, among: latencies)
        case .number(.bytes): return matching(prefix, among: sizes)
        case .since, .until: return matching(prefix, among: times)
        case .text(let field):
            var texts = known(field, prefix)
            if field == .method { texts += methods.filter { !texts.contains($0) } }
            return texts.filter { $0.lowercased().hasPrefix(prefix.lowercased()) }
                .map { Candidate(text: FilterText.quoted($0), help: "") }
                + matching(prefix, among: [Candidate(text: "none", help: "unknown or empty")])
        }
    }

    private static func matching(_ prefix: String, among candidates: [Candidate]) -> [Candidate] {
        candidates.filter { $0.text.hasPrefix(prefix.lowercased()) }
    }
}
