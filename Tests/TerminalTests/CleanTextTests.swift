import Terminal
import Testing

struct CleanTextTests {
    @Test func `plain text stays as it is`() {
        let text: CleanText = "GET /v1/users?id=42"
        #expect(text.text == "GET /v1/users?id=42")
        #expect(text.columns == 19)
        #expect(text.hidden.isEmpty)
    }

    @Test(arguments: [
        ("\u{1B}[2J", "␛[2J"),
        ("a\tb\r\nc\u{8}", "a␉b␍␊c␈"),
        ("nul\u{0}del\u{7F}", "nul␀del␡"),
        ("c1\u{9B}31m", "c1⟨U+009B⟩31m"),
        ("safe\u{202E}gnp.exe", "safe⟨U+202E⟩gnp.exe"),
        ("zero\u{200B}width\u{FEFF}", "zero⟨U+200B⟩width⟨U+FEFF⟩"),
        ("tag\u{E0041}", "tag⟨U+E0041⟩"),
        ("filler\u{3164}\u{115F}\u{2800}", "filler⟨U+3164⟩⟨U+115F⟩⟨U+2800⟩"),
        ("line\u{2028}page\u{2029}", "line⟨U+2028⟩page⟨U+2029⟩"),
        ("emoji❤\u{FE0F}", "emoji❤⟨U+FE0F⟩"),
        ("private\u{E000}\u{10FFFD}", "private⟨U+E000⟩⟨U+10FFFD⟩"),
        ("unassigned\u{378}", "unassigned⟨U+0378⟩"),
        ("nbsp\u{A0}wide\u{3000}", "nbsp⟨U+00A0⟩wide⟨U+3000⟩"),
    ])
    func `what could move, reorder or hide is shown instead`(raw: String, shown: String) {
        #expect(CleanText(raw).text == shown)
        #expect(!CleanText(raw).hidden.isEmpty)
    }

    @Test func `bytes that are not UTF-8 are shown one by one`() {
        let bytes: [UInt8] = [0x61, 0xFF, 0xC3, 0xA9, 0xE2, 0x82, 0xED, 0xA0, 0x80, 0xC0, 0xAF, 0x62]
        #expect(CleanText(bytes: bytes).text == "a⟨xFF⟩é⟨xE2⟩⟨x82⟩⟨xED⟩⟨xA0⟩⟨x80⟩⟨xC0⟩⟨xAF⟩b")
    }

    @Test func `bytes and strings of the same text agree`() {
        let text = "日本 é \u{202E} 👩‍👩‍👧 \u{1B}"
        #expect(CleanText(bytes: text.utf8) == CleanText(text))
    }

    @Test func `marks join their cell, three at most, and never lead`() {
        let text = CleanText("e\u{301}\u{302}\u{303}\u{304}")
        #expect(text.text == "e\u{301}\u{302}\u{303}⟨U+0304⟩")
        #expect(text.columns == 9)
        #expect(CleanText("\u{301}x").text == "⟨U+0301⟩x")
        #expect(CleanText("\u{202E}\u{301}x").text == "⟨U+202E⟩⟨U+0301⟩x")
    }

    @Test func `text is bounded before anything else and says that it was cut`() {
        let text = CleanText(String(repeating: "x", count: 5000))
        #expect(text.columns == 4097)
        #expect(text.text.hasSuffix("x…"))
        #expect(CleanText("abcdef", limit: 3).text == "abc…")
    }

    @Test func `widths are columns, not characters`() {
        #expect(CleanText("日本語").columns == 6)
        #expect(CleanText("e\u{301}").columns == 1)
        // Joiners are shown, so every terminal gives this family the same width.
        #expect(CleanText("👨\u{200D}👩").text == "👨⟨U+200D⟩👩")
        #expect(CleanText("👨\u{200D}👩").columns == 12)
    }

    @Test func `cutting keeps to columns and never splits a wide character`() {
        let text = CleanText("日本語")
        #expect(text.prefix(columns: 3).text == "日")
        #expect(text.prefix(columns: 4).text == "日本")
        #expect(text.dropFirst(columns: 1).text == "本語")
        #expect(text.dropFirst(columns: 2).text == "本語")
        #expect(text.truncated(to: 5).text == "日本…")
        #expect(text.truncated(to: 4).text == "日…")
        #expect(CleanText("/v1/orders/items").truncated(to: 9, .middle).text == "/v1/…tems")
        #expect(CleanText("/v1/orders/items").truncated(to: 9, .start).text == "…rs/items")
        #expect(CleanText("abc").truncated(to: 0).text.isEmpty)
        #expect(CleanText("abc").truncated(to: -5).text.isEmpty)
    }

    @Test func `a cut keeps what is hidden marked as hidden`() {
        let text = CleanText("ab\u{202E}cd")
        #expect(text.dropFirst(columns: 1).hidden == [1..<13])
        #expect(text.prefix(columns: 4).hidden == [2..<6])
        #expect((CleanText("x") + text).hidden == [3..<15])
    }

    @Test func `clean text made clean again is the same text`() {
        for line in NaughtyStrings.all {
            let once = CleanText(bytes: line)
            #expect(CleanText(once.text, limit: 100_000).text == once.text)
        }
    }

    @Test func `nothing outside the allow-list survives, whatever comes in`() {
        for line in NaughtyStrings.all {
            let text = CleanText(bytes: line)
            var columns = 0
            var marks = 0
            for scalar in text.text.unicodeScalars {
                #expect(scalar.scalarClass != .refused)
                marks = scalar.scalarClass == .mark ? marks + 1 : 0
                #expect(marks <= CleanText.marksPerCell)
                columns += scalar.columns
            }
            #expect(text.columns == columns)
        }
    }
}
