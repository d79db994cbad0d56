import Domain
import Foundation
import Store
import Testing

@testable import gatehouse

/// What the console says and does when another file lies under the store's name.
struct PolicyReplacedStoryTests {
    private let console: PolicyConsole
    private var path: String { console.folder.policy }

    init() throws {
        console = try PolicyConsole()
    }

    private func put(_ other: String) throws {
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        try Self.copy(other, to: path)
    }

    /// A copy of the store's file and of its log.
    private func copy(_ name: String) throws -> String {
        try Self.copy(path, to: path + name)
        return path + name
    }

    private static func copy(_ path: String, to other: String) throws {
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: path + suffix) {
            try FileManager.default.copyItem(atPath: path + suffix, toPath: other + suffix)
        }
    }

    @Test func `an older copy isn't shown and not changed, and nothing is decided by it`() throws {
        let older = try copy(".older")
        console.press("7")
        console.filter("acme-r")
        console.press("e")
        console.type("14/s")
        console.press("ctrl-s")
        console.confirm("less for acme")
        #expect(try console.quota("acme-rate")?.limit == 14)
        let newer = try copy(".newer")
        try put(older)
        console.look()
        #expect(console.text.contains("doesn't hold record 32"))
        #expect(!console.text.contains("acme-rate"))
        let records = try console.stored { try $0.newestAuditRecords(limit: 1) }
        console.press("u")
        console.goThrough()
        #expect(try console.stored { try $0.newestAuditRecords(limit: 1) } == records)
        // The store itself is welcome again.
        try put(newer)
        console.look()
        #expect(!console.text.contains("doesn't hold record"))
        #expect(console.text.contains("acme-rate"))
    }

    @Test func `a copy that goes on from there takes its place, with what was revoked in it`() throws {
        let token = try console.issue("web-spa", "eve@shop.example", from: "203.0.113.7")
        console.press("8")
        console.filter("subject:eve* state:revoked")
        #expect(!console.text.contains(token.id.prefix(8)))
        let same = try copy(".same")
        try put(same)
        let writer = try PolicyStore(folder: console.folder, for: .writing)
        try writer.revoke(.subject("eve@shop.example"), by: PolicyConsole.maria, reason: "stolen")
        try writer.close()
        console.look()
        #expect(!console.text.contains("doesn't hold record"))
        console.filter("subject:eve* state:revoked")
        #expect(console.text.contains(token.id.prefix(8)))
    }
}
