/// A place for one value that a JSON line may hold; several keys may lead to the same one.
enum JSONSlot: UInt8, CaseIterable {
    case time
    case status
    case latency
    case bytes
    case address
    /// Used when there is no `address`; a list of hops, of which the last is taken.
    case forwarded
    case method
    case host
    /// A path that may have a query behind a question mark.
    case target
    case query
    case requestLine
    case client
    case subject
    case token
    case route
    case reason
    case agent
    case referrer
    case requestID
    /// The rest isn't put into the event; outcomes and reasons follow from it.
    case flags
    case details
    case upstreamStatus
    case upstreamTries
    case errorType
    case errorText
    case authorizerError
    case wafResponse
    case service
}

/// How a JSON value is to be read; powers are of ten, to get to microseconds.
enum JSONForm: Equatable {
    case text
    /// Text that must not be kept; a pseudonym stands for it.
    case secret
    case anyTime
    case rfc3339
    case clf
    case epoch(power: Int)
    case scaled(power: Int)
}
