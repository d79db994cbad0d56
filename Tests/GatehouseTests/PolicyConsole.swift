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
        stage = try ConsoleStage(
            folder: folder, settings: settings, size: Size(width: width, height: height), glyphs: .unicode)
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
