import ArgumentParser
import Domain
import Store

/// A policy file that a command was given.
struct PolicyFileArgument: ParsableArguments {
    @Argument(help: "A policy in YAML; - for standard input.", completion: .file(extensions: ["yaml", "yml"]))
    var file: String

    /// Reads the file; throws everything that is wrong in it, with lines.
    func document() throws -> (file: PolicyFile, document: PolicyDocument) {
        let file = try PolicyFile(path: file)
        do {
            return (file, try PolicyDocument(file.tree))
        } catch {
            throw file.problems(error)
        }
    }

    /// What the file makes of no policy at all, where there is no store; problems say the file's lines.
    func snapshotAlone() throws -> PolicySnapshot {
        let (file, document) = try document()
        do {
            return try PolicySnapshot(compiling: document.applied(to: Policy()), zones: ZoneTables.table(named:))
        } catch {
            throw PolicyFileRefusal(file: file, document: document, problems: error.problems)
        }
    }
}

/// Which version a file was made of, where that isn't what the file itself says.
struct BasedOnOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The version that the file was made of; what its based_on says if left out, else the one in force.",
            valueName: "version"))
    var basedOn: Int?
}
