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
            fast.take(report.table, leaving: nil, in: context)
            plain.take(report.rows, in: context)
            var text = ""
            for _ in 0..<30 {
                text =
                    Int.random(in: 0..<4, using: &generator) == 0
                    ? String(text.dropLast()) : text + (pieces.randomElement(using: &generator) ?? "")
                fast.filter(by: text, in: context)
                plain.filter(by: text, in: context)
                if let command = [ListCommand.sort, .reverse, .down, .mark, nil, nil].randomElement(using: &generator)
                    ?? nil
                {
                    fast.perform(command, in: context)
                    plain.perform(command, in: context)
                }
                #expect(fast.rows == plain.rows, "“\(text)”")
                #expect(fast.selected == plain.selected)
                #expect(fast.targets == plain.targets)
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
            list.take(report.table, leaving: nil, in: context)
            list.filter(by: "client-", in: context)
            #expect(list.rows.count == count * 2 / 3)
        }
    }

    @Test func `what is gone is neither found nor marked any more, in any order`() throws {
        var generator = SeededGenerator(seed: 14)
        let context = ScreenContext(now: SampleTraffic.now, zone: .utc)
        let report = UsageReport(requests: 1, total: 1, rows: Self.rows(&generator, 200), isComplete: true)
        for order in 0..<6 {
            var list = RecordList<UsageReport.Row>()
            list.take(report.table, leaving: nil, in: context)
            for _ in 0..<order { list.perform(.sort, in: context) }
            list.mark { _ in true }
            let left = (0..<Int32(200)).filter { _ in Bool.random(using: &generator) }
            list.keep(left, in: context)
            #expect(Set(list.rows.map(\.id)) == Set(left.map { report.rows[Int($0)].id }))
            #expect(list.targets.map(\.id) == list.rows.map(\.id))
            list.filter(by: "scope:*read", in: context)
            let expected = left.map { report.rows[Int($0)] }.filter { $0.values(of: "scope") == ["orders:read"] }
            #expect(Set(list.rows.map(\.id)) == Set(expected.map(\.id)))
            #expect(list.all.count == left.count)
        }
    }

    @Test func `marks and the selection go by the record, wherever another reading puts it`() throws {
        var generator = SeededGenerator(seed: 15)
        let context = ScreenContext(now: SampleTraffic.now, zone: .utc)
        let rows = Self.rows(&generator, 60)
        var list = RecordList<UsageReport.Row>()
        list.take(UsageReport(requests: 1, total: 1, rows: rows, isComplete: true).table, leaving: nil, in: context)
        list.filter(by: "kind:scope", in: context)
        for command in [ListCommand.down, .mark, .down, .mark] { list.perform(command, in: context) }
        let (selected, marked) = (list.selected?.id, list.targets.map(\.id))
        let others = rows.filter { $0.id != marked[0] }.map { row in
            UsageReport.Row(thing: row.thing, count: Int.random(in: 0...9, using: &generator), last: row.last)
        }
        let again = UsageReport(requests: 2, total: 2, rows: others, isComplete: true)
        list.take(again.table, leaving: nil, in: context)
        #expect(list.selected?.id == selected)
        #expect(list.targets.map(\.id) == [marked[1]])
    }
}
