import Glibc

extension Configuration {
    /// Reads a file; a field at fault keeps its default and is reported, a missing file is no fault.
    ///
    /// `themes` are the names that `theme` may have, `commands` those that `keys` may; nil leaves them unchecked.
    static func load(
        _ path: String, themes: [String]? = nil, commands: [String]? = nil
    ) -> (configuration: Configuration, problems: [FileProblem]) {
        guard access(path, F_OK) == 0 else { return (Configuration(), []) }
        do {
            return read(try YAMLFile(path: path), themes: themes, commands: commands)
        } catch {
            return (Configuration(), [error])
        }
    }

    /// The same from a file that was read already.
    static func read(
        _ file: YAMLFile, themes: [String]? = nil, commands: [String]? = nil
    ) -> (configuration: Configuration, problems: [FileProblem]) {
        var file = file
        var configuration = Configuration()
        let names = ConfigurationField.all.map(\.name)
        for field in file.fields {
            guard let known = ConfigurationField.all.first(where: { $0.name == field.key }) else {
                file.report(field, "there is no such field" + NearestName.hint(for: field.key, among: names))
                continue
            }
            known.read(field, &file, &configuration)
            if let theme = configuration.theme, field.key == "theme", let themes, !themes.contains(theme) {
                file.report(field, "there is no theme “\(theme)”" + NearestName.hint(for: theme, among: themes))
                configuration.theme = nil
            }
        }
        if let commands {
            for setting in configuration.keys where !commands.contains(setting.command) {
                let hint = NearestName.hint(for: setting.command, among: commands)
                file.report(setting.place, "there is no such command" + hint)
            }
            configuration.keys.removeAll { !commands.contains($0.command) }
        }
        return (configuration, file.problems)
    }
}
