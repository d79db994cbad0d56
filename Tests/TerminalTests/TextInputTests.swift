import Terminal
import Testing

struct TextInputTests {
    private func input(_ keys: [Key], from text: String = "") -> TextInput {
        var input = TextInput(text)
        for key in keys { _ = input.handle(key) }
        return input
    }

    @Test func `typing, moving and deleting edit at the cursor`() {
        #expect(input(["a", "b", .left, "c"]).text == "acb")
        #expect(input([.backspace, .home, .delete], from: "abc").text == "b")
        #expect(input([.control("u")], from: "outcome:limited").text.isEmpty)
        #expect(input([.home, .control("k")], from: "abc").text.isEmpty)
        #expect(input([.left, .left, .left, .left, "x"], from: "ab").text == "xab")
    }

    @Test func `words are jumped over and deleted`() {
        #expect(input([.control("w")], from: "outcome:limited client:acme").text == "outcome:limited ")
        #expect(input([Key(.left, .control), "x"], from: "one two").text == "one xtwo")
        #expect(input([.home, Key(.right, .control), "x"], from: "one two").text == "onex two")
    }

    @Test func `keys that mean nothing to it are given back`() {
        var input = TextInput("abc")
        for key: Key in [.enter, .escape, .tab, .function(1)] {
            let isHandled = input.handle(key)
            #expect(!isHandled)
        }
        #expect(input.text == "abc")
    }

    @Test func `a paste is text: no line break, no control, and bounded`() {
        var input = TextInput()
        input.paste("one\ntwo\t\u{1B}[31mthree\u{202E}")
        #expect(input.text == "one two [31mthree")
        input.paste(String(repeating: "x", count: 5000))
        #expect(input.text.unicodeScalars.count == TextInput.limit)
    }

    @Test func `history comes back, and so does what was being typed`() {
        var input = TextInput("", history: ["first", "second"])
        for key: Key in ["n", "e", "w", .up] { _ = input.handle(key) }
        #expect(input.text == "second")
        _ = input.handle(.up)
        _ = input.handle(.up)
        #expect(input.text == "first")
        _ = input.handle(.down)
        _ = input.handle(.down)
        #expect(input.text == "new")
        input.remember()
        input.remember()
        #expect(input.history == ["first", "second", "new"])
    }

    @Test func `a completion replaces a range of bytes and leaves the cursor after it`() {
        var input = TextInput("é out x")
        input.replace(utf8: 3..<6, with: "outcome:")
        #expect(input.text == "é outcome: x")
        #expect(input.cursorOffset == 11)
    }

    @Test func `the error is underlined where it is, and the cursor stands after the text`() {
        let input = TextInput("status:9xx client:acme")
        expectPicture(
            of: frame(30, 1) { input.draw(into: &$0, in: $0.bounds, error: 7..<10) },
            """
            status:9xx client:acme
            --- styles
            aaaaaaabbbaaaaaaaaaaaaaaaaaaaa
            ---
            a text on input
            b inputError on input underline
            cursor 22,0
            """)
    }

    @Test func `a long text scrolls with its cursor, and an empty one says what goes there`() {
        expectPicture(
            of: frame(12, 2) {
                TextInput("a text that is longer").draw(into: &$0, in: $0.bounds.row(0))
                TextInput().draw(into: &$0, in: $0.bounds.row(1), placeholder: "filter", isFocused: false)
            },
            """
            t is longer
            filter
            --- styles
            aaaaaaaaaaaa
            bbbbbbaaaaaa
            ---
            a text on input
            b placeholder on input
            cursor 11,0
            """)
    }

    @Test func `completions pop up below the input, or above it at the bottom`() {
        let list = Completions(
            [
                Completions.Item("outcome:", note: "how it ended"), Completions.Item("client:", note: "who asked"),
            ], selected: 1)
        expectPicture(
            of: frame(34, 4) { list.draw(into: &$0, at: Point(x: 2, y: 0), within: $0.bounds) },
            """

               outcome:  how it ended
              ▸client:   who asked

            --- styles

            ..aaaaaaaaaaabbbbbbbbbbbbaa
            ..cdddddddeeefffffffffeeeee

            ---
            a text on overlay
            b dim on overlay
            c accent on selection
            d selectionText on selection
            e text on selection
            f dim on selection
            """)
        expectText(
            of: frame(34, 4) { list.draw(into: &$0, at: Point(x: 20, y: 3), within: $0.bounds) },
            """

                      outcome:  how it ended
                     ▸client:   who asked

            """)
    }
}
