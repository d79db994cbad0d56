/// A field that a mapping file may name, with the options that it takes.
enum MappedField: String, CaseIterable {
    case time
    case status
    case latency
    case bytes
    case address
    case method
    case host
    case path
    case query
    case request
    case client
    case subject
    case token
    case route
    case reason
    case agent
    case referrer
    case requestID = "request_id"

    private var slot: JSONSlot {
        switch self {
        case .time: .time
        case .status: .status
        case .latency: .latency
        case .bytes: .bytes
        case .address: .address
        case .method: .method
        case .host: .host
        case .path: .target
        case .query: .query
        case .request: .requestLine
        case .client: .client
        case .subject: .subject
        case .token: .token
        case .route: .route
        case .reason: .reason
        case .agent: .agent
        case .referrer: .referrer
        case .requestID: .requestID
        }
    }

    /// The options beside `path`, each with the values that it may have.
    private var options: [String: [String: JSONForm]] {
        switch self {
        case .time:
            [
                "form": [
                    "any": .anyTime, "rfc3339": .rfc3339, "clf": .clf, "epoch": .epoch(power: 6),
                    "epoch_ms": .epoch(power: 3), "epoch_us": .epoch(power: 0), "epoch_ns": .epoch(power: -3),
                ]
            ]
        case .latency:
            [
                "unit": [
                    "s": .scaled(power: 6), "ms": .scaled(power: 3), "us": .scaled(power: 0), "ns": .scaled(power: -3),
                ]
            ]
        case .client, .subject, .token:
            ["secret": ["true": .secret, "false": .text]]
        case .status, .bytes, .address, .method, .host, .path, .query, .request, .route, .reason, .agent, .referrer,
            .requestID:
            [:]
        }
    }

    private var usualForm: JSONForm {
        switch self {
        case .time: .anyTime
        case .latency: .scaled(power: 6)
        case .token: .secret
        case .status, .bytes, .address, .method, .host, .path, .query, .request, .client, .subject, .route, .reason,
            .agent, .referrer, .requestID:
            .text
        }
    }

    func entry(_ value: Mapping.Value) throws(Mapping.Invalid) -> JSONTable.Entry {
        switch value {
        case .path(let path):
            guard self != .latency else {
                throw invalid("needs a unit: {path: \(path), unit: ms}", allowed: ["s", "ms", "us", "ns"])
            }
            return try entry(path: path, form: usualForm)
        case .options(let given):
            guard let path = given["path"] else { throw invalid("has no path", allowed: ["path"]) }
            var form = usualForm
            for (option, text) in given.sorted(by: { $0.key < $1.key }) where option != "path" {
                guard let forms = options[option] else {
                    throw invalid("has no option `\(option)`", allowed: ["path"] + options.keys.sorted())
                }
                guard let chosen = forms[text] else {
                    throw invalid("`\(option)` can't be `\(text)`", allowed: forms.keys.sorted())
                }
                form = chosen
            }
            guard self != .latency || given["unit"] != nil else {
                throw invalid("needs a unit", allowed: ["s", "ms", "us", "ns"])
            }
            return try entry(path: path, form: form)
        }
    }

    private func entry(path: String, form: JSONForm) throws(Mapping.Invalid) -> JSONTable.Entry {
        let parts = path.split(separator: ".", omittingEmptySubsequences: false)
        guard !path.isEmpty, path.utf8.count <= 200, parts.count <= 16, parts.allSatisfy({ !$0.isEmpty }) else {
            throw invalid("`\(path)` is no path", allowed: ["names joined by dots, such as request.headers.host"])
        }
        return JSONTable.Entry(path, slot, form)
    }

    private func invalid(_ problem: String, allowed: [String]) -> Mapping.Invalid {
        Mapping.Invalid(problems: [.init(field: rawValue, problem: problem, allowed: allowed)])
    }
}
