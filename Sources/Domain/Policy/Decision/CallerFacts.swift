/// What a request shows at first sight: all of it that lies far away in memory.
struct CallerFacts: Sendable, BitwiseCopyable {
    enum Kind: Sendable, BitwiseCopyable {
        case anonymous
        case refused(Reason)
        /// By whatever credential.
        case client(ClientIndex)
    }

    let kind: Kind
    /// What is known of the client, or of anonymous callers.
    let line: ClientLine
    /// Why the client or its token is no good at this time, before anybody asks whether it was revoked.
    let problem: Reason?
    /// Whether the target begins like a path.
    let asksForPath: Bool
}
