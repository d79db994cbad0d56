import Console
import Domain
import Foundation
import Store
import Terminal

/// What the console shows of the simulation at a moment, drawn without a terminal: the README's picture.
struct DemoPicture {
    /// The forms a picture can have, by the ending of its file.
    enum Form: String, CaseIterable {
        case svg, ansi, txt
    }

    private let command: DemoCommand

    init(_ command: DemoCommand) {
        self.command = command
    }

    func write(to path: String) throws {
        guard let form = Form.allCases.first(where: { path.hasSuffix("." + $0.rawValue) }) else {
            throw CommandFailure("\(path): a picture's name ends in .svg, .ansi or .txt")
        }
        guard let now = TimeText.parse(command.at, now: SystemClock.now(), zone: .utc) else {
            throw CommandFailure("--at \(command.at) is no time; write it like 2026-11-20T12:04:31Z")
        }
        let library = ThemeLibrary(folder: ConfigurationFolder.current.themes)
        let theme = library.theme(named: command.console.theme).theme
        let resolved = ResolvedTheme(theme, depth: .direct)
        let glyphs = form == .txt ? Glyphs(.unicode, needsShapes: true) : .unicode.suiting(resolved)
        let frame = try frame(at: now, theme: theme.name, glyphs: glyphs)
        let text =
            switch form {
            case .svg: frame.svg(theme: theme, title: "Gatehouse on simulated traffic")
            case .ansi: frame.ansi(resolved) + "\n"
            case .txt: frame.text + "\n"
            }
        do {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        } catch {
            throw CommandFailure("\(path): can't be written; check the folder")
        }
    }

    private func size() throws -> Size {
        let parts = command.size.split(separator: "x").compactMap { Int($0) }
        guard parts.count == 2, (1...500).contains(parts[0]), (1...200).contains(parts[1]) else {
            throw CommandFailure("--size \(command.size) is no size; write it like 120x36")
        }
        return Size(width: parts[0], height: parts[1])
    }

    private func frame(at now: Timestamp, theme: String, glyphs: Glyphs) throws -> Frame {
        let size = try size()
        let temporary = try TemporaryStore()
        defer { temporary.remove() }
        let folder = StoreFolder(temporary.path)
        let store = try TrafficStore(folder: folder, writer: "demo", clock: { now })
        var source = try DemoSource(store)
        let traffic = DemoTraffic(seed: command.seed, rate: command.rate)
        // An hour is more than any picture of the last minutes needs.
        for chapter in DemoTraffic.chapters(until: now) where chapter.window.start >= now.advanced(by: -3_600_000_000) {
            try source.commit(traffic.events(of: chapter), until: chapter.window.end)
        }
        try source.commit(traffic.events(from: now.rounded(downToSeconds: 60), to: now), until: now)
        try store.close()
        try DemoPolicy(.shop).make(in: folder) { now.advanced(by: -3_600_000_000) }

        var settings = ConsoleSettings(theme: theme, themes: [(theme, "")], zone: .utc, storePath: folder.path)
        settings.isDemo = true
        if let name = command.console.screen, let screen = ScreenName(rawValue: name) { settings.screen = screen }
        var stage = try ConsoleStage(
            folder: folder, settings: settings, size: size, glyphs: glyphs, filter: command.console.filter,
            clock: { now })
        for name in command.press.split(separator: " ") {
            guard let key = Key(String(name)) else { throw CommandFailure("--press: no key is called \(name)") }
            stage.press(key)
        }
        return stage.app.frame()
    }
}
