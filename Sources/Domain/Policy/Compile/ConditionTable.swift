/// The conditions of all permissions as flat data: a permission's are a range of `tests`.
struct ConditionTable: Sendable {
    enum Test: Sendable, BitwiseCopyable {
        case network(first: UInt32, count: UInt32)
        case time(UInt32)
        case owner(segment: UInt32, claim: UInt32)
        case classification(Classification)
        case mutualTLS
        case authenticationLevel(UInt32)
        case tokenAge(microseconds: Int64)
        case header(UInt32)

        var kind: Condition.Kind {
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
    }

    struct Window: Sendable {
        let start: Int64
        let end: Int64
        /// A bit for each weekday, Monday the lowest.
        let days: UInt8
        let zone: TimeZoneTable
    }

    private(set) var tests: [Test] = []
    private(set) var networks: [Network] = []
    private(set) var windows: [Window] = []
    private(set) var claims: [String] = []
    private(set) var headers: [AccessRequest.Header] = []
    let levels: [String]
    private var zones: [String: TimeZoneTable] = [:]

    init(levels: [String]) {
        self.levels = levels
    }

    /// Adds a permission's conditions, all of whose references are known.
    mutating func append(_ permission: Permission, zone: (String) -> TimeZoneTable?) {
        for condition in permission.conditions {
            tests.append(test(for: condition, of: permission.pattern, zone: zone))
        }
    }

    private mutating func test(
        for condition: Condition, of pattern: RoutePattern, zone: (String) -> TimeZoneTable?
    ) -> Test {
        switch condition {
        case .network(let given):
            networks += given
            return .network(first: UInt32(networks.count - given.count), count: UInt32(given.count))
        case .time(let window):
            var table = zones[window.zone]
            if table == nil { table = zone(window.zone) }
            zones[window.zone] = table
            let days = window.days.reduce(UInt8(0)) { $0 | 1 << ($1.rawValue - 1) }
            windows.append(
                Window(start: Int64(window.start), end: Int64(window.end), days: days, zone: table ?? .utc))
            return .time(UInt32(windows.count - 1))
        case .owner(let variable, let claim):
            let segment = pattern.segments.firstIndex(of: .variable(variable)) ?? PathTable.mostSegments
            claims.append(claim)
            return .owner(segment: UInt32(segment), claim: UInt32(claims.count - 1))
        case .classification(let ceiling): return .classification(ceiling)
        case .mutualTLS: return .mutualTLS
        case .authenticationLevel(let level):
            return .authenticationLevel(UInt32(levels.firstIndex(ofExactly: level) ?? levels.count))
        case .tokenAge(let seconds): return .tokenAge(microseconds: Int64(seconds) * 1_000_000)
        case .header(let name, let value):
            headers.append(AccessRequest.Header(name: name, value: value))
            return .header(UInt32(headers.count - 1))
        }
    }
}
