package import Domain

/// How far a page is with reading the traffic that its rows are found in.
package enum Survey: Sendable {
    /// There is no policy yet to look with.
    case waiting
    case reading(since: Timestamp, requests: Int, total: Int)
    case read(requests: Int, at: Timestamp)
    /// In words; or it was stopped.
    case failed(String)

    /// What an answer brings.
    package enum Step<Row: ListedRecord> {
        case progress(requests: Int, total: Int)
        case found(RecordTable<Row>, requests: Int)
    }

    var isReading: Bool { if case .reading = self { true } else { false } }
}
