import Testing

@testable import Domain

struct LimitsTogetherTests {
    @Test(arguments: [LimitTable.Threads.one, .many], [20, 400, 100_000])
    func `requests that are counted together get the verdicts of those that are counted one by one`(
        threads: LimitTable.Threads, mostKeys: Int
    ) throws {
        let scene = try LimitScene(
            [
                LimitScene.quota(.rate(seconds: 1), limit: 3, burst: 2, key: .client, name: "a"),
                LimitScene.quota(.rolling(seconds: 60), limit: 40, key: .subject, name: "b"),
                LimitScene.quota(.rate(seconds: 10), limit: 500, key: .address, name: "c"),
                LimitScene.quota(.rolling(seconds: 5), limit: 9, key: .clientAndRoute, name: "d"),
            ], clients: 30)
        // The same number of shards, since it is they that run out of room.
        let single = LimitTable(scene.resolver, mostKeys: mostKeys, seed: 3, threads: threads)
        let together = LimitTable(scene.resolver, mostKeys: mostKeys, seed: 3, threads: threads)
        var random = SeededGenerator(seed: UInt64(mostKeys))
        let uses = (0..<3000).map { _ in
            scene.use(
                Int.random(in: 0..<10, using: &random) == 0 ? nil : Int.random(in: 0..<30, using: &random),
                subject: Bool.random(using: &random) ? "s\(Int.random(in: 0..<50, using: &random))" : nil,
                address: IPAddress(v4: UInt32.random(in: 0..<40, using: &random)),
                cost: Int.random(in: 1..<4, using: &random))
        }
        let moments = uses.indices.map { LimitMoment.after(Double($0) / 50) }
        let expected = uses.indices.map { single.admit(uses[$0], at: moments[$0]) { _ in false } }
        var found: [LimitVerdict] = []
        // Pages of any length.
        var rest = uses.indices
        while !rest.isEmpty {
            let page = rest.prefix(Int.random(in: 1..<200, using: &random))
            together.admit(Array(uses[page]), at: Array(moments[page]), isOn: { _, _ in false }) { place, verdict in
                #expect(place == found.count - page.lowerBound)
                found.append(verdict)
            }
            rest = rest.dropFirst(page.count)
        }
        #expect(found == expected)
        #expect(Set(expected.map(\.isAdmitted)).count == 2)
        #expect(together.occupancy == single.occupancy)
        if mostKeys == 20 { #expect(single.occupancy.shared > 0) }
        if mostKeys == 100_000 { #expect(single.occupancy.shared == 0) }
    }
}
