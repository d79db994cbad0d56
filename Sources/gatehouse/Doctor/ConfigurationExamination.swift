import Console
import Terminal

/// What the doctor says of the configuration and of a person's own themes.
struct ConfigurationExamination {
    let folder: ConfigurationFolder

    private static let area = "configuration"

    var findings: [Finding] {
        let library = ThemeLibrary(folder: folder.themes)
        let problems = problems(library)
        var findings: [Finding] = []
        if !FileBytes.exists(folder.file) {
            findings.append(Finding(Self.area, "file", .fine, "\(folder.file) isn't there; defaults apply"))
        } else if problems.isEmpty {
            findings.append(Finding(Self.area, "file", .fine, folder.file))
        }
        findings += problems.map {
            Finding(Self.area, "file", .broken, $0.description, advice: "Until it is mended, the default applies.")
        }
        let own = library.entries.filter { $0.file != nil }
        for entry in own {
            findings += entry.problems.map {
                Finding(
                    Self.area, "theme", .broken, $0.description,
                    advice: "Until it is mended, the default theme's colour applies.")
            }
        }
        let names = library.names
        findings.append(
            Finding(
                Self.area, "themes", .fine,
                "\(names.count - own.count) built in, \(own.count) of your own in \(folder.themes)"))
        return findings
    }

    /// Everything that the console would say of the file when it starts, in the order of its lines.
    private func problems(_ library: ThemeLibrary) -> [FileProblem] {
        let (configuration, problems) = Configuration.load(
            folder.file, themes: library.names, commands: ConsoleApp.commandNames)
        let keys = ConsoleApp.keyProblems(configuration.keys.map { ($0.command, $0.keys) })
        let all = problems + keys.map { configuration.located($0.message, forCommand: $0.command) }
        return all.sorted { ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0) }
    }
}
