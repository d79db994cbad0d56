import ArgumentParser
import Terminal

struct ThemeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "theme",
        abstract: "List, show and import colour themes.",
        discussion: """
            Choose one with --theme NAME, with “theme: NAME” in the configuration, or live in the console. Your own \
            themes are YAML files in ~/.config/gatehouse/themes ($XDG_CONFIG_HOME).

              gatehouse theme list
              gatehouse theme show deuteranopia
              gatehouse theme import tomorrow-night.yaml
            """,
        subcommands: [ThemeListCommand.self, ThemeShowCommand.self, ThemeImportCommand.self],
        defaultSubcommand: ThemeListCommand.self
    )
}

struct ThemeListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the themes that can be chosen; the one in use is marked.")

    func run() throws {
        StandardOutput.ignoreBrokenPipe()
        let style = TextStyle.standardOutput
        let folder = ConfigurationFolder.current
        let library = ThemeLibrary(folder: folder.themes)
        let used = Configuration.load(folder.file, themes: library.names).configuration.theme
        let width = library.names.map(\.utf8.count).max() ?? 0
        var output = StandardOutput()
        for entry in library.entries {
            let name = entry.theme.name
            let mark = name == used ?? ThemeLibrary.defaultName ? style.glyphs.selection : " "
            var pieces = [
                Piece(mark, .accent), Piece(" "),
                Piece(CleanText(name + String(repeating: " ", count: width - name.utf8.count)), .title), Piece("  "),
                Piece(CleanText(entry.theme.description, limit: 200), .dim),
            ]
            if let file = entry.file { pieces += [Piece("  "), Piece(CleanText(file), .dim)] }
            if let problem = entry.problems.first { pieces += [Piece("  "), Piece(CleanText("\(problem)"), .danger)] }
            try output.writeLine(style.line(pieces))
        }
        try output.flush()
    }
}

struct ThemeShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a theme's colours, role by role, and what is wrong in it.")

    @Argument(
        help: "The theme's name.",
        completion: .custom { _, _, _ in ThemeLibrary(folder: ConfigurationFolder.current.themes).names })
    var name: String

    func run() throws {
        StandardOutput.ignoreBrokenPipe()
        let library = ThemeLibrary(folder: ConfigurationFolder.current.themes)
        guard let entry = library.entry(named: name) else {
            throw CommandFailure(
                "there is no theme “\(CleanText(name))”" + NearestName.hint(for: name, among: library.names))
        }
        var output = StandardOutput()
        try output.write(ThemeSwatches(theme: entry.theme, style: .standardOutput).text)
        try output.flush()
        for problem in entry.problems { StandardError.write("\(CleanText("\(problem)"))\n") }
        if !entry.problems.isEmpty { throw ExitCode.failure }
    }
}

struct ThemeImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Make a theme of a base16 colour scheme.",
        discussion: """
            Takes YAML with base00 to base0F, flat or under palette:, as the base16 and Tinted Theming projects hand \
            them out, and writes a theme that you can then edit.
            """)

    @Argument(help: "The scheme's file.", completion: .file(extensions: ["yaml", "yml"]))
    var file: String

    @Option(help: ArgumentHelp("The new theme's name; else the scheme's own.", valueName: "name"))
    var name: String?

    @Flag(help: "Replace a theme of yours that has the name.")
    var force = false

    func validate() throws {
        guard let name, !ThemeLibrary.isName(name) else { return }
        throw ValidationError("--name takes lower-case letters, digits, - and _")
    }

    func run() throws {
        let scheme = try YAMLFile(path: file)
        guard let name = name ?? Base16File.themeName(in: scheme) else {
            throw CommandFailure("\(file): the scheme has no name; give one with --name")
        }
        let theme = try Base16File(scheme, name: name).theme
        let folder = ConfigurationFolder.current.themes
        let path = folder + "/" + name + ThemeFile.suffix
        guard force || !FileBytes.exists(path) else {
            throw CommandFailure("\(path) is there already; replace it with --force, or choose another --name")
        }
        do {
            try FileBytes.makeFolder(folder)
            let text = ThemeFile.text(of: theme, comment: "Imported from the base16 scheme \(file)")
            try FileBytes.write(Array(text.utf8), to: path)
        } catch {
            throw CommandFailure("\(path) can't be written: \(error)")
        }
        var output = StandardOutput()
        try output.writeLine("wrote \(path); look at it with `gatehouse theme show \(name)`")
        try output.flush()
    }
}
