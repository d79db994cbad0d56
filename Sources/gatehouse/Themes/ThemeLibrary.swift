import Terminal
import Themes

/// The themes that can be chosen: the built-in ones, and a person's own, which win over built-in ones of that name.
struct ThemeLibrary {
    static let defaultName = "gatehouse-dark"

    /// Where own themes are, as `NAME.yaml`.
    let folder: String

    init(folder: String) {
        self.folder = folder
    }

    /// One theme with where it comes from, and what is wrong in it.
    struct Entry {
        let theme: Theme
        /// The file of an own theme; nil for a built-in one.
        let file: String?
        let problems: [FileProblem]
    }

    /// All names: built-in ones in their order, then own ones.
    var names: [String] {
        let builtIn = BuiltInThemes.sources.map(\.name)
        return builtIn + ownNames.filter { !builtIn.contains($0) }
    }

    private var ownNames: [String] {
        FileBytes.names(in: folder)
            .filter { $0.hasSuffix(ThemeFile.suffix) }
            .map { String($0.dropLast(ThemeFile.suffix.count)) }
            .filter(Self.isName)
    }

    /// The theme of this name; nil when there is none. A file that can't be read gives the default theme's colours.
    func entry(named name: String) -> Entry? {
        guard Self.isName(name) else { return nil }
        if ownNames.contains(name) {
            let path = folder + "/" + name + ThemeFile.suffix
            do {
                let file = ThemeFile(try YAMLFile(path: path), name: name)
                return Entry(theme: file.theme, file: path, problems: file.problems)
            } catch {
                return Entry(theme: .standard, file: path, problems: [error])
            }
        }
        guard let source = BuiltInThemes.sources.first(where: { $0.name == name }) else { return nil }
        do {
            let file = ThemeFile(try YAMLFile(name: "\(name)\(ThemeFile.suffix)", bytes: source.yaml), name: name)
            return Entry(theme: file.theme, file: nil, problems: file.problems)
        } catch {
            return Entry(theme: .standard, file: nil, problems: [error])
        }
    }

    /// The theme to draw with: the named one, or the default with the reason why.
    func theme(named name: String?) -> (theme: Theme, problems: [FileProblem]) {
        let wanted = name ?? Self.defaultName
        if let entry = entry(named: wanted) { return (entry.theme, entry.problems) }
        let problem = FileProblem(
            file: folder, field: "theme",
            message: "there is no theme “\(wanted)”" + NearestName.hint(for: wanted, among: names))
        return (entry(named: Self.defaultName)?.theme ?? .standard, [problem])
    }

    /// Every theme that can be chosen.
    var entries: [Entry] { names.compactMap(entry(named:)) }

    /// Names become file names, so they hold lower-case letters, digits, `-` and `_` only.
    static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && text.allSatisfy(isNameCharacter)
    }

    static func isNameCharacter(_ character: Character) -> Bool {
        ("a"..."z").contains(character) || ("0"..."9").contains(character) || character == "-" || character == "_"
    }
}
