/// What the console says about the data behind the screen.
package struct StoreStatus: Equatable, Sendable {
    /// All events in the store.
    package var events: Int64
    package var oldest: Timestamp?
    /// The newest event that isn't dated later than the present; a gateway's clock may be some minutes ahead.
    package var newest: Timestamp?
    /// Events dated later than that, by a clock that is wrong.
    package var future: Int64
    /// Lines that were not understood, since the store was made.
    package var unread: Int64
    /// When the writer last said that it was alive; nil when none ever was.
    package var heartbeat: Timestamp?
    /// Who writes now, as "ingest, process 4711"; nil when nobody does.
    package var writer: String?
    /// Bytes on disk.
    package var bytes: Int64
    package var nodes: [String]
    /// What went wrong in reading some part, in words for the screen.
    package var problems: [String]

    package init() {
        events = 0
        future = 0
        unread = 0
        bytes = 0
        nodes = []
        problems = []
    }
}

/// A log line that was not understood.
package struct UnreadLine: Equatable, Sendable {
    /// When it was met.
    package var time: Timestamp
    package var source: String
    /// Where it starts in its source, in bytes.
    package var offset: Int64
    package var reason: String
    /// Its start, bounded in length.
    package var bytes: [UInt8]

    package init(time: Timestamp, source: String, offset: Int64, reason: String, bytes: [UInt8]) {
        self.time = time
        self.source = source
        self.offset = offset
        self.reason = reason
        self.bytes = bytes
    }
}
