// Log lines with the variety of a real gateway's: 20,000 addresses, 5,000 paths, 100 agents, skewed as traffic is.

import Domain
import Glibc

/// A generated combined log, the same for the same seed.
struct AccessLog {
    static let addresses = 20_000
    static let paths = 5_000
    static let agents = 100

    private var random: SplitMix
    private let addressTexts: [String]
    private let pathTexts: [String]
    private let agentTexts: [String]

    init(seed: UInt64 = 1) {
        var random = SplitMix(state: seed)
        addressTexts = (0..<Self.addresses).map { _ in
            let bits = random.next()
            return "\(1 + bits % 223).\(bits >> 8 & 255).\(bits >> 16 & 255).\(1 + (bits >> 24) % 254)"
        }
        let nouns = ["users", "orders", "invoices", "items", "carts", "reports", "sessions", "devices", "files", "teams"]
        pathTexts = (0..<Self.paths).map { index in
            let noun = nouns[index % nouns.count]
            return index % 3 == 0 ? "/v1/\(noun)" : "/v1/\(noun)/\(random.next() % 100_000)"
        }
        agentTexts = (0..<Self.agents).map { index in
            "Mozilla/5.0 (X11; Linux x86_64; rv:\(60 + index % 60).0) Gecko/20100101 Firefox/\(60 + index % 60).\(index / 60)"
        }
        self.random = random
    }

    /// Writes `count` lines that are spread evenly over a window to a file.
    mutating func write(_ count: Int, over window: TimeWindow, to path: String) throws {
        guard let file = fopen(path, "w") else { throw BenchmarkError("can't write \(path)") }
        defer { fclose(file) }
        let length = window.end.microseconds - window.start.microseconds
        var text: [UInt8] = []
        text.reserveCapacity(1 << 21)
        for index in 0..<count {
            let time = window.start.advanced(by: Int64(Double(length) * Double(index) / Double(count)))
            text += line(at: time).utf8
            guard text.count > 1 << 20 || index == count - 1 else { continue }
            guard fwrite(text, 1, text.count, file) == text.count else { throw BenchmarkError("disk full: \(path)") }
            text.removeAll(keepingCapacity: true)
        }
    }

    mutating func line(at time: Timestamp) -> String {
        let civil = CivilTime(time)
        let status = status()
        let method = random.next() % 10 < 8 ? "GET" : "POST"
        let query = random.next() % 10 == 0 ? "?page=\(random.next() % 50)" : ""
        let referrer = random.next() % 4 == 0 ? "https://app.example.com/" : "-"
        return """
            \(addressTexts[random.skewed(Self.addresses)]) - - [\(two(civil.day))/\(Self.months[civil.month - 1])/\
            \(civil.year):\(two(civil.hour)):\(two(civil.minute)):\(two(civil.second)) +0000] \
            "\(method) \(pathTexts[random.skewed(Self.paths)])\(query) HTTP/1.1" \(status) \(200 + random.next() % 20_000) \
            "\(referrer)" "\(agentTexts[random.skewed(Self.agents)])"\n
            """
    }

    private mutating func status() -> Int {
        switch random.next() % 1000 {
        case ..<900: 200
        case ..<930: 304
        case ..<950: 404
        case ..<970: 401
        case ..<980: 403
        case ..<992: 429
        default: 502
        }
    }

    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}

/// SplitMix64 (Steele, Lea, Flood 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number below `count`; low numbers come far more often, as a few callers make most requests.
    mutating func skewed(_ count: Int) -> Int {
        let share = Double(next() >> 11) / Double(1 << 53)
        return min(count - 1, Int(share * share * Double(count)))
    }
}

/// Why a benchmark can't be run.
struct BenchmarkError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
