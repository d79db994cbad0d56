import Console
import Domain
import Foundation
import Store
import Terminal
import Testing

@testable import gatehouse

/// The console without a terminal, on a real store: what it asks is answered from there, what is confirmed is done there.
final class PolicyConsole {
    let home: TemporaryFolder
    let folder: StoreFolder
    private var stage: ConsoleStage
    /// Keys that were pressed since they were counted last.
    private(set) var keys = 0

    /// The shop's policy, with some minutes of its traffic if wanted.
    convenience init(
        _ width: Int = 120, _ height: Int = 36, traffic: Bool = false, clock: StoryClock = StoryClock(),
        configure: (inout ConsoleSettings) -> Void = { _ in }
    ) throws {
        let home = try TemporaryFolder()
        let folder = StoreFolder(home.path + "/store")
        try DemoPolicy(.shop).make(in: folder) { clock.now }
        if traffic { try Self.recordNoon(in: folder, until: clock.now) }
        try self.init(sharing: home, width, height, clock: clock, configure: configure)
    }

    /// A second console on the same store, for another operator if wanted.
    init(
        sharing home: TemporaryFolder, _ width: Int = 120, _ height: Int = 36, as actor: Actor? = nil,
        clock: StoryClock = StoryClock(), configure: (inout ConsoleSettings) -> Void = { _ in }
    ) throws {
        self.home = home
        folder = StoreFolder(home.path + "/store")
        var settings = ConsoleSettings(
            theme: "mono", themes: [("mono", "No colours")], zone: .utc, storePath: folder.path)
        configure(&settings)
        stage = try ConsoleStage(
            folder: folder, settings: settings, size: Size(width: width, height: height), glyphs: .unicode,
            actor: actor, clock: { clock.now })
        keys = 0
    }

    var hasQuit: Bool { stage.hasQuit }

    /// What the threads that watch the store would tell the console.
    func look() { stage.look() }

    func press(_ names: String...) {
        for name in names {
            guard let key = Key(name) else { preconditionFailure("no key is called \(name)") }
            press(key)
        }
    }

    func press(_ key: Key) {
        keys += 1
        stage.press(key)
    }

    func type(_ text: String) {
        for scalar in text.unicodeScalars { press(.character(scalar)) }
    }

    func paste(_ text: String) { stage.paste(text) }

    func forgetKeys() { keys = 0 }

    /// Gives the reason that a review asks for, and confirms.
    func confirm(_ reason: String) {
        type(reason)
        goThrough()
    }

    /// Enter until it is done; a long page with something dangerous wants to be seen to its end.
    func goThrough() {
        press("enter", "enter")
        for _ in 0..<50 where text.contains("enter goes on") || text.contains("enter confirms it now") {
            press("enter")
        }
    }

    /// Filters the list on the screen by what can be typed there.
    func filter(_ text: String) {
        press("/", "ctrl-u")
        type(text)
        press("enter")
    }

    /// Runs a command of the palette.
    func command(_ text: String) {
        type(":" + text)
        press("enter")
    }

    /// The shop's second operator, on call: watch, revoke, approve.
    static let maria = Actor(name: "maria", userID: 4711)

    /// Who runs the tests.
    var myself: Actor { .ofProcess(for: folder) }

    /// Two minutes of the shop's traffic: those after a fixed noon, moved so that they end now. Its own hours are quiet or
    /// busy, and its numbers would be others whenever the tests run.
    private static func recordNoon(in folder: StoreFolder, until now: Timestamp) throws {
        let noon = Timestamp(seconds: 1_795_003_200)
        let end = noon.advanced(by: 120_000_000)
        let store = try TrafficStore(folder: folder, writer: "test")
        var source = try DemoSource(store)
        let events = DemoTraffic(seed: 1, rate: 20).events(from: noon, to: end).map { event in
            var event = event
            event.time = event.time.advanced(by: now.microseconds - end.microseconds)
            return event
        }
        try source.commit(events, until: now)
        try store.close()
    }

    // MARK: - What there is to see

    var text: String { stage.app.frame().text }

    /// The store as it is on the disk.
    func stored<Result>(_ look: (PolicyStore) throws -> Result) throws -> Result {
        try look(try PolicyStore(folder: folder, for: .reading))
    }

    var version: Int { get throws { try stored { try $0.active().version.number } } }

    var lastRecord: AuditRecord {
        get throws { try #require(try stored { try $0.newestAuditRecords(limit: 1).first }) }
    }

    func isIntact() throws -> Bool { try stored { try $0.verify().isIntact } }

    func policy() throws -> Policy { try stored { try $0.active().policy } }

    func quota(_ name: String) throws -> Quota? {
        guard case .quota(let quota)? = try policy()[ItemKey(try Name<Quota>(name))] else { return nil }
        return quota
    }

    func client(_ name: String) throws -> Client? {
        guard case .client(let client)? = try policy()[ItemKey(try Name<Client>(name))] else { return nil }
        return client
    }

    /// What another operator does meanwhile, and somebody approves where that is asked for.
    func meanwhile(_ change: (inout Policy) throws -> Void, approvedBy approver: Actor? = nil) throws {
        let store = try PolicyStore(folder: folder, for: .writing)
        defer { try? store.close() }
        let active = try store.active()
        var next = active.policy
        try change(&next)
        let outcome = try store.apply(
            active.policy.edits(to: next), by: Actor(name: "noor", userID: 4712), reason: "meanwhile",
            basedOn: active.version.number)
        if let approver { _ = try store.approve(outcome.version.number, by: approver, reason: "meanwhile") }
    }

    /// Requests that come in meanwhile.
    func record(_ events: [AccessEvent]) throws {
        let store = try TrafficStore(folder: folder, writer: "test")
        defer { try? store.close() }
        var source = try DemoSource(store)
        try source.commit(events, until: SystemClock.now())
        look()
    }

    /// What waits is put in force at the second operator's own console.
    func letApprove() throws {
        let marias = try PolicyConsole(sharing: home, as: Self.maria)
        marias.press("D", "a")
        marias.goThrough()
        look()
    }

    /// Lets somebody else into the policy, with these duties.
    func add(_ name: String, _ userID: UInt32, _ duties: Set<Duty>) throws -> Actor {
        let store = try PolicyStore(folder: folder, for: .writing)
        defer { try? store.close() }
        let active = try store.active()
        let person = Operator(name: try Name(name), userID: userID, duties: duties, note: "")
        let outcome = try store.apply(
            [PolicyEdit(key: ItemKey(person.name), before: nil, after: .operator(person))], by: myself,
            reason: "a colleague", basedOn: active.version.number, keepingAsDraft: true)
        _ = try store.approve(outcome.version.number, by: Self.maria, reason: "welcome")
        look()
        return Actor(name: name, userID: userID)
    }

    /// Lets in who makes the changes of `meanwhile`.
    func addEditor() throws { _ = try add("noor", 4712, [.watch, .edit, .approve]) }

    /// Issues a token of a client of the shop, for a subject at an address.
    func issue(_ client: String, _ subject: String, from address: String) throws -> TokenRecord {
        let store = try PolicyStore(folder: folder, for: .writing)
        defer { try? store.close() }
        var order = TokenOrder(client: try Name(client), subject: subject, form: .opaque, lifetime: 3600)
        order.issuedFrom = IPAddress(address)
        let source = MasterKeySource(.file(folder.path + "/master.key"))
        return try store.issueToken(order, by: myself, reason: "login", source: source).record
    }
}
