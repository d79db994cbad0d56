import Terminal
import Testing

struct GeometryTests {
    @Test func `no size and no cut traps, and parts never leave the whole`() {
        let numbers = [Int.min, -1, 0, 1, 7, Int.max]
        for x in numbers {
            for width in numbers {
                for cut in numbers {
                    let rect = Rect(x: x, y: width, width: width, height: cut)
                    let (left, rest) = rect.split(left: cut, gap: x)
                    let (top, below) = rect.split(top: cut)
                    #expect(left.width + rest.width <= rect.width)
                    #expect(top.height + below.height == rect.height)
                    #expect(rect.inset(columns: cut, rows: x).width <= rect.width)
                    #expect(rect.split(bottom: cut).bottom.maxY == rect.maxY)
                    #expect(rect.split(right: cut).right.maxX == rect.maxX)
                    #expect(rect.intersection(left) == left || left.isEmpty)
                }
            }
        }
    }

    @Test func `a dialog of any size is centered inside its screen`() {
        let screen = Rect(x: 0, y: 0, width: 10, height: 4)
        #expect(screen.centered(Size(width: 6, height: 2)) == Rect(x: 2, y: 1, width: 6, height: 2))
        #expect(screen.centered(Size(width: 60, height: 20)) == screen)
    }
}
