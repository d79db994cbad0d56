/// The lengths of time that the Overview can look at.
package enum WindowPreset: String, CaseIterable, Sendable {
    case minute = "1m"
    case minutes5 = "5m"
    case minutes15 = "15m"
    case hour = "1h"
    case hours6 = "6h"
    case day = "24h"
    case days7 = "7d"
    case days30 = "30d"

    package var seconds: Int64 {
        switch self {
        case .minute: 60
        case .minutes5: 300
        case .minutes15: 900
        case .hour: 3600
        case .hours6: 21_600
        case .day: 86_400
        case .days7: 604_800
        case .days30: 2_592_000
        }
    }

    /// As in "last 5 min".
    var title: String {
        switch self {
        case .minute: "1 min"
        case .minutes5: "5 min"
        case .minutes15: "15 min"
        case .hour: "1 h"
        case .hours6: "6 h"
        case .day: "24 h"
        case .days7: "7 days"
        case .days30: "30 days"
        }
    }

    var longer: WindowPreset { neighbour(1) }
    var shorter: WindowPreset { neighbour(-1) }

    private func neighbour(_ step: Int) -> WindowPreset {
        let all = Self.allCases
        let index = (all.firstIndex(of: self) ?? 0) + step
        return all[min(max(index, 0), all.count - 1)]
    }
}
