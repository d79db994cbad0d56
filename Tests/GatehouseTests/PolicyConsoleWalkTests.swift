import Console
import Domain
import Foundation
import Store
import Terminal
import Testing

@testable import gatehouse

/// Somebody who presses anything: never a crash, never a change without a review and a reason.
struct PolicyConsoleWalkTests {
    private static let keys: [Key] =
        [
            "1", "2", "3", "4", "5", "6", "7", "8", "0", "n", "e", "d", "u", "x", "w", "s", "S", "/", ":", "?", "m",
            "t",
            "j", "k", "g", "G", "V", "y", "a", "b", "H", "D", "O", "q", " ",
        ].map { .character($0) } + [
            .enter, .enter, .escape, .escape, .tab, .backTab, .up, .down, .left, .right, .pageDown, .backspace,
            .control("s"), .alt("3"), .alt("4"), .alt("7"),
        ]

    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            var mixed = state
            mixed ^= mixed >> 33
            mixed &*= 0xff51_afd7_ed55_8ccd
            return mixed ^ mixed >> 33
        }
    }

    @Test(arguments: [1, 2, 3])
    func `a random walk of keys makes no change without a reason, and never breaks the audit trail`(
        seed: UInt64
    ) throws {
        let console = try PolicyConsole(80, 24, traffic: true)
        var generator = Generator(state: seed)
        for step in 0..<1500 {
            console.press(Self.keys.randomElement(using: &generator) ?? .escape)
            if step.isMultiple(of: 40) { console.look() }
            if step.isMultiple(of: 10) { #expect(!console.text.isEmpty) }
        }
        let versions = try console.stored { try $0.versions(limit: 1000) }
        #expect(versions.allSatisfy { $0.reason.contains { $0 != " " } })
        #expect(try console.stored { try $0.verify().findings }.isEmpty)
    }

    @Test func `in read-only mode a random walk changes no byte of the policy`() throws {
        let console = try PolicyConsole(100, 30) { $0.isReadOnly = true }
        func bytes() throws -> [Data] {
            try ["policy.sqlite", "policy.sqlite-wal"].map { name in
                let path = console.folder.path + "/" + name
                return FileManager.default.fileExists(atPath: path)
                    ? try Data(contentsOf: URL(fileURLWithPath: path)) : Data()
            }
        }
        let before = try bytes()
        var generator = Generator(state: 7)
        for _ in 0..<2000 { console.press(Self.keys.randomElement(using: &generator) ?? .escape) }
        #expect(try bytes() == before)
    }
}
