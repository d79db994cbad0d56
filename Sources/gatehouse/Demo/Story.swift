/// What happens in a demo besides everyday traffic: acts that repeat, so that whoever looks sees them soon.
struct Story: Sendable {
    /// Seconds after which everything happens again.
    static let length: Double = 600

    enum Act: CaseIterable, Sendable {
        /// A partner's nightly job has gone mad and runs into its tier's quota.
        case quota
        /// A few addresses try client names and secrets at the token endpoint.
        case stuffing
        /// A release of the order service fails, slower and slower, until it is rolled back.
        case deploy
        /// Scanners look for what isn't there.
        case scanning

        /// When it happens, in seconds from the start of the story.
        var span: ClosedRange<Double> {
            switch self {
            case .quota: 40...170
            case .stuffing: 200...330
            case .deploy: 370...480
            case .scanning: 500...580
            }
        }
    }

    /// The acts going on at a moment in the story, each with how far it has got, from 0 to 1.
    static func acts(atSecond second: Double) -> [(act: Act, progress: Double)] {
        let inside = second - (second / length).rounded(.down) * length
        return Act.allCases.compactMap { act in
            guard act.span.contains(inside) else { return nil }
            return (act, (inside - act.span.lowerBound) / (act.span.upperBound - act.span.lowerBound))
        }
    }

    /// How strong an act is: it swells, stays and ebbs, from 0 to 1.
    static func strength(_ progress: Double) -> Double {
        min(1, min(progress, 1 - progress) * 5)
    }
}
