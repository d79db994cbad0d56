import Console
import Domain
import Glibc
import Terminal
import Testing

/// Whole screens against the pictures in `Pictures`, which hold the text, the styles and the cursor.
struct PictureTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var width = 120
        var height = 36
        var screen = ScreenName.overview
        var glyphs = Glyphs.unicode
        var status: StoreStatus? = SampleTraffic.status
        var isDemo = false
        var keys: [String] = []
        var typed = ""
        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(name: "overview-80x24", width: 80, height: 24),
        Case(name: "overview-120x36"),
        Case(name: "overview-200x60", width: 200, height: 60),
        Case(name: "overview-ascii-80x24", width: 80, height: 24, glyphs: .ascii),
        Case(name: "overview-mono-120x36", glyphs: Glyphs(.unicode, needsShapes: true)),
        Case(name: "overview-log-cursor", isDemo: true, keys: ["l", "left", "left", "left"]),
        Case(name: "overview-zoomed-routes", keys: ["tab", "z", "m"]),
        Case(name: "overview-30-days", keys: ["T", "T"]),
        Case(name: "traffic-80x24", width: 80, height: 24, screen: .traffic, keys: ["j", "j"]),
        Case(name: "traffic-120x36", screen: .traffic, keys: ["j"]),
        Case(name: "traffic-200x60", width: 200, height: 60, screen: .traffic),
        Case(name: "traffic-ascii-80x24", width: 80, height: 24, screen: .traffic, glyphs: .ascii, keys: ["j"]),
        Case(name: "traffic-detail", screen: .traffic, keys: ["j", "enter"]),
        Case(name: "traffic-paused", screen: .traffic, keys: ["p"]),
        Case(name: "traffic-columns", screen: .traffic, keys: ["c", "down", "enter"]),
        Case(name: "filter-completion", width: 100, height: 30, keys: ["/"], typed: "client:"),
        Case(name: "filter-error", width: 100, height: 30, keys: ["/"], typed: "statsu:40 "),
        Case(name: "palette", width: 100, height: 30, keys: [":"], typed: "ex"),
        Case(name: "help-120x36", screen: .traffic, keys: ["?"]),
        Case(name: "help-80x24", width: 80, height: 24, keys: ["?"]),
        Case(name: "narrow", width: 100, height: 30, screen: .traffic, keys: ["f"]),
        Case(name: "export", width: 100, height: 30, screen: .traffic, keys: ["E"]),
        Case(name: "empty-store", width: 80, height: 24, status: StoreStatus()),
        Case(name: "too-small-40x10", width: 40, height: 10),
        Case(name: "tiny-1x1", width: 1, height: 1),
    ]

    @Test(arguments: cases)
    func `a screen looks as in its picture`(_ test: Case) throws {
        var tester = ConsoleTester(
            test.width, test.height, screen: test.screen, glyphs: test.glyphs, status: test.status
        ) { $0.isDemo = test.isDemo }
        for key in test.keys { tester.press(key) }
        tester.type(test.typed)
        if test.name == "filter-error" { tester.press("enter") }
        try Picture(test.name).expect(tester.frame.picture)
    }
}

/// A picture in a file beside the tests.
struct Picture {
    private let path: String

    init(_ name: String, file: String = #filePath) {
        let folder = file.split(separator: "/").dropLast().joined(separator: "/")
        path = "/\(folder)/Pictures/\(name).txt"
    }

    /// Fails with both pictures when they differ; `GATEHOUSE_REMAKE_PICTURES=1` writes the file anew instead.
    func expect(_ picture: String) throws {
        if getenv("GATEHOUSE_REMAKE_PICTURES") != nil {
            try #require(write(picture), "can't write \(path)")
            return
        }
        let wanted = try #require(
            read(), "no picture at \(path): GATEHOUSE_REMAKE_PICTURES=1 swift test makes it; look at it")
        #expect(
            picture == wanted,
            "differs from \(path); if it is meant to, GATEHOUSE_REMAKE_PICTURES=1 swift test --filter PictureTests\n\(picture)"
        )
    }

    private func read() -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func write(_ text: String) -> Bool {
        guard let file = fopen(path, "w") else { return false }
        defer { fclose(file) }
        let bytes = Array(text.utf8)
        return fwrite(bytes, 1, bytes.count, file) == bytes.count
    }
}
