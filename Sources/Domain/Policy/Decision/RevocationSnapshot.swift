/// All revocations up to an epoch, as a value that decisions read.
package struct RevocationSnapshot: Equatable, Sendable {
    /// Everything of some client, subject, … that was issued before a moment.
    package struct Watermark: Hashable, Sendable {
        package enum Target: Hashable, Sendable {
            /// By name.
            case client(String)
            case subject(String)
            case issuer(String)
            /// What was issued to these addresses or comes from them.
            case network(Network)
            case everything
        }

        package var target: Target
        /// `Timestamp.distantFuture` revokes for good.
        package var before: Timestamp

        package init(_ target: Target, before: Timestamp) {
            self.target = target
            self.before = before
        }
    }

    /// The newest revocation in it; 0 for none.
    package let epoch: Int64
    package let tokens: Set<TokenHash>
    package let families: Set<Int64>
    package let credentials: Set<Int64>
    let clients: [ExactText: Timestamp]
    let subjects: [ExactText: Timestamp]
    let issuers: [ExactText: Timestamp]
    let networks: [Watermark]
    let everything: Timestamp?
    /// Whether nothing is revoked.
    let isEmpty: Bool

    package static let none = RevocationSnapshot(epoch: 0)

    /// Of several watermarks on one target the latest moment counts.
    package init(
        epoch: Int64, tokens: Set<TokenHash> = [], families: Set<Int64> = [], credentials: Set<Int64> = [],
        watermarks: [Watermark] = []
    ) {
        self.epoch = epoch
        self.tokens = tokens
        self.families = families
        self.credentials = credentials
        var clients: [ExactText: Timestamp] = [:]
        var subjects: [ExactText: Timestamp] = [:]
        var issuers: [ExactText: Timestamp] = [:]
        func raise(_ marks: inout [ExactText: Timestamp], _ name: String, _ before: Timestamp) {
            marks[ExactText(name)] = max(marks[ExactText(name)] ?? .distantPast, before)
        }
        var networks: [Watermark] = []
        var everything: Timestamp?
        for mark in watermarks {
            switch mark.target {
            case .client(let name): raise(&clients, name, mark.before)
            case .subject(let name): raise(&subjects, name, mark.before)
            case .issuer(let name): raise(&issuers, name, mark.before)
            case .network: networks.append(mark)
            case .everything: everything = max(everything ?? .distantPast, mark.before)
            }
        }
        self.clients = clients
        self.subjects = subjects
        self.issuers = issuers
        self.networks = networks
        self.everything = everything
        isEmpty = tokens.isEmpty && families.isEmpty && credentials.isEmpty && watermarks.isEmpty
    }
}
