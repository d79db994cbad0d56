import Testing

@testable import Domain

/// Where the requests are that a draft decides differently.
struct NewestPlacesTests {
    /// Clients that lose the role by which they were allowed.
    private func tally(clients: Int, each: Int, mostPlaces: Int = 400_000) throws -> ReplayTally {
        var (old, new) = (try Policy.guides(), try Policy.guides())
        for number in 0..<clients {
            old.put(.client(try Client("client-\(number)", roles: ["user"])))
            new.put(.client(try Client("client-\(number)", roles: ["guest"])))
        }
        var tally = ReplayTally(from: try old.compiled(), to: try new.compiled(), mostPlaces: mostPlaces) { _ in .utc }
        for round in 0..<each {
            let moment = Timestamp(seconds: 1_795_003_200 + Int64(round))
            let facts = (0..<clients).map {
                TrafficFact(client: "client-\($0)", method: "GET", path: "/profile", time: moment)
            }
            tally.add(facts, at: (0..<clients).map { place(round * clients + $0, moment) })
        }
        return tally
    }

    private func place(_ ordinal: Int, _ time: Timestamp) -> EventPosition {
        EventPosition(
            time: time, id: EventID(segment: SegmentID(day: Day(number: 20_000), part: 1), ordinal: Int64(ordinal)))
    }

    @Test func `of one change the newest 5 000 places are kept, in their order`() throws {
        let sample = try #require(try tally(clients: 1, each: 12_345).ranking.first).sample
        #expect(sample.count == 12_345)
        let kept = sample.places.newest(ReplayTally.mostPlacesOfOne).positions
        #expect(kept.map(\.id.ordinal) == Array(12_345 - 5000..<12_345))
    }

    @Test func `of many changes fewer places are kept, the newest of each`() throws {
        let ranking = try tally(clients: 50, each: 100, mostPlaces: 1000).ranking
        #expect(ranking.count == 50)
        let kept = ranking.map { $0.sample.places.newest(.max).positions }
        #expect(kept.reduce(0) { $0 + $1.count } <= 1000)
        for places in kept {
            #expect(places.count >= 5 && places == places.sorted())
            #expect(places.last?.time == Timestamp(seconds: 1_795_003_299))
        }
    }
}
