/// Why a line was not understood; the raw values are stored and shown, and never change.
///
/// The order is by how far reading came: of several formats' reasons, the greatest one is told.
package enum UnreadReason: String, CaseIterable, Comparable, Sendable {
    /// No format's layout fits.
    case noFormat = "no_format"
    /// NUL or other control bytes where text is expected.
    case binary
    /// More than `LogParser.longestLine` bytes.
    case tooLong = "too_long"
    /// JSON that is none.
    case badJSON = "bad_json"
    /// JSON nested deeper than 64.
    case tooDeep = "too_deep"
    /// JSON of a gateway that tells of something else than a request.
    case notARequest = "not_a_request"
    /// Ends before the fields that make an event.
    case truncated
    /// No time, or one that can't be read.
    case badTime = "bad_time"
    /// A time outside 1990 to 2100.
    case timeOutOfRange = "time_out_of_range"
    /// A status that is no number from 100 to 999.
    case badStatus = "bad_status"

    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    package static func < (left: UnreadReason, right: UnreadReason) -> Bool { left.order < right.order }
}
