import Domain

/// What the reading thread hands to the committing one.
enum Delivery: Sendable {
    case parcel(Parcel)
    /// Lines that were read in a run before, and how many bytes of the input they saved.
    case duplicates(Int64, inputBytes: Int64)
    case notice(IngestNotice)
}

/// What was read of a source in one go.
struct Parcel: Sendable {
    var source: SourceLedger.Key
    /// Where reading stands after it; its id is the ledger's, and 0 for a source that is new to the store.
    var position: SourcePosition
    var batch: EventBatch?
    var unread: [UnreadLine] = []
    /// How many lines were not understood for which reason; `unread` holds some of them.
    var unreadReasons: [String: Int64] = [:]
    var followedUntil: Timestamp?
    /// Bytes of the input that were read for it, as they lie on disk.
    var inputBytes: Int64 = 0
}
