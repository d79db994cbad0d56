/// A typed test on a request, its caller or its time; data that a form can edit, not a language.
package enum Condition: Hashable, Sendable {
    /// The caller's address is in one of these networks.
    case network([Network])
    /// The time is in this weekly window.
    case time(WeeklyWindow)
    /// A variable of the permission's pattern equals a claim of the token: ownership.
    case owner(variable: String, claim: String)
    /// The route's classification is at most this.
    case classification(ceiling: Classification)
    /// The connection has a verified client certificate (RFC 8705).
    case mutualTLS
    /// The token's `acr` is this level or one that the settings list after it.
    case authenticationLevel(String)
    /// The token was issued at most so many seconds ago.
    case tokenAge(atMostSeconds: Int)
    /// A request header has exactly this value; its name in lower case.
    case header(name: String, value: String)

    /// What follows `condition_failed:` in a reason.
    package var kind: Kind {
        switch self {
        case .network: .ip
        case .time: .time
        case .owner: .owner
        case .classification: .classification
        case .mutualTLS: .mutualTLS
        case .authenticationLevel: .authenticationLevel
        case .tokenAge: .tokenAge
        case .header: .header
        }
    }

    package enum Kind: UInt8, CaseIterable, Sendable, BitwiseCopyable {
        case ip
        case time
        case owner
        case classification
        case mutualTLS
        case authenticationLevel
        case tokenAge
        case header

        package var name: String {
            switch self {
            case .ip: "ip"
            case .time: "time"
            case .owner: "owner"
            case .classification: "classification"
            case .mutualTLS: "mtls"
            case .authenticationLevel: "acr"
            case .tokenAge: "token_age"
            case .header: "header"
            }
        }
    }
}

/// How much harm the data behind a route could do in the wrong hands.
package enum Classification: UInt8, CaseIterable, Comparable, Sendable, BitwiseCopyable {
    case `public`
    case `internal`
    case confidential
    case restricted

    package var name: String {
        switch self {
        case .public: "public"
        case .internal: "internal"
        case .confidential: "confidential"
        case .restricted: "restricted"
        }
    }

    package init?(name: some StringProtocol) {
        guard let classification = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = classification
    }

    package static func < (left: Classification, right: Classification) -> Bool { left.rawValue < right.rawValue }
}

/// Hours of some days of the week in a time zone: 09:00 up to 17:00, or 22:00 up to 06:00 of the next day.
package struct WeeklyWindow: Hashable, Sendable {
    /// Minutes after local midnight, 0...1439, in the window.
    package var start: Int
    /// Minutes after local midnight, 1...1440, not in the window; at or before `start` it is on the next day.
    package var end: Int
    /// On which days it begins.
    package var days: Set<Weekday>
    /// Of the IANA time zone database, as in `Europe/Berlin`.
    package var zone: String

    package init(start: Int, end: Int, days: Set<Weekday>, zone: String) {
        self.start = start
        self.end = end
        self.days = days
        self.zone = zone
    }
}

/// The raw values are those of ISO 8601.
package enum Weekday: UInt8, CaseIterable, Comparable, Sendable {
    case monday = 1
    case tuesday = 2
    case wednesday = 3
    case thursday = 4
    case friday = 5
    case saturday = 6
    case sunday = 7

    package var name: String {
        switch self {
        case .monday: "mon"
        case .tuesday: "tue"
        case .wednesday: "wed"
        case .thursday: "thu"
        case .friday: "fri"
        case .saturday: "sat"
        case .sunday: "sun"
        }
    }

    package init?(name: some StringProtocol) {
        guard let day = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = day
    }

    package static func < (left: Weekday, right: Weekday) -> Bool { left.rawValue < right.rawValue }
}
