/// A log file or stream, known by what is in it.
package struct SourceIdentity: Hashable, Sendable {
    /// A hash (hex) of the first `prefixLength` bytes of the decompressed content.
    package var prefixHash: String
    package var prefixLength: Int
    /// The name it was last read under, for people.
    package var name: String

    package init(prefixHash: String, prefixLength: Int, name: String) {
        self.prefixHash = prefixHash
        self.prefixLength = prefixLength
        self.name = name
    }
}

/// How far a source was read, as the store remembers it.
package struct SourcePosition: Hashable, Sendable {
    /// The store's number for the source.
    package var id: Int64
    package var identity: SourceIdentity
    /// Bytes of the decompressed content whose lines were all dealt with.
    package var offset: Int64
    /// Lines before `offset`.
    package var lines: Int64
    /// A hash (hex) of the last bytes before `offset`, by which a file that was rewritten is told from one that grew.
    package var tailHash: String

    package init(id: Int64, identity: SourceIdentity, offset: Int64, lines: Int64, tailHash: String) {
        self.id = id
        self.identity = identity
        self.offset = offset
        self.lines = lines
        self.tailHash = tailHash
    }
}

/// What was read of one source since the last commit: events, lines not understood, and where reading stands now.
package struct SourceProgress: Sendable {
    package var position: SourcePosition
    package var batches: [EventBatch]
    package var unread: [UnreadLine]
    /// All lines not understood; `unread` holds at most a bounded number of them.
    package var unreadCount: Int64
    /// How many of the `unreadCount` lines were not understood for which reason.
    package var unreadReasons: [String: Int64]
    /// When the source was last seen to have nothing more, for telling a quiet hour from a gap; nil for a plain file.
    package var followedUntil: Timestamp?

    package init(
        position: SourcePosition, batches: [EventBatch] = [], unread: [UnreadLine] = [], unreadCount: Int64 = 0,
        unreadReasons: [String: Int64] = [:], followedUntil: Timestamp? = nil
    ) {
        self.position = position
        self.batches = batches
        self.unread = unread
        self.unreadCount = unreadCount
        self.unreadReasons = unreadReasons
        self.followedUntil = followedUntil
    }
}

/// Where the pipeline puts what it read. The store is one; tests have another.
package protocol TrafficSink: AnyObject {
    /// All sources that were ever read.
    func sources() throws -> [SourcePosition]

    /// The position of a new source, at offset 0; durable when it returns.
    func addSource(_ identity: SourceIdentity) throws -> SourcePosition

    /// Stores events and positions, all or nothing for each source, durable when it returns.
    ///
    /// Events at offsets that were stored before a crash, but not acknowledged, are left out.
    /// Returns how many events were stored.
    func commit(_ progress: [SourceProgress]) throws -> Int
}
