import Console
import Domain
import Terminal
import Testing

struct RobustnessTests {
    @Test(arguments: 0..<6)
    func `random keys, sizes and data never bring the console down`(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var tester = ConsoleTester(screen: seed % 2 == 0 ? .overview : .traffic)
        let keys =
            ConsoleApp.keyReference.flatMap(\.entries).flatMap(\.keys).filter { $0.name != "q" }.map(\.name)
            + ["a", "x", "5", "backspace", "tab", "enter", "esc", "(", "\"", "-", "*"]
        for step in 0..<1500 {
            switch Int.random(in: 0..<40, using: &random) {
            case 0:
                tester.resize(Int.random(in: 0...220, using: &random), Int.random(in: 0...70, using: &random))
            case 1:
                var status = SampleTraffic.status
                status.events += Int64(step)
                tester.receive(.status(status, SampleTraffic.snapshot(Int64(step))))
            case 2: tester.receive(.status(StoreStatus(), TrafficSnapshot(lengths: [:])))
            case 3: tester.wait(seconds: 2)
            case 4: tester.paste("client:acme \u{202E}\n\t")
            default: tester.press(keys.randomElement(using: &random) ?? "j")
            }
            if step % 10 == 0 { _ = tester.frame }
        }
        tester.resize(120, 36)
        #expect(tester.text.contains("gatehouse"))
    }

    @Test func `hostile strings in every field move no column and reach no cell`() throws {
        let hostile = [
            "\u{1B}[2J\u{1B}[H", "\u{202E}gnp.exe", "\u{200B}\u{200D}\u{FEFF}", "line\nfeed\rreturn\ttab", "\u{9B}31m",
            "👨‍👩‍👧‍👦 family", "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}", "漢字かな", "\u{E0041}\u{E0042}", "\u{0}\u{7}\u{8}",
            String(repeating: "A", count: 100_000), "\u{2066}admin\u{2069}", "\u{1B}]0;title\u{7}",
        ]
        let plain = ConsoleTester(screen: .traffic)
        let header = plain.row(3)
        for text in hostile {
            var tester = ConsoleTester(screen: .traffic, status: nil)
            tester.answers = { question in
                guard case .page = question else { return SampleTraffic.answer(to: question) }
                var event = SampleTraffic.event(1)
                for field in TextField.allCases { event[field] = text }
                return .page(
                    TrafficPage(events: [SampleTraffic.event(2), event, SampleTraffic.event(0)], reachedEnd: true))
            }
            tester.receive(.status(SampleTraffic.status, SampleTraffic.snapshot))
            tester.press("g")
            let rows = tester.frame.rows
            #expect(rows[3] == header)
            #expect(rows[4] == plain.frame.rows[4], "the row above changed")
            #expect(rows[6].hasPrefix("  12:04:29.980  ● 200  mobile-app"))
            // Its own columns before the hostile one stand where they always do.
            #expect(rows[5].hasPrefix("  12:04:30.290  ▲ 401  "))
            for row in rows {
                for scalar in row.unicodeScalars {
                    #expect(!Self.isDangerous(scalar), "U+\(String(scalar.value, radix: 16)) got through")
                }
            }
            tester.press("j", "enter")
            _ = tester.frame
        }
    }

    private static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}

/// SplitMix64: the same numbers for the same seed on every machine.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
