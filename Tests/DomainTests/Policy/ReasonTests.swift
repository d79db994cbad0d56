import Domain
import Testing

struct ReasonTests {
    @Test func `reasons have codes of their own, and are found by them`() {
        #expect(Set(Reason.allCases.map(\.code)).count == Reason.allCases.count)
        for reason in Reason.allCases {
            #expect(Reason(code: reason.code) == reason)
        }
        #expect(Reason(code: "token_eaten") == nil)
    }

    @Test func `only one reason lets a request pass`() {
        #expect(Reason.allCases.filter { $0.outcome == .allowed } == [.allowed])
        #expect(Reason.allCases.filter { $0.status < 400 } == [.allowed])
    }

    @Test func `a condition's kind stands in its code`() {
        for kind in Condition.Kind.allCases {
            #expect(Reason(failed: kind).code == "condition_failed:\(kind.name)")
        }
    }

    @Test func `statuses tell the outcome that a log reader sees`() {
        // A route that nobody declared is forbidden to us, and 404 to whoever asks, as if it weren't there.
        for reason in Reason.allCases where reason != .routeUnknown {
            #expect(Outcome(status: reason.status) == reason.outcome, "\(reason.code)")
        }
    }

    @Test func `of two watermarks the later one counts`() throws {
        let (early, late) = (Timestamp(seconds: 10), Timestamp(seconds: 20))
        let one = RevocationSnapshot(
            epoch: 3, watermarks: [.init(.client("a"), before: late), .init(.client("a"), before: early)])
        #expect(one == RevocationSnapshot(epoch: 3, watermarks: [.init(.client("a"), before: late)]))
        #expect(TokenHash(bytes: [UInt8](repeating: 1, count: 31)) == nil)
        let hash = try #require(TokenHash(bytes: [UInt8](repeating: 1, count: 32)))
        #expect(hash.high == hash.low)
    }
}
