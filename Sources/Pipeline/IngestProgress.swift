/// How far reading has come.
package struct IngestProgress: Equatable, Sendable {
    package var report = IngestReport()
    /// Bytes of the input that were dealt with, as they lie on disk.
    package var inputBytes: Int64 = 0
    /// Bytes of all inputs; nil when one of them is a stream, or is followed.
    package var totalBytes: Int64?

    package init() {}
}

/// What a run tells while it goes on.
package enum IngestEvent: Equatable, Sendable {
    case notice(IngestNotice)
    case progress(IngestProgress)
}
