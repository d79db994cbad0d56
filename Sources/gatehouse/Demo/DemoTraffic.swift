import Domain
import Glibc

/// Simulated traffic: the same seed and the same stretch of time give the same events, wherever one starts.
struct DemoTraffic: Sendable {
    let scenario: Scenario
    let seed: UInt64
    /// Requests a second at an average hour, without the story's.
    let rate: Double

    init(scenario: Scenario = .shop, seed: UInt64, rate: Double) {
        self.scenario = scenario
        self.seed = seed
        self.rate = rate
        clients = Weighted(scenario.clients.map { ($0, weight: $0.weight) })
    }

    private let clients: Weighted<Scenario.Client>

    /// The events of whole slots from the one that holds `start` to the one before `end`'s, in order of time.
    ///
    /// Slots are counted from the epoch. `density` thins the traffic out, everything in proportion.
    func events(from start: Timestamp, to end: Timestamp, slot: Int64 = 100_000, density: Double = 1) -> [AccessEvent] {
        var events: [AccessEvent] = []
        var number = start.microseconds.dividedDown(by: slot)
        let last = end.microseconds.dividedDown(by: slot)
        while number < last {
            append(slot: number, length: slot, density: density, to: &events)
            number += 1
        }
        return events
    }

    private func append(slot: Int64, length: Int64, density: Double, to events: inout [AccessEvent]) {
        var random = DemoRandom(seed: seed ^ UInt64(length), place: slot)
        let start = Timestamp(microseconds: slot * length)
        let middle = Double(start.microseconds + length / 2) / 1_000_000
        let everyday = rate * Self.dayShape(second: middle)
        let acts = Story.acts(atSecond: middle)
        let scale = Double(length) / 1_000_000 * density
        var times: [(time: Timestamp, act: Story.Act?, progress: Double)] = []
        func add(_ expected: Double, _ act: Story.Act?, _ progress: Double) {
            for _ in 0..<random.count(expected: expected) {
                times.append((start.advanced(by: Int64(random.unit() * Double(length))), act, progress))
            }
        }
        add(everyday * scale, nil, 0)
        for (act, progress) in acts {
            add(rate * Self.extraRate(of: act) * Story.strength(progress) * scale, act, progress)
        }
        times.sort { $0.time < $1.time }
        let deploy = acts.first { $0.act == .deploy }?.progress
        for (time, act, progress) in times {
            var event =
                switch act {
                case nil, .deploy: everydayEvent(at: time, deploy: deploy, &random)
                case .quota: quotaEvent(at: time, progress, &random)
                case .stuffing: stuffingEvent(at: time, &random)
                case .scanning: scanningEvent(at: time, &random)
                }
            event[.source] = "demo"
            event[.host] = "api.example.com"
            event[.node] = random.happens(0.62) ? "edge-1" : "edge-2"
            event[.requestID] = Self.hex(random.next(), digits: 16)
            events.append(event)
        }
    }

    /// Nights are quiet and weekends slower; 1 on average over a week day.
    private static func dayShape(second: Double) -> Double {
        let day = (second / 86_400).rounded(.down)
        let hour = (second - day * 86_400) / 3600
        let tide = 1 + 0.45 * sin((hour - 9) / 24 * 2 * .pi) + 0.12 * sin((hour - 3) / 12 * 2 * .pi)
        // The epoch was a Thursday.
        let weekday = Int(day + 4) % 7
        let ripple = 1 + 0.06 * sin(second / 37) + 0.04 * sin(second / 11)
        return tide * (weekday == 0 || weekday == 6 ? 0.7 : 1) * ripple
    }

    /// Requests that an act adds, as a part of the everyday rate.
    private static func extraRate(of act: Story.Act) -> Double {
        switch act {
        case .quota: 0.45
        case .stuffing: 0.3
        case .deploy: 0.05
        case .scanning: 0.12
        }
    }

    // MARK: Events

    private func everydayEvent(at time: Timestamp, deploy: Double?, _ random: inout DemoRandom) -> AccessEvent {
        guard let client = clients.pick(&random), let route = client.habits.pick(&random) else {
            return AccessEvent(time: time, outcome: .failed)
        }
        var event = request(to: route, by: client, at: time, &random)
        let mishap = client.mishaps.first { mishap in
            (mishap.route == nil || mishap.route == route.name) && random.happens(mishap.probability)
        }
        if let mishap {
            if mishap.isAboutOthers { event[.path] = Self.path(route.template, subject: nil, &random) }
            answer(&event, status: mishap.status, reason: mishap.reason, &random)
        }
        if let deploy, route.template.hasPrefix("/v1/orders"), event.outcome == .allowed {
            // Connections pile up until everything times out; then the rollback.
            let trouble = Story.strength(deploy) * (0.3 + 0.7 * deploy)
            event.latency = event.latency.map { Int64(Double($0) * (1 + 40 * trouble * trouble)) }
            if random.happens(0.75 * trouble) {
                let (status, reason): (UInt16, String) =
                    deploy < 0.4
                    ? (500, "upstream_error")
                    : random.happens(0.6) ? (504, "upstream_timeout") : (502, "upstream_error")
                answer(&event, status: status, reason: reason, &random)
                if status == 504 { event.latency = 30_000_000 + Int64(random.unit() * 40_000) }
            }
        }
        return event
    }

    private func quotaEvent(at time: Timestamp, _ progress: Double, _ random: inout DemoRandom) -> AccessEvent {
        guard let client = scenario.clients.first(where: { $0.name == "partner-acme" }),
            let route = scenario.routes.first(where: { $0.name == "GET /v1/orders" })
        else { return AccessEvent(time: time, outcome: .failed) }
        var event = request(to: route, by: client, at: time, &random)
        if progress > 0.08, random.happens(0.72) {
            answer(&event, status: 429, reason: "quota_exceeded:tier", &random)
        }
        return event
    }

    private func stuffingEvent(at time: Timestamp, _ random: inout DemoRandom) -> AccessEvent {
        let addresses = [
            ("203.0.113.7", 10.0), ("203.0.113.99", 3), ("198.51.100.23", 2), ("2001:db8:dead:5::17", 1),
        ]
        let address = Weighted(addresses.map { ($0.0, weight: $0.1) }).pick(&random)
        guard let route = scenario.routes.first(where: { $0.name == "POST /oauth/token" }) else {
            return AccessEvent(time: time, outcome: .failed)
        }
        var event = AccessEvent(time: time, outcome: .allowed)
        event[.client] = random.element(of: scenario.guesses)
        event[.address] = address
        event[.method] = route.method
        event[.path] = route.template
        event[.route] = route.template
        event[.agent] = random.happens(0.8) ? "python-requests/2.28.1" : "curl/7.88.1"
        if random.happens(0.12) {
            answer(&event, status: 429, reason: "quota_exceeded:ip", &random)
        } else {
            answer(&event, status: 401, reason: "client_secret_invalid", &random)
        }
        return event
    }

    private func scanningEvent(at time: Timestamp, _ random: inout DemoRandom) -> AccessEvent {
        var event = AccessEvent(time: time, outcome: .allowed)
        guard let probe = random.element(of: scenario.probes) else { return event }
        event[.address] = random.element(of: ["192.0.2.66", "192.0.2.67", "2001:db8:bad::1"])
        event[.method] = probe.method
        event[.path] = probe.path
        event[.agent] = random.element(of: [
            "Mozilla/5.0 zgrab/0.x", "Mozilla/5.0 (compatible; Nuclei - Open-source project)", "masscan/1.3",
        ])
        answer(&event, status: probe.status, reason: probe.reason, &random)
        return event
    }

    /// A request that went well, with everything that a gateway would know of it.
    private func request(
        to route: Scenario.Route, by client: Scenario.Client, at time: Timestamp, _ random: inout DemoRandom
    ) -> AccessEvent {
        var event = AccessEvent(time: time, outcome: .allowed)
        let subject = random.index(below: max(1, client.subjects))
        event[.client] = client.name
        event[.address] = client.network.address(subject: subject, &random)
        event[.agent] = client.agents.isEmpty ? nil : client.agents[subject % client.agents.count]
        event[.referrer] = client.referrer
        if client.subjects > 0 {
            event[.subject] = Self.subjectName(subject)
            event[.token] = "jti-" + Self.hex(UInt64(subject) &* 0x9E37_79B9_7F4A_7C15 ^ seed, digits: 10)
        }
        event[.method] = route.method
        event[.route] = route.template
        event[.path] = Self.path(route.template, subject: client.subjects > 0 ? subject : nil, &random)
        if random.happens(0.5) { event[.query] = random.element(of: route.query) }
        event.latency = Int64(random.logNormal(median: route.latency, spread: route.spread))
        event.bytes = route.bytes > 0 ? Int64(random.logNormal(median: route.bytes, spread: 0.5)) : 0
        event.status = route.method == "POST" && route.template != "/oauth/token" ? 201 : route.bytes > 0 ? 200 : 204
        return event
    }

    /// Turns a request into a refused or failed one; refusals are quick and short.
    private func answer(_ event: inout AccessEvent, status: UInt16, reason: String?, _ random: inout DemoRandom) {
        event.status = status
        event.outcome = Outcome(status: status)
        event[.reason] = reason
        event.bytes = 90 + Int64(random.index(below: 160))
        guard event.outcome != .failed else { return }
        event.latency = Int64(random.logNormal(median: status == 404 ? 2_500 : 900, spread: 0.4))
        if event.outcome == .unauthenticated {
            event[.subject] = nil
            event[.token] = nil
        }
    }

    /// A template with its ids filled in; people ask mostly for their own.
    private static func path(_ template: String, subject: Int?, _ random: inout DemoRandom) -> String {
        guard let start = template.firstIndex(of: "{"), let end = template.firstIndex(of: "}") else { return template }
        let isUser = template.hasPrefix("/v1/users/")
        let id = if isUser, let subject { subjectName(subject) } else { "\(1000 + random.index(below: 3000))" }
        return template[..<start] + id + template[template.index(after: end)...]
    }

    /// `sub` of a client's user, who is also `{id}` of the user's own paths.
    static func subjectName(_ number: Int) -> String { "\(100_000 + number)" }

    private static func hex(_ number: UInt64, digits: Int) -> String {
        let text = String(number, radix: 16)
        return text.utf8.count >= digits
            ? String(text.suffix(digits)) : String(repeating: "0", count: digits - text.utf8.count) + text
    }
}
