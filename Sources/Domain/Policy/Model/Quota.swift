/// A limit over a window, for a tier or for one client.
package struct Quota: Hashable, Sendable, NamedThing {
    package static var kind: ItemKind { .quota }

    /// Whose requests are limited.
    package enum Holder: Hashable, Sendable {
        case tier(Name<Tier>)
        /// An override: it takes the place of the tier's quotas of the same key and window.
        case client(Name<Client>)
    }

    /// What has a counter of its own.
    package enum Key: UInt8, CaseIterable, Sendable, BitwiseCopyable {
        case client
        case subject
        /// An IPv6 address counts by its /64 (RFC 6177).
        case address
        case clientAndRoute

        package var name: String {
            switch self {
            case .client: "client"
            case .subject: "subject"
            case .address: "address"
            case .clientAndRoute: "client-route"
            }
        }
    }

    package enum Window: Hashable, Sendable {
        /// An even rate, with bursts: the generic cell rate algorithm (ITU-T I.371).
        case rate(seconds: Int)
        /// The last so many seconds, at every moment.
        case rolling(seconds: Int)
        /// From one full hour, midnight or first of a month to the next in a time zone of the IANA database.
        case calendar(CalendarUnit, zone: String)
    }

    package enum CalendarUnit: UInt8, CaseIterable, Sendable, BitwiseCopyable {
        case hour
        case day
        case month

        package var name: String {
            switch self {
            case .hour: "hour"
            case .day: "day"
            case .month: "month"
            }
        }
    }

    /// What happens to a request while its counter can't be read or written.
    package enum CounterFailure: UInt8, CaseIterable, Sendable, BitwiseCopyable {
        case refuse
        case admit

        package var name: String {
            switch self {
            case .refuse: "refuse"
            case .admit: "admit"
            }
        }
    }

    /// A limit that follows what its key usually does: `percent` of its median over past windows.
    package struct Adaptive: Hashable, Sendable {
        /// Of the usual, over 100: 300 admits three times the usual.
        package var percent: Int
        /// The least and the most that the limit becomes.
        package var floor: Int
        package var ceiling: Int

        package init(percent: Int, floor: Int, ceiling: Int) {
            self.percent = percent
            self.floor = floor
            self.ceiling = ceiling
        }
    }

    package var name: Name<Quota>
    package var holder: Holder
    package var key: Key
    package var window: Window
    /// Units in a window; a request takes its route's cost.
    package var limit: Int
    /// Units that may come at once beyond the even rate; only for `Window.rate`. A bucket holds 1 + burst.
    package var burst: Int
    /// The paths that it is about; nil for all. A quota with paths is more specific than one without.
    package var pattern: RoutePattern?
    package var adaptive: Adaptive?
    package var onCounterFailure: CounterFailure
    package var note: String

    package init(
        name: Name<Quota>, holder: Holder, key: Key, window: Window, limit: Int, burst: Int = 0,
        pattern: RoutePattern? = nil, adaptive: Adaptive? = nil, onCounterFailure: CounterFailure = .refuse,
        note: String = ""
    ) {
        self.name = name
        self.holder = holder
        self.key = key
        self.window = window
        self.limit = limit
        self.burst = burst
        self.pattern = pattern
        self.adaptive = adaptive
        self.onCounterFailure = onCounterFailure
        self.note = note
    }
}

/// A named set of quotas: those whose holder it is.
package struct Tier: Hashable, Sendable, NamedThing {
    package static var kind: ItemKind { .tier }

    package var name: Name<Tier>
    package var note: String

    package init(name: Name<Tier>, note: String = "") {
        self.name = name
        self.note = note
    }
}
