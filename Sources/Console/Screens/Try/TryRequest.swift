import Domain

/// A made-up request as it is typed, and what it comes to.
struct TryRequest: Equatable, Sendable {
    var texts: [TryField: String] = [:]

    init() {}

    /// What a recorded request said.
    init(_ fact: TrafficFact, zone: TimeZoneTable) {
        texts[.client] = fact.client
        texts[.method] = fact.method
        texts[.path] = fact.path
        texts[.subject] = fact.subject
        texts[.address] = fact.address.map { "\($0)" }
        texts[.time] = TimeText.rfc3339(fact.time)
    }

    /// Without spaces around it; empty for a field that says nothing.
    private func text(_ field: TryField) -> String {
        guard let text = texts[field] else { return "" }
        let isSpace = { (scalar: Unicode.Scalar) in scalar == " " }
        let rest = text.unicodeScalars.drop(while: isSpace)
        return String(String.UnicodeScalarView(rest.reversed().drop(while: isSpace).reversed()))
    }

    private func words(_ field: TryField) -> [String]? {
        let text = text(field)
        guard !text.isEmpty else { return nil }
        if text == "none" { return [] }
        return text.split { $0 == "," || $0 == " " }.map(String.init)
    }

    private func pairs(_ field: TryField) -> [(name: String, value: String)] {
        text(field).split(separator: ",").compactMap { part in
            let sides = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2, !sides[0].isEmpty else { return nil }
            return (String(sides[0]), String(sides[1]))
        }
    }

    /// Whether a token comes with the request, and not a secret alone.
    private var hasToken: Bool {
        [TryField.subject, .scopes, .roles, .level, .claims].contains { !text($0).isEmpty }
    }

    /// What can't be understood, and is not part of the request.
    func problem(_ field: TryField, in snapshot: PolicySnapshot, now: Timestamp, zone: TimeZoneTable) -> String? {
        let text = text(field)
        guard !text.isEmpty else { return nil }
        switch field {
        case .client: return snapshot.client(named: text) == nil ? "unknown" : nil
        case .method: return Method(name: text) == nil ? "no method" : nil
        case .address: return IPAddress(text) == nil ? "no address" : nil
        case .time: return time(now: now, zone: zone) == nil ? "no time" : nil
        case .claims, .headers:
            let isRead = pairs(field).count == text.split(separator: ",").count
            if !isRead { return "write a=1, b=2" }
            return field == .claims && self.text(.client).isEmpty ? "needs a client" : nil
        case .certificate: return ["yes", "no"].contains(text) ? nil : "yes or no"
        case .subject, .scopes, .roles, .level:
            return self.text(.client).isEmpty ? "needs a client" : nil
        case .path: return nil
        }
    }

    private func time(now: Timestamp, zone: TimeZoneTable) -> Timestamp? {
        var text = text(.time)
        if text.isEmpty || text == "now" { return now }
        if text.hasSuffix(" ago") { text = String(text.dropLast(4)) }
        if let duration = DurationText.parse(text) { return now.advanced(by: -duration) }
        return TimeText.parse(text, now: now, zone: zone)
    }

    /// The request that the fields stand for; nil while there is no path.
    func request(for snapshot: PolicySnapshot, now: Timestamp, zone: TimeZoneTable) -> AccessRequest? {
        let path = text(.path)
        guard !path.isEmpty else { return nil }
        let time = time(now: now, zone: zone) ?? now
        let method = text(.method)
        return AccessRequest(
            method: Method(name: method.isEmpty ? "GET" : method), target: Array(path.utf8),
            address: IPAddress(text(.address)), time: time, caller: caller(snapshot, time),
            hasVerifiedCertificate: text(.certificate) == "yes",
            headers: pairs(.headers).map { .init(name: $0.name.lowercased(), value: $0.value) })
    }

    private func caller(_ snapshot: PolicySnapshot, _ time: Timestamp) -> Caller {
        let name = text(.client)
        guard !name.isEmpty else { return .anonymous }
        guard let index = snapshot.client(named: name) else { return .refused(.clientUnknown) }
        guard hasToken else { return .client(index, CredentialFacts(issued: time)) }
        let settings = snapshot.policy.settings
        return .token(
            index,
            TokenFacts(
                subject: text(.subject), issuer: settings.issuer,
                scopes: words(.scopes) ?? snapshot.client(index).scopes.map(\.text), roles: words(.roles),
                claims: pairs(.claims).map { .init(name: $0.name, value: $0.value) },
                authenticationLevel: text(.level).isEmpty ? nil : text(.level), issued: time,
                expires: time.advanced(by: Int64(settings.tokenSeconds) * 1_000_000)))
    }
}
