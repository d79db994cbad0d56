/// What came of reading, once it is committed.
package struct IngestReport: Equatable, Sendable {
    /// Events that were stored.
    package var stored: Int64 = 0
    /// Lines that were not understood.
    package var unread: Int64 = 0
    /// Lines that the store had already.
    package var duplicates: Int64 = 0
    package var seconds = 0.0
    package var failures: [IngestNotice] = []
    /// Whether reading ended because a stop was asked for.
    package var wasStopped = false

    package init() {}

    /// All lines; every line is one of the three.
    package var read: Int64 { stored + unread + duplicates }
}
