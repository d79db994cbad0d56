import Foundation
import Testing

@testable import gatehouse

struct ProgramTests {
    @Test func `version and help are there for every command`() throws {
        let program = try GatehouseProgram()
        let version = try program.run("--version")
        #expect(version.status == 0)
        #expect(version.output.split(separator: ".").count == 3)
        let commands = [
            [], ["console"], ["ingest"], ["traffic"], ["overview"], ["formats"], ["formats", "explain"], ["doctor"],
            ["theme"], ["theme", "list"], ["theme", "show"], ["theme", "import"], ["demo"],
        ]
        for command in commands {
            let help = try program.runList(command + ["--help"])
            #expect(help.status == 0, "\(command)")
            #expect(help.output.hasPrefix("OVERVIEW: "), "\(command)")
        }
        let help = try program.run("--help")
        #expect(!help.output.contains("demo-remove"))
    }

    @Test(arguments: ["bash", "zsh", "fish"]) func `a shell gets a completion script`(shell: String) throws {
        let result = try GatehouseProgram().run("--generate-completion-script", shell)
        #expect(result.status == 0)
        for word in ["traffic", "overview", "since", "theme"] { #expect(result.output.contains(word), "\(word)") }
    }

    @Test func `without a terminal the console says what works instead`() throws {
        let program = try GatehouseProgram()
        for arguments in [[], ["console"], ["demo"]] {
            let result = try program.runList(arguments)
            #expect(result.status == 1)
            #expect(result.errors.contains("the console needs a terminal; `gatehouse overview`"), "\(result.errors)")
        }
        let left = try FileManager.default.contentsOfDirectory(atPath: program.folder.path)
        #expect(!left.contains { $0.contains("demo") })
    }
}
