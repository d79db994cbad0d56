import Console
import Domain
import Store
import Testing

@testable import gatehouse

/// A change by break-glass: an alarm on every screen until a second operator has looked at it, and an end by itself.
struct PolicyBreakGlassStoryTests {
    private let clock = StoryClock(stands: true)
    private let mine: PolicyConsole
    private let marias: PolicyConsole

    init() throws {
        mine = try PolicyConsole(clock: clock)
        let store = try PolicyStore(folder: mine.folder, for: .writing) { [clock] in clock.now }
        let active = try store.active()
        var next = active.policy
        guard var quota = try mine.quota("acme-rate") else { throw CommandFailure("the shop has no such quota") }
        quota.limit = 9000
        next.put(.quota(quota))
        _ = try store.apply(
            active.policy.edits(to: next), by: mine.myself, reason: "acme is down", basedOn: active.version.number,
            breakGlass: true)
        try store.close()
        mine.look()
        marias = try PolicyConsole(sharing: mine.home, as: PolicyConsole.maria, clock: clock)
    }

    @Test func `the alarm and the time that it has left are on every screen`() throws {
        clock.turn(on: 20 * 60)
        for key in ["1", "2", "3", "4", "5", "6", "7", "8", "0", "O", "H", "D"] {
            marias.press(key)
            let status = marias.text.split(separator: "\n")[0]
            #expect(status.contains("! break-glass 40 min"), "\(status)")
        }
        #expect(marias.text.contains("in force, 40:00"))
        clock.turn(on: 30 * 60)
        marias.press("j")
        #expect(marias.text.contains("in force, 10:00"))
        #expect(try mine.quota("acme-rate")?.limit == 9000)
    }

    @Test func `who made it doesn't review it`() throws {
        mine.press("D")
        for key in ["v", "K"] {
            mine.press(key)
            #expect(mine.text.contains("it is your own: somebody else has to look at it"))
        }
        #expect(try mine.stored { try $0.breakGlassAlarms().count } == 1)
    }

    @Test func `a review with a reason ends the alarm, and the change ends by itself`() throws {
        marias.press("D", "v", "enter")
        #expect(marias.text.contains("say in a line why you do this"))
        marias.confirm("seen, fine until noon")
        #expect(!marias.text.contains("! break-glass"))
        let record = try mine.lastRecord
        #expect(record.entry.action == "policy.review" && record.entry.actor == PolicyConsole.maria)
        #expect(try mine.quota("acme-rate")?.limit == 9000)
        clock.turn(on: 3601)
        marias.look()
        #expect(try mine.quota("acme-rate")?.limit == 15)
        #expect(try mine.stored { try $0.active().version.origin }.isExpiry)
        #expect(try mine.isIntact())
    }

    @Test func `what a second operator keeps stays when the time is over`() throws {
        marias.press("D", "K")
        marias.confirm("the contract came")
        clock.turn(on: 2 * 3600)
        marias.look()
        mine.look()
        for console in [mine, marias] { #expect(!console.text.contains("! break-glass")) }
        #expect(try mine.quota("acme-rate")?.limit == 9000)
        #expect(try mine.isIntact())
    }

    @Test func `without a review it ends by itself, and the alarm says so until somebody looked`() throws {
        clock.turn(on: 3601)
        mine.look()
        #expect(mine.text.contains("! break-glass over"))
        mine.press("7")
        mine.filter("acme-r")
        #expect(mine.text.contains("15/s"))
        #expect(try mine.quota("acme-rate")?.limit == 15)
        #expect(try mine.lastRecord.entry.action == "policy.expire")
        marias.look()
        marias.press("D")
        #expect(marias.text.contains("over, taken back"))
        marias.press("K")
        #expect(marias.text.contains("it has ended: v says that it was reviewed"))
        marias.press("v")
        marias.confirm("nothing more to do")
        #expect(!marias.text.contains("! break-glass"))
        #expect(try mine.stored { try $0.breakGlassAlarms().isEmpty })
        #expect(try mine.isIntact())
    }
}

extension PolicyVersion.Origin {
    fileprivate var isExpiry: Bool { if case .expiry = self { true } else { false } }
}
