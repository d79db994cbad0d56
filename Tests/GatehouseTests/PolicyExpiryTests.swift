import Domain
import Store
import Testing

struct PolicyExpiryTests {
    @Test func `break-glass ends by itself, also when nobody but readers come by`() throws {
        let program = try GatehouseProgram.withPolicy()
        let folder = StoreFolder(program.store)
        let store = try PolicyStore(folder: folder, for: .writing) { SystemClock.now().advanced(by: -7_200_000_000) }
        let active = try store.active()
        var next = active.policy
        next[try #require(ItemKey(text: "quota/standard-hourly"))] = nil
        _ = try store.apply(
            active.policy.edits(to: next), by: .ofProcess(for: folder), reason: "payments are down",
            basedOn: active.version.number, breakGlass: true)
        try store.close()
        // Two hours ago; it was for one.
        #expect(try program.run("quota", "list", "--json").objects().count == 3)
        #expect(try program.object("policy", "show", "--json")["origin"] as? String == "expiry")
        #expect(try program.object("policy", "break-glass", "list", "--json")["ending"] as? String == "reverted")
    }
}
