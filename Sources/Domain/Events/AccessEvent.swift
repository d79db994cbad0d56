/// One request seen at a gateway, with its texts as strings: the form in which events leave the store.
///
/// Unknown is nil. Texts come from whoever sent the request; nothing here is safe to print as it is.
package struct AccessEvent: Equatable, Sendable, Identifiable {
    package var id: EventID
    package var time: Timestamp
    package var outcome: Outcome
    /// The HTTP status; nil when no answer was sent.
    package var status: UInt16?
    /// Microseconds from the first byte of the request to the last of the answer.
    package var latency: Int64?
    /// Bytes of the answer.
    package var bytes: Int64?
    private var texts: [String?]

    package init(
        id: EventID = EventID(segment: SegmentID(day: Day(number: 0), part: 0), ordinal: 0), time: Timestamp,
        outcome: Outcome, status: UInt16? = nil, latency: Int64? = nil, bytes: Int64? = nil,
        texts: [TextField: String] = [:]
    ) {
        self.id = id
        self.time = time
        self.outcome = outcome
        self.status = status
        self.latency = latency
        self.bytes = bytes
        self.texts = TextField.allCases.map { texts[$0] }
    }

    package subscript(field: TextField) -> String? {
        get { texts[Int(field.rawValue)] }
        set { texts[Int(field.rawValue)] = newValue }
    }
}
