import Foundation
import Terminal
import Testing

struct ScalarTableTests {
    /// Set to write the table anew: `WRITE_SCALAR_TABLE=1 swift test --filter ScalarTableTests`.
    private static let writes = ProcessInfo.processInfo.environment["WRITE_SCALAR_TABLE"] != nil

    @Test func `the table says what the rules and this libc say`() throws {
        let scalars = (UInt32(0)...0x10FFFF).compactMap(Unicode.Scalar.init)
        guard ScalarRule.classByLibc(of: "a") != nil else { return }
        if Self.writes { try write(scalars) }
        // A newer libc may widen some scalars or know more of them; most must agree for columns to be right.
        let differing = scalars.filter { $0.scalarClass != ScalarRule.classByLibc(of: $0) }
        #expect(differing.count < 200, "write the table anew with WRITE_SCALAR_TABLE=1: \(differing.prefix(10))")
    }

    @Test func `what must never reach a terminal is refused`() {
        let ranges: [ClosedRange<UInt32>] = [
            0...0x1F, 0x7F...0xA0, 0xAD...0xAD, 0x34F...0x34F, 0x61C...0x61C, 0x115F...0x1160, 0x17B4...0x17B5,
            0x180B...0x180F, 0x2000...0x200F, 0x2028...0x202F, 0x205F...0x206F, 0x2800...0x2800, 0x3000...0x3000,
            0x3164...0x3164, 0xE000...0xF8FF, 0xFE00...0xFE0F, 0xFEFF...0xFEFF, 0xFFA0...0xFFA0, 0xFFF0...0xFFFB,
            0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0x1F3FB...0x1F3FF, 0xE0000...0xE0FFF, 0xF0000...0x10FFFF,
        ]
        for range in ranges {
            for value in range {
                guard let scalar = Unicode.Scalar(value) else { continue }
                #expect(scalar.scalarClass == .refused, "U+\(String(value, radix: 16))")
            }
        }
    }

    @Test(
        arguments: [
            ("a", ScalarClass.narrow), ("é", .narrow), ("ж", .narrow), ("─", .narrow), ("█", .narrow), ("▲", .narrow),
            ("日", .wide), ("한", .wide), ("👩", .wide), ("\u{301}", .mark), ("\u{1161}", .mark),
        ] as [(Unicode.Scalar, ScalarClass)])
    func `what people write is allowed`(scalar: Unicode.Scalar, expected: ScalarClass) {
        #expect(scalar.scalarClass == expected)
    }

    private func write(_ scalars: [Unicode.Scalar]) throws {
        var changes: [String] = []
        var last: ScalarClass?
        for value in UInt32(0)...0x10FFFF {
            let scalarClass = Unicode.Scalar(value).flatMap(ScalarRule.classByLibc) ?? .refused
            guard scalarClass != last else { continue }
            last = scalarClass
            changes.append("0x" + String(value << 2 | UInt32(scalarClass.rawValue), radix: 16, uppercase: true) + ",")
        }
        var lines: [String] = []
        for change in changes {
            if let line = lines.last, line.utf8.count + change.utf8.count < 110 {
                lines[lines.count - 1] = line + " " + change
            } else {
                lines.append("        " + change)
            }
        }
        let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/Terminal/Text/ScalarTable.swift")
        let old = try String(contentsOf: url, encoding: .utf8)
        let head = old.prefix { $0 != "[" }
        try "\(head)[UInt32] = [\n\(lines.joined(separator: "\n"))\n    ]\n}\n".write(
            to: url, atomically: true, encoding: .utf8)
    }
}
