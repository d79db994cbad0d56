import Terminal
import Testing

struct FrameTests {
    @Test func `text stands left, right and in the middle of its room`() {
        var frame = Frame(size: Size(width: 12, height: 3))
        frame.put("ab", at: Point(x: 1, y: 0), width: 6)
        frame.put("ab", at: Point(x: 1, y: 1), width: 6, align: .right)
        frame.put("ab", at: Point(x: 1, y: 2), width: 6, align: .center)
        #expect(frame.rows == [" ab", "     ab", "   ab"])
    }

    @Test func `text outside is clipped on every side`() {
        var frame = Frame(size: Size(width: 4, height: 2))
        frame.put("abcdef", at: Point(x: -2, y: 0))
        frame.put("xyz", at: Point(x: 2, y: 1))
        frame.put("gone", at: Point(x: 0, y: 2))
        frame.put("gone", at: Point(x: 0, y: -1))
        frame.put("gone", at: Point(x: Int.max, y: Int.min))
        #expect(frame.rows == ["cdef", "  x…"])
    }

    @Test func `a wide character is whole or not there`() {
        var frame = Frame(size: Size(width: 5, height: 4))
        frame.put("日本語", at: Point(x: 0, y: 0))
        frame.put("日本", at: Point(x: -1, y: 1))
        frame.put("日本", at: Point(x: 0, y: 2))
        frame.put("x", at: Point(x: 1, y: 2))
        frame.put("日本", at: Point(x: 0, y: 3))
        frame.put("x", at: Point(x: 2, y: 3))
        #expect(frame.rows == ["日本…", " 本", " x本", "日x"])
    }

    @Test func `marks stay with their letter and go with it`() {
        var frame = Frame(size: Size(width: 6, height: 1))
        frame.put("e\u{301}\u{302}a", at: Point(x: 0, y: 0))
        #expect(frame.rows == ["e\u{301}\u{302}a"])
        #expect(frame.scalars(at: Point(x: 0, y: 0)) == ["e", "\u{301}", "\u{302}"])
        frame.put("x", at: Point(x: 0, y: 0))
        #expect(frame.rows == ["xa"])
    }

    @Test func `what stands for something refused is in the hidden style`() {
        var frame = Frame(size: Size(width: 11, height: 1))
        frame.put("a\u{1B}b\u{200B}", at: Point(x: 0, y: 0), style: Style(.danger, on: .selection))
        #expect(
            frame.picture == """
                a␛b⟨U+200B⟩
                --- styles
                ababbbbbbbb
                ---
                a danger on selection
                b hidden on selection
                """)
    }

    @Test func `in ASCII nothing but ASCII is drawn, in the same columns`() {
        var frame = Frame(size: Size(width: 20, height: 3), glyphs: .ascii)
        frame.put("日本\u{202E}é e\u{301}…", at: Point(x: 0, y: 0))
        frame.rule(at: Point(x: 0, y: 1), width: 3)
        frame.put("▃", at: Point(x: 0, y: 2), style: Style(.text))
        #expect(frame.rows == ["????<U+202E>? e~", "---", "?"])
    }

    @Test func `shading takes every colour`() {
        var frame = Frame(size: Size(width: 3, height: 1))
        frame.put("abc", at: Point(x: 0, y: 0), style: Style(.danger, on: .selection, .bold))
        frame.shade()
        #expect(frame.styleLayer.legend == ["a faint"])
        #expect(frame.rows == ["abc"])
    }

    @Test func `no text, size or place traps or leaves a row of another width`() {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<2000 {
            let size = Size(
                width: Int.random(in: -1...30, using: &random), height: Int.random(in: -1...6, using: &random))
            let glyphs: Glyphs = Bool.random(using: &random) ? .unicode : .ascii
            var frame = Frame(size: size, glyphs: glyphs)
            for _ in 0..<6 {
                let line = NaughtyStrings.all.randomElement(using: &random) ?? []
                let point = Point(
                    x: Int.random(in: -40...40, using: &random), y: Int.random(in: -3...8, using: &random))
                let width = Bool.random(using: &random) ? Int.random(in: -3...40, using: &random) : nil
                frame.put(CleanText(bytes: line), at: point, width: width, align: .right, truncation: .middle)
                frame.fill(
                    Rect(x: point.y, y: point.x, width: width ?? 3, height: width ?? -9), style: Style(.text, on: .bar))
            }
            for y in 0..<size.height { expectSound(frame, row: y) }
        }
    }

    /// Every cell holds a drawable scalar of the width it takes, and the row is as wide as the frame.
    private func expectSound(_ frame: Frame, row y: Int) {
        var x = 0
        while x < frame.size.width {
            let scalars = frame.scalars(at: Point(x: x, y: y))
            guard let first = scalars.first else {
                Issue.record("half a character at \(x),\(y)")
                return
            }
            #expect(first.columns > 0)
            #expect(scalars.dropFirst().allSatisfy { $0.scalarClass == .mark } && scalars.count <= 4)
            if frame.glyphs.isASCII { #expect(first.isASCII) }
            if first.columns == 2 { #expect(frame[Point(x: x + 1, y: y)]?.isContinuation == true) }
            x += first.columns
        }
        #expect(x == frame.size.width)
    }

    @Test func `the ANSI picture holds no control but its own colours`() {
        var frame = Frame(size: Size(width: 40, height: 2))
        frame.put("\u{1B}]2;title\u{7} \u{9B}31m", at: Point(x: 0, y: 0), style: Style(.danger))
        let text = frame.ansi(ResolvedTheme(.standard, depth: .sixteen))
        let bare = text.replacing(/\u{1B}\[[0-9;]*m/, with: "")
        #expect(bare.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
        #expect(bare.hasPrefix("␛]2;title␇ ⟨U+009B⟩31m"))
    }

    @Test func `the SVG picture escapes text and draws blocks as rectangles`() {
        var frame = Frame(size: Size(width: 6, height: 1))
        frame.put("<a&b>", at: Point(x: 0, y: 0))
        frame.put("█", at: Point(x: 5, y: 0), style: Style(.good))
        let svg = frame.svg(theme: .standard, title: "x < y")
        #expect(svg.contains("<title>x &lt; y</title>"))
        #expect(svg.contains(">&lt;a&amp;b&gt;</text>"))
        #expect(svg.contains("<rect x=\"45\" y=\"0\" width=\"9\" height=\"18\" fill=\"#5faf87\""))
    }
}
