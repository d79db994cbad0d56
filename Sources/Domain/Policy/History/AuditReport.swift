/// Something that isn't what was written, and where.
package struct AuditFinding: Hashable, Sendable, CustomStringConvertible {
    package enum Place: Hashable, Sendable, CustomStringConvertible {
        /// The database as a whole, or its tables and triggers.
        case store
        case record(Int64)
        case version(Int)
        /// An item of the active policy, as in `client/acme`.
        case item(String)
        case breakGlass(Int)
        /// A row of credentials, tokens, revocations or keys, as in `tokens/17`.
        case row(String)
        case checkpoint(chain: String, length: Int64)
        /// A segment of traffic, by its file's name.
        case segment(String)

        package var description: String {
            switch self {
            case .store: "store"
            case .record(let sequence): "audit record \(sequence)"
            case .version(let number): "policy version \(number)"
            case .item(let key): "item \(key)"
            case .breakGlass(let version): "break-glass version \(version)"
            case .row(let name): "row \(name)"
            case .checkpoint(let chain, let length): "checkpoint of \(chain) at \(length)"
            case .segment(let name): "segment \(name)"
            }
        }
    }

    package let place: Place
    package let problem: String

    package init(_ place: Place, _ problem: String) {
        self.place = place
        self.problem = problem
    }

    package var description: String { "\(place): \(problem)" }
}

/// What a look at everything that can be checked has found.
package struct AuditReport: Hashable, Sendable {
    /// Empty when all is as it was written.
    package var findings: [AuditFinding] = []
    /// Audit records that hold, from the first on.
    package var records: Int64 = 0
    package var head: [UInt8] = []
    package var versions = 0
    package var items = 0
    package var segments = 0
    package var events: Int64 = 0
    package var checkpoints = 0
    /// The keys that checkpoints were signed with.
    package var keys: Set<[UInt8]> = []

    package init() {}

    package var isIntact: Bool { findings.isEmpty }
}
