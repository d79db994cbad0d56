import Domain
import Foundation
import Testing

@testable import Store

struct PolicyCrashTests {
    @Test func `every change that was acknowledged survives a kill, and there is no half of another`() throws {
        let home = try TemporaryStore()
        var generator = SeededGenerator(seed: 3)
        var acknowledged: Set<String> = []
        for round in 0..<240 {
            acknowledged.formUnion(try storm(home, round: round, &generator))
            guard home.folder.hasPolicy, round % 10 == 9 || round < 10 else { continue }
            do {
                try check(home, acknowledged)
            } catch PolicyStoreError.notInitialised where acknowledged.isEmpty {
                continue
            }
        }
        try check(home, acknowledged)
        #expect(acknowledged.count > 200)
        let store = try PolicyStore(folder: home.folder, for: .writing)
        #expect(try store.verify().findings == [])
    }

    private func check(_ home: TemporaryStore, _ acknowledged: Set<String>) throws {
        let policy = try PolicyStore(folder: home.folder, for: .reading).active().policy
        let scopes = Set(policy.scopes.map(\.name.text))
        #expect(scopes == Set(policy.tiers.map(\.name.text)))
        #expect(acknowledged.isSubset(of: scopes))
    }

    /// Starts a storm of changes and kills it; gives those that it said were made.
    private func storm(
        _ home: TemporaryStore, round: Int, _ generator: inout SeededGenerator
    ) throws -> [String] {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let program = URL(filePath: tests).deletingLastPathComponent().appending(path: "store-storm").path
        let child = try Child(program, ["storm", home.folder.path, "r\(round)"])
        // Some die while they open the store, most in the middle of their work, however slow the machine is.
        if round % 8 != 0 { child.waitForOutput() }
        usleep(UInt32.random(in: 0...40_000, using: &generator))
        kill(child.process, SIGKILL)
        let (output, ending) = child.finish()
        #expect(ending == -SIGKILL, "the storm ended by itself")
        return output.split(separator: "\n").map(String.init)
    }
}
