/// Something that people should know about reading.
package enum IngestNotice: Equatable, Sendable {
    case unreadable(name: String, reason: String)
    case nothingUnderstood(name: String, lines: Int64)
    /// The last line has no newline yet, and is left for the next run.
    case unfinished(name: String)
    /// A followed file doesn't exist yet.
    case awaited(name: String)
    /// A followed file was truncated or written anew; it is read again from its start.
    case restarted(name: String)
    /// The store refuses what was read; following goes on as soon as it takes it.
    case storeRefuses(reason: String)
    case storeAccepts

    /// Whether reading failed by it, for the exit code.
    package var isFailure: Bool {
        switch self {
        case .unreadable, .nothingUnderstood: true
        case .unfinished, .awaited, .restarted, .storeRefuses, .storeAccepts: false
        }
    }

    /// The notice in words; names in it come from outside and are not safe to print as they are.
    package var text: String {
        switch self {
        case .unreadable(let name, let reason): "\(name): \(reason)"
        case .nothingUnderstood(let name, let lines):
            "\(name): none of its \(lines) lines was understood; `gatehouse formats explain \(name)` tells why"
        case .unfinished(let name):
            "\(name): its last line isn't finished; it is not counted, and the same command again reads it"
        case .awaited(let name): "\(name): doesn't exist yet; waiting for it"
        case .restarted(let name): "\(name): was truncated or written anew; reading it from its start"
        case .storeRefuses(let reason): "\(reason); trying again until it works"
        case .storeAccepts: "the store works again; nothing was lost"
        }
    }
}
