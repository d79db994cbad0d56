/// How one line is read: its format, and where each field of its events came from.
package struct LineExplanation: Equatable, Sendable {
    /// A field of an event.
    package struct Field: Equatable, Sendable {
        /// The name as in JSON output: `time`, `status`, `latency_us`, `bytes`, `outcome`, or a text field's.
        package var name: String
        /// Bytes of the line that it was read from, from 0; nil when it follows from several, as the outcome does.
        package var columns: Range<Int>?
        /// The bytes in those columns, as they stand in the line.
        package var raw: [UInt8]
        /// What the field holds after reading; not safe to print as it is.
        package var value: String
    }

    /// The format; nil when the line was not understood.
    package var format: LogFormat?
    /// One list of fields for each event; a JSON array holds several.
    package var events: [[Field]]
    /// Why nothing was understood; nil when something was.
    package var reason: UnreadReason?
}
