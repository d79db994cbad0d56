import Terminal
import Testing

@testable import Console

struct ListPlacesTests {
    @Test(arguments: 0..<40)
    func `a list of places selects what a list of names does, whatever the rows become`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var places = ListState<Int32>(newest: .first)
        var names = ListState<String>(newest: .first)
        places.setVisibleRows(5)
        names.setVisibleRows(5)
        for _ in 0..<60 {
            var rows = (0..<Int32(40)).filter { _ in Int.random(in: 0..<3, using: &generator) == 0 }
            if Bool.random(using: &generator) { rows.shuffle(using: &generator) }
            if Int.random(in: 0..<9, using: &generator) == 0 { rows = [] }
            places.replacePlaces(rows, of: 40)
            names.replaceRows(rows.map { "row \($0)" })
            #expect(places.selection.map { "row \($0)" } == names.selection)
            #expect(places.visibleRange == names.visibleRange)
            let step = Int.random(in: -9...9, using: &generator)
            places.move(by: step)
            names.move(by: step)
        }
    }
}
