import Testing

@testable import Domain
@testable import Store

struct ActorTests {
    @Test(
        arguments: [
            // sudo's user as the account that owns the store, who logged in as what sudo says.
            (1001, 990, 1001, true),
            // The owner, logged in as itself, who only says so.
            (1001, 1000, 1000, false),
            // Nobody logged in: a container, a service.
            (1001, 990, nil, false),
            // Root could become anybody.
            (1001, 0, 1000, true),
            (1001, 0, nil, true),
        ] as [(UInt32, UInt32, UInt32?, Bool)])
    func `who called sudo is believed where the kernel knows that login`(
        claimed: UInt32, account: UInt32, login: UInt32?, isBelieved: Bool
    ) {
        #expect(Actor.isCredible(claimed, account: account, login: login) == isBelieved)
    }
}
