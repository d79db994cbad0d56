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
    private(set) var app: ConsoleApp
    private var session: PolicySession
    private let replays: ReplayDesk
    private let reader: TrafficReader
    /// Keys that were pressed since they were counted last.
    private(set) var keys = 0
    private(set) var hasQuit = false

    /// The shop's policy, with some minutes of its traffic if wanted.
    convenience init(
        _ width: Int = 120, _ height: Int = 36, traffic: Bool = false,
        configure: (inout ConsoleSettings) -> Void = { _ in }
    ) throws {
        let home = try TemporaryFolder()
        let folder = StoreFolder(home.path + "/store")
        try DemoPolicy(.shop).make(in: folder)
        if traffic {
            let store = try TrafficStore(folder: folder, writer: "test")
            var source = try DemoSource(store)
            let now = SystemClock.now().rounded(downToSeconds: 1)
            let start = now.advanced(by: -120_000_000)
            try source.commit(DemoTraffic(seed: 1, rate: 20).events(from: start, to: now), until: now)
            try store.close()
        }
        try self.init(sharing: home, width, height, configure: configure)
    }

    /// A second console on the same store.
    init(
        sharing home: TemporaryFolder, _ width: Int = 120, _ height: Int = 36,
        configure: (inout ConsoleSettings) -> Void = { _ in }
    ) throws {
        self.home = home
        folder = StoreFolder(home.path + "/store")
        var settings = ConsoleSettings(
            theme: "mono", themes: [("mono", "No colours")], zone: .utc, storePath: folder.path)
        configure(&settings)
        app = ConsoleApp(settings: settings, now: SystemClock.now())
        session = PolicySession(folder: folder)
        replays = ReplayDesk(folder: folder)
        reader = TrafficReader(folder: folder)
        carryOut(app.start(size: Size(width: width, height: height), glyphs: .unicode))
        look()
        keys = 0
    }

    /// What the threads that watch the store would tell the console.
    func look() {
        app.advance(to: SystemClock.now())
        _ = try? reader.refresh()
        carryOut(app.receive(.status(reader.status(), reader.snapshot())))
        if let standing = session.look() { carryOut(app.receive(.policy(standing))) }
    }

    func press(_ names: String...) {
        for name in names {
            guard let key = Key(name) else { preconditionFailure("no key is called \(name)") }
            press(key)
        }
    }

    func press(_ key: Key) {
        keys += 1
        app.advance(to: SystemClock.now())
        carryOut(app.press(key))
    }

    func type(_ text: String) {
        for scalar in text.unicodeScalars { press(.character(scalar)) }
    }

    func paste(_ text: String) { carryOut(app.paste(text)) }

    func forgetKeys() { keys = 0 }

    private func carryOut(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .ask(let question): carryOut(app.receive(.answered(question, answer(question))))
            case .act(let action):
                let report = session.carryOut(action)
                if let standing = session.look() { carryOut(app.receive(.policy(standing))) }
                carryOut(app.receive(.acted(action, report)))
            case .quit: hasQuit = true
            default: break
            }
        }
    }

    private func answer(_ question: Question) -> Answer {
        do {
            guard case .policy(let asked) = question else { return try reader.answer(to: question) }
            if let answer = try replays.answer(asked, Cancellation(), progress: { _ in }) { return .policy(answer) }
            return session.answer(question)
        } catch {
            return .failed("\(error)")
        }
    }

    // MARK: - What there is to see

    var text: String { app.frame().text }

    /// The store as it is on the disk.
    func stored<Result>(_ look: (PolicyStore) throws -> Result) throws -> Result {
        try look(try PolicyStore(folder: folder, for: .reading))
    }

    var version: Int { get throws { try stored { try $0.active().version.number } } }

    var lastRecord: AuditRecord {
        get throws { try #require(try stored { try $0.newestAuditRecords(limit: 1).first }) }
    }

    func policy() throws -> Policy { try stored { try $0.active().policy } }

    func quota(_ name: String) throws -> Quota? {
        guard case .quota(let quota)? = try policy()[ItemKey(try Name<Quota>(name))] else { return nil }
        return quota
    }

    func client(_ name: String) throws -> Client? {
        guard case .client(let client)? = try policy()[ItemKey(try Name<Client>(name))] else { return nil }
        return client
    }

    /// What another operator does meanwhile.
    func meanwhile(_ change: (inout Policy) throws -> Void, breakGlass: Bool = false) throws {
        let store = try PolicyStore(folder: folder, for: .writing)
        defer { try? store.close() }
        let active = try store.active()
        var next = active.policy
        try change(&next)
        _ = try store.apply(
            active.policy.edits(to: next), by: Actor(name: "noor", userID: 4712), reason: "meanwhile",
            basedOn: active.version.number, breakGlass: breakGlass)
    }
}
