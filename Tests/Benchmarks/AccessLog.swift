// Log lines with the variety of a real gateway's: 20,000 addresses, 5,000 paths, 100 agents, skewed as traffic is.

import Domain
import Glibc

/// A generated combined log, the same for the same seed.
struct AccessLog {
    static let addresses = 20_000
    static let paths = 5_000
    static let agents = 100

    private var random: SplitMix
    // Ready-made bytes, because making a line must cost less than reading it.
    private let addressTexts: [[UInt8]]
    private let pathTexts: [[UInt8]]
    private let agentTexts: [[UInt8]]
    private var second = Int64.min
    private var timeText: [UInt8] = []

    init(seed: UInt64 = 1) {
        var random = SplitMix(state: seed)
        addressTexts = (0..<Self.addresses).map { _ in
            let bits = random.next()
            let address = "\(1 + bits % 223).\(bits >> 8 & 255).\(bits >> 16 & 255).\(1 + (bits >> 24) % 254)"
            return Array("\(address) - - [".utf8)
        }
        let nouns = [
            "users", "orders", "invoices", "items", "carts", "reports", "sessions", "devices", "files", "teams",
        ]
        pathTexts = (0..<Self.paths).map { index in
            let noun = nouns[index % nouns.count]
            return Array((index % 3 == 0 ? "/v1/\(noun)" : "/v1/\(noun)/\(random.next() % 100_000)").utf8)
        }
        agentTexts = (0..<Self.agents).map { index in
            let version = 60 + index % 60
            let agent =
                "Mozilla/5.0 (X11; Linux x86_64; rv:\(version).0) Gecko/20100101 Firefox/\(version).\(index / 60)"
            return Array("\"\(agent)\"\n".utf8)
        }
        self.random = random
    }

    /// Writes `count` lines that are spread evenly over a window to an open file or pipe.
    mutating func write(_ count: Int, over window: TimeWindow, to descriptor: Int32) throws {
        let length = window.end.microseconds - window.start.microseconds
        var bytes: [UInt8] = []
        bytes.reserveCapacity(1 << 20 + 4096)
        for index in 0..<count {
            let time = window.start.advanced(by: Int64(Double(length) * Double(index) / Double(count)))
            appendLine(at: time, to: &bytes)
            guard bytes.count > 1 << 20 || index == count - 1 else { continue }
            try Self.write(bytes, to: descriptor)
            bytes.removeAll(keepingCapacity: true)
        }
    }

    /// Writes some lines of one moment.
    mutating func write(_ count: Int, at time: Timestamp, to descriptor: Int32) throws {
        var bytes: [UInt8] = []
        for _ in 0..<count { appendLine(at: time, to: &bytes) }
        try Self.write(bytes, to: descriptor)
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) throws {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw BenchmarkError("the generated log can't be written: \(errorText())") }
            written += count
        }
    }

    private mutating func appendLine(at time: Timestamp, to bytes: inout [UInt8]) {
        if time.second != second {
            second = time.second
            timeText = Self.text(of: CivilTime(time))
        }
        bytes += addressTexts[random.skewed(Self.addresses)]
        bytes += timeText
        bytes += random.next() % 10 < 8 ? Self.get : Self.post
        bytes += pathTexts[random.skewed(Self.paths)]
        if random.next() % 10 == 0 {
            bytes += Self.page
            Self.append(random.next() % 50, to: &bytes)
        }
        bytes += Self.version
        Self.append(status(), to: &bytes)
        bytes.append(UInt8(ascii: " "))
        Self.append(200 + random.next() % 20_000, to: &bytes)
        bytes += random.next() % 4 == 0 ? Self.referrer : Self.noReferrer
        bytes += agentTexts[random.skewed(Self.agents)]
    }

    private mutating func status() -> UInt64 {
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

    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        if number >= 10 { append(number / 10, to: &bytes) }
        bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
    }

    private static func text(of time: CivilTime) -> [UInt8] {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let date = "\(two(time.day))/\(months[time.month - 1])/\(time.year)"
        return Array("\(date):\(two(time.hour)):\(two(time.minute)):\(two(time.second)) +0000] \"".utf8)
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static let get = Array("GET ".utf8)
    private static let post = Array("POST ".utf8)
    private static let page = Array("?page=".utf8)
    private static let version = Array(" HTTP/1.1\" ".utf8)
    private static let referrer = Array(" \"https://app.example.com/\" ".utf8)
    private static let noReferrer = Array(" \"-\" ".utf8)
}
