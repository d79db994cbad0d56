/// What a filter asks of an event, as data that every reader of the store can evaluate in its own way.
package indirect enum Filter: Hashable, Sendable {
    case everything
    case all([Filter])
    case any([Filter])
    case not(Filter)
    case test(Test)

    package enum Test: Hashable, Sendable {
        /// The field's text matches one of the patterns; an unknown field never does.
        case text(TextField, [TextPattern])
        /// The address lies in one of the networks.
        case address([Network])
        case outcome(Set<Outcome>)
        /// The number is known and lies in one of the ranges: status, microseconds, or bytes.
        case number(NumberField, [ClosedRange<Int64>])
        case unknownText(TextField)
        case unknownNumber(NumberField)
        case since(Moment)
        /// Up to but without the moment.
        case until(Moment)
        /// A word anywhere in path, agent, client or reason.
        case words(TextPattern)
    }

    /// A time in a filter: fixed, or so many microseconds before whenever the filter is evaluated.
    package enum Moment: Hashable, Sendable {
        case at(Timestamp)
        case ago(microseconds: Int64)

        package func timestamp(now: Timestamp) -> Timestamp {
            switch self {
            case .at(let time): time
            case .ago(let microseconds): now.advanced(by: -microseconds)
            }
        }
    }

    /// The fields that a bare word is looked for in.
    package static let wordFields: [TextField] = [.path, .agent, .client, .reason]
}
