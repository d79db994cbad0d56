import Domain
import Testing

@testable import Console

@Suite struct RecordListTests {
    private static func rows(_ generator: inout SeededGenerator, _ count: Int) -> [UsageReport.Row] {
        (0..<count).map { number in
            let thing: UsageReport.Row.Thing =
                number % 3 == 0
                ? .permission(role: "role\(number % 17)", index: number, text: "allow GET /v1/things\(number % 11)")
                : .scope(client: "client-\(number)", scope: ["orders:read", "orders:write"][number % 2])
            let uses = Int.random(in: 0...3, using: &generator)
            return UsageReport.Row(thing: thing, count: uses, last: uses == 0 ? nil : SampleTraffic.now)
        }
    }

    @Test func `a list with columns finds what one without them finds, whatever is typed`() throws {
        var generator = SeededGenerator(seed: 12)
        let report = UsageReport(requests: 1, total: 1, rows: Self.rows(&generator, 400), isComplete: true)
        let context = ScreenContext(now: SampleTraffic.now, zone: .utc)
        let pieces = [
            "1", "client-", "role:", "role1", "orders", " ", "-", "or ", "*", "kind:", "scope", "count>", "2", "none",
        ]
        var counts: Set<Int> = []
        for _ in 0..<40 {
            var fast = RecordList<UsageReport.Row>()
            var plain = RecordList<UsageReport.Row>()
            fast.take(report.rows, columns: report.columns, in: context)
            plain.take(report.rows, in: context)
            var text = ""
            for _ in 0..<30 {
                text =
                    Int.random(in: 0..<4, using: &generator) == 0
                    ? String(text.dropLast()) : text + (pieces.randomElement(using: &generator) ?? "")
                fast.filter(by: text, in: context)
                plain.filter(by: text, in: context)
                if Int.random(in: 0..<8, using: &generator) == 0 {
                    fast.perform(.sort, in: context)
                    plain.perform(.sort, in: context)
                }
                #expect(fast.rows == plain.rows, "“\(text)”")
                #expect(fast.selected == plain.selected)
                counts.insert(fast.rows.count)
            }
        }
        #expect(counts.count > 8, "filters let pass some and not others")
    }

    @Test func `other rows are filtered anew`() throws {
        var generator = SeededGenerator(seed: 13)
        let context = ScreenContext(now: SampleTraffic.now, zone: .utc)
        var list = RecordList<UsageReport.Row>()
        for count in [30, 60] {
            let report = UsageReport(requests: 1, total: 1, rows: Self.rows(&generator, count), isComplete: true)
            list.take(report.rows, columns: report.columns, in: context)
            list.filter(by: "client-", in: context)
            #expect(list.rows.count == count * 2 / 3)
        }
    }
}
