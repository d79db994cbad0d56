/// A recorded request, or several alike, as a question about traffic takes it.
package struct TrafficFact: Hashable, Sendable {
    /// By name; nil for requests without credentials.
    package var client: String?
    package var subject: String
    package var method: String
    /// The path, without a query.
    package var path: String
    package var address: IPAddress?
    package var time: Timestamp
    package var count: Int

    package init(
        client: String?, subject: String = "", method: String, path: String, address: IPAddress? = nil,
        time: Timestamp, count: Int = 1
    ) {
        self.client = client
        self.subject = subject
        self.method = method
        self.path = path
        self.address = address
        self.time = time
        self.count = count
    }

    /// Nil for an event that doesn't say what was asked for.
    package init?(_ event: AccessEvent) {
        guard let method = event[.method], let path = event[.path] else { return nil }
        self.init(
            client: event[.client], subject: event[.subject] ?? "", method: method, path: path,
            address: event[.address].flatMap { IPAddress($0) }, time: event.time)
    }
}

extension PolicySnapshot {
    /// A recorded request as questions about traffic take it: with a good token of all the scopes that its client may
    /// have, and of nothing else but its subject.
    package func request(of fact: TrafficFact) -> AccessRequest {
        var decider = FactDecider(self)
        var request = FactDecider.request(fact)
        request.caller = decider.caller(
            decider.client(named: fact.client), isNamed: fact.client != nil, subject: fact.subject)
        return request
    }
}

/// Decides recorded requests by one snapshot.
///
/// A log doesn't say which scopes, claims and times a token had. A token is taken to have had all the scopes of its
/// client, to have been good, and to have said nothing else than its subject; so a condition on more fails.
struct FactDecider {
    let snapshot: PolicySnapshot
    private var tokens: [Bearer: TokenFacts] = [:]

    private struct Bearer: Hashable {
        let client: ClientIndex
        let subject: String
    }

    init(_ snapshot: PolicySnapshot) {
        self.snapshot = snapshot
    }

    func client(named name: String?) -> ClientIndex? { name.flatMap { snapshot.client(named: $0) } }

    /// The part of a request that doesn't depend on the policy.
    static func request(_ fact: TrafficFact) -> AccessRequest {
        AccessRequest(
            method: Method(name: fact.method), target: Array(fact.path.utf8), address: fact.address, time: fact.time,
            caller: .anonymous)
    }

    /// Decides several, in their order.
    ///
    /// - Parameters:
    ///   - clients: Those that the facts name, in this snapshot.
    ///   - requests: Those of the facts; gets their callers.
    /// - Returns: What all but the quotas say.
    mutating func decisions(
        on facts: [TrafficFact], by clients: [ClientIndex?], as requests: inout [AccessRequest]
    ) -> [Decision] {
        for index in facts.indices {
            requests[index].caller = caller(
                clients[index], isNamed: facts[index].client != nil, subject: facts[index].subject)
        }
        var decisions: [Decision] = []
        decisions.reserveCapacity(facts.count)
        snapshot.decide(&requests, revocations: .none) { _, decision in decisions.append(decision) }
        return decisions
    }

    /// - Parameter isNamed: Whether the request named a client at all.
    mutating func caller(_ client: ClientIndex?, isNamed: Bool, subject: String) -> Caller {
        guard isNamed else { return .anonymous }
        guard let client else { return .refused(.clientUnknown) }
        return subject.isEmpty ? .client(client, CredentialFacts()) : .token(client, token(client, subject))
    }

    private mutating func token(_ client: ClientIndex, _ subject: String) -> TokenFacts {
        let bearer = Bearer(client: client, subject: subject)
        if let token = tokens[bearer] { return token }
        let token = TokenFacts(
            subject: subject, scopes: snapshot.client(client).scopes.map(\.text), expires: .distantFuture)
        tokens[bearer] = token
        return token
    }
}
