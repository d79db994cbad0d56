import Console
import Domain
import Foundation
import Store
import Terminal

/// Puts the console together: settings, theme, store, terminal.
enum ConsoleLauncher {
    static func run(store: StoreFolder, options: ConsoleOptions, isReadOnly: Bool, isDemo: Bool) throws {
        try requireTerminal()
        let folder = ConfigurationFolder.current
        let library = ThemeLibrary(folder: folder.themes)
        let (configuration, problems) = Configuration.load(
            folder.file, themes: library.names, commands: ConsoleApp.commandNames)
        let (theme, themeProblems) = library.theme(named: options.theme ?? configuration.theme)
        let zone = LocalTimeZone.table()
        let clock = { SystemClock.now() }

        var settings = ConsoleSettings(
            theme: theme.name, themes: library.entries.map { ($0.theme.name, $0.theme.description) }, zone: zone,
            storePath: store.path)
        settings.isDemo = isDemo
        settings.isReadOnly = isReadOnly
        settings.warnings = (problems + themeProblems).map(\.description)
        if let name = options.screen ?? configuration.screen, let screen = ScreenName(rawValue: name) {
            settings.screen = screen
        }
        if let columns = configuration.columns { settings.columns = columns.compactMap(TrafficColumn.init(rawValue:)) }
        settings.keys = configuration.keys.map { ($0.command, $0.keys) }
        settings.warnings += ConsoleApp.keyProblems(settings.keys).map {
            configuration.located($0.message, forCommand: $0.command).description
        }
        var app = ConsoleApp(settings: settings, now: clock())
        if let text = options.filter { try app.useFilter(text) }

        var session = SessionOptions(environment: ProcessInfo.processInfo.environment)
        session.usesMouse = configuration.usesMouse
        if let isASCII = configuration.isASCII { session.usesASCII = isASCII }
        if let synchronizes = configuration.synchronizesOutput { session.synchronizesOutput = synchronizes }
        session.title = "gatehouse"
        let terminal = try TerminalSession(theme: theme, options: session)
        defer { terminal.stop() }
        let backend = StoreBackend(folder: store, interval: Double(configuration.refresh) / 1_000_000)
        var loop = ConsoleLoop(
            session: terminal, app: app, backend: backend, now: clock,
            theme: { library.entry(named: $0)?.theme })
        switch loop.run() {
        case .quit, .hangup:
            guard loop.pending != nil else { break }
            terminal.stop()
            throw CommandFailure(
                "left before it was known whether what was confirmed last was done; `gatehouse audit list` tells")
        case .signal(let signal):
            terminal.stop()
            throw EndedBySignal(signal: signal)
        }
    }

    /// Refuses to start where there is nobody to draw for.
    static func requireTerminal() throws {
        guard isatty(STDOUT_FILENO) == 1 else {
            throw CommandFailure(
                "the console needs a terminal; `gatehouse overview` and `gatehouse traffic` print instead")
        }
    }
}

/// The console was told to end; the process then ends by the same signal, when everything is put away.
struct EndedBySignal: Error {
    let signal: Int32
}
