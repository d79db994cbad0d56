import Terminal
import Testing

struct ListStateTests {
    @Test func `the selected row stays selected and on its line when rows come and go`() {
        var list = ListState(ids: Array(0..<20), visibleRows: 5)
        list.select(10)
        let line = list.selectedVisibleIndex
        list.replaceRows([100, 101, 102] + Array(0..<20))
        #expect(list.selection == 10)
        #expect(list.selectedVisibleIndex == line)
        list.replaceRows(Array(5..<20))
        #expect(list.selection == 10)
        #expect(list.selectedVisibleIndex == line)
    }

    @Test func `when the selected row is gone its follower is selected, or else the one before`() {
        var list = ListState(ids: ["a", "b", "c", "d"], visibleRows: 3)
        list.select("b")
        list.replaceRows(["a", "c", "d"])
        #expect(list.selection == "c")
        list.select("d")
        list.replaceRows(["a", "c"])
        #expect(list.selection == "c")
        list.replaceRows([])
        #expect(list.selection == nil)
        #expect(list.visibleRange.isEmpty)
        list.replaceRows(["z"])
        #expect(list.selection == "z")
    }

    @Test(arguments: 0..<40)
    func `when a filter takes the selected row, the next one that it leaves is selected`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let old = Array(0..<30)
        var list = ListState(ids: old, newest: .first, visibleRows: 7)
        list.move(by: Int.random(in: 0..<30, using: &generator))
        guard let selected = list.selection else { return }
        let left = old.filter { $0 != selected && Int.random(in: 0..<4, using: &generator) == 0 }
        list.replaceRows(left)
        #expect(list.selection == left.first { $0 > selected } ?? left.last)
    }

    @Test func `pages, ends and steps stay inside`() {
        var list = ListState(ids: Array(0..<20), visibleRows: 5)
        list.movePage(by: 1)
        #expect(list.selection == 4)
        list.moveToLast()
        #expect(list.selection == 19)
        #expect(list.visibleRange == 15..<20)
        list.move(by: 1)
        list.movePage(by: Int.max)
        #expect(list.selection == 19)
        list.moveToFirst()
        #expect(list.selection == 0)
        #expect(list.offset == 0)
    }

    @Test func `following sticks to the newest row until the user moves`() {
        var list = ListState(ids: [1, 2, 3], follows: true, visibleRows: 2)
        #expect(list.selection == 3)
        list.replaceRows([1, 2, 3, 4])
        #expect(list.selection == 4)
        #expect(list.visibleRange == 2..<4)
        list.move(by: -1)
        list.replaceRows([1, 2, 3, 4, 5])
        #expect(list.selection == 3)
        list.setFollowing(true)
        #expect(list.selection == 5)
    }

    @Test func `with the newest row first, following stays at the top`() {
        var list = ListState(ids: [3, 2, 1], newest: .first, follows: true, visibleRows: 2)
        list.replaceRows([4, 3, 2, 1])
        #expect(list.selection == 4)
        #expect(list.offset == 0)
    }

    @Test func `a selection that survives is never lost, whatever happens to the rows`() {
        var random = SeededGenerator(seed: 42)
        for _ in 0..<300 {
            var next = 30
            var list = ListState(ids: Array(0..<30), visibleRows: Int.random(in: 1...12, using: &random))
            for _ in 0..<40 {
                var ids = list.ids
                for _ in 0..<Int.random(in: 0...4, using: &random) where !ids.isEmpty {
                    ids.remove(at: Int.random(in: 0..<ids.count, using: &random))
                }
                for _ in 0..<Int.random(in: 0...4, using: &random) {
                    ids.insert(next, at: Int.random(in: 0...ids.count, using: &random))
                    next += 1
                }
                if Bool.random(using: &random) { ids.shuffle(using: &random) }
                let before = list.selection
                list.replaceRows(ids)
                if let before, ids.contains(before) { #expect(list.selection == before) }
                expectSound(list)
                switch Int.random(in: 0..<5, using: &random) {
                case 0: list.move(by: Int.random(in: -7...7, using: &random))
                case 1: list.movePage(by: Bool.random(using: &random) ? 1 : -1)
                case 2: list.setVisibleRows(Int.random(in: -1...15, using: &random))
                case 3: if let id = ids.randomElement(using: &random) { list.select(id) }
                default: list.moveToLast()
                }
                expectSound(list)
            }
        }
    }

    private func expectSound(_ list: ListState<Int>) {
        #expect((list.selection == nil) == list.ids.isEmpty)
        guard let index = list.index else { return }
        #expect(list.ids[index] == list.selection)
        #expect(list.visibleRange.contains(index))
        #expect(list.offset <= max(0, list.ids.count - list.visibleRows))
    }
}
