import Domain
import Testing

@testable import gatehouse

struct DemoTrafficTests {
    /// A Wednesday morning, at the start of a story.
    private static let start = Timestamp(seconds: 1_763_542_800)
    private static let traffic = DemoTraffic(seed: 1, rate: 60)

    private static func at(_ second: Int64) -> Timestamp { start.advanced(by: second * 1_000_000) }

    private static func events(_ seconds: ClosedRange<Int64>) -> [AccessEvent] {
        traffic.events(from: at(seconds.lowerBound), to: at(seconds.upperBound))
    }

    @Test func `the same seed gives the same events, another seed others`() {
        let events = Self.events(0...5)
        #expect(events == Self.events(0...5))
        #expect(events != DemoTraffic(seed: 2, rate: 60).events(from: Self.start, to: Self.at(5)))
    }

    @Test func `events don't depend on where one starts to look`() {
        #expect(Self.events(0...20) == Self.events(0...7) + Self.events(7...20))
    }

    @Test func `events are in order of time and inside their stretch`() {
        let events = Self.events(100...140)
        #expect(events.map(\.time) == events.map(\.time).sorted())
        #expect(events.allSatisfy { $0.time >= Self.at(100) && $0.time < Self.at(140) })
    }

    @Test func `the story starts on the same second of every ten minutes`() {
        #expect(Self.start.second % Int64(Story.length) == 0)
        let first = Self.events(200...330).filter { $0[.reason] == "client_secret_invalid" }.count
        let second = Self.events(800...930).filter { $0[.reason] == "client_secret_invalid" }.count
        #expect(first > 500)
        #expect(second > 500)
    }

    @Test func `a day has about the rate that was asked for`() {
        let day = Self.start.rounded(downToSeconds: 86_400)
        let count = Self.traffic.events(
            from: day, to: day.advanced(by: Day.microseconds), slot: 60_000_000, density: 0.01
        ).count
        #expect((46_000...72_000).contains(count), "\(count)")
    }

    @Test func `everyday traffic is mostly allowed and has a few of everything else`() {
        let outcomes = Self.events(0...39).map(\.outcome)
        #expect(Double(outcomes.count { $0 == .allowed }) / Double(outcomes.count) > 0.95)
        #expect(Set(outcomes).isSuperset(of: [.allowed, .unauthenticated, .forbidden, .invalid]))
    }

    @Test func `a partner runs into its quota`() {
        let partner = Self.events(60...160).filter { $0[.client] == "partner-acme" && $0[.path] == "/v1/orders" }
        let limited = partner.filter { $0.outcome == .limited }
        #expect(limited.count > partner.count / 2)
        #expect(limited.allSatisfy { $0.status == 429 && $0[.reason] == "quota_exceeded:tier" })
    }

    @Test func `a few addresses try many client names`() {
        let refused = Self.events(200...330).filter { $0[.reason] == "client_secret_invalid" }
        #expect(refused.allSatisfy { $0.status == 401 && $0[.path] == "/oauth/token" && $0[.method] == "POST" })
        #expect(Set(refused.map { $0[.address] }).count == 4)
        #expect(Set(refused.map { $0[.client] }).count >= 30)
        let worst = refused.count { $0[.address] == "203.0.113.7" }
        #expect(worst > refused.count / 2)
    }

    @Test func `a release breaks the order service and its latency rises before the rollback`() {
        func orders(_ seconds: ClosedRange<Int64>) -> [AccessEvent] {
            Self.events(seconds).filter { $0[.route]?.hasPrefix("/v1/orders") == true }
        }
        func share(_ events: [AccessEvent]) -> Double {
            Double(events.count { $0.outcome == .failed }) / Double(events.count)
        }
        func median(_ events: [AccessEvent]) -> Int64 { events.compactMap(\.latency).sorted()[events.count / 2] }
        #expect(share(orders(340...368)) < 0.02)
        #expect(share(orders(430...450)) > 0.4)
        #expect(median(orders(440...455)) > 5 * median(orders(340...368)))
        #expect(share(orders(482...498)) < 0.02)
    }

    @Test func `scanners come by and a service lacks a scope`() {
        let events = Self.events(400...590)
        #expect(events.contains { $0[.reason] == "path_ambiguous" && $0.outcome == .invalid })
        #expect(events.contains { $0[.reason] == "scope_missing" && $0[.client] == "svc-search" })
    }

    @Test func `addresses are of networks that belong to nobody`() throws {
        let networks = [
            "10.0.0.0/8", "100.64.0.0/10", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32",
        ].compactMap { Network($0) }
        #expect(networks.count == 6)
        var kinds: Set<Bool> = []
        for event in Self.events(190...260) {
            let address = try #require(IPAddress(event[.address] ?? ""))
            kinds.insert(address.isV4)
            #expect(networks.contains { $0.contains(address) }, "\(event[.address] ?? "")")
        }
        #expect(kinds == [true, false])
    }

    @Test func `there are at least twenty routes, some with ids`() {
        let templates = Set(Scenario.shop.routes.map(\.name))
        #expect(templates.count >= 20)
        let paths = Self.events(0...30).filter { $0[.route] == "/v1/orders/{id}" }.compactMap { $0[.path] }
        #expect(Set(paths).count > 10)
        #expect(paths.allSatisfy { $0.hasPrefix("/v1/orders/") && Int($0.dropFirst("/v1/orders/".count)) != nil })
    }

    @Test func `every client's habits are routes that exist`() {
        for client in Scenario.shop.clients {
            for mishap in client.mishaps {
                guard let route = mishap.route else { continue }
                #expect(Scenario.shop.routes.contains { $0.name == route }, "\(route)")
            }
        }
    }

    @Test func `the past has no holes, ends at the present, and is thinner the longer ago`() {
        let end = Self.at(31)
        let chapters = DemoTraffic.chapters(until: end)
        for (earlier, later) in zip(chapters, chapters.dropFirst()) {
            #expect(earlier.window.end == later.window.start)
            #expect(earlier.density <= later.density)
        }
        #expect(chapters.last?.window.end == end.rounded(downToSeconds: 60))
        #expect(chapters.last?.density == 1)
        #expect(chapters.filter { $0.density == 1 }.reduce(0) { $0 + $1.window.seconds } == 3600)
        let days = (chapters.last?.window.end.microseconds ?? 0) - (chapters.first?.window.start.microseconds ?? 0)
        #expect(days == 30 * Day.microseconds)
        #expect(chapters.allSatisfy { $0.window.start.microseconds % $0.slot == 0 })
    }

    @Test func `a refused request names its reason and keeps no token`() {
        for event in Self.events(200...240) where event.outcome == .unauthenticated {
            #expect(event[.reason] != nil)
            #expect(event[.token] == nil)
        }
    }
}
