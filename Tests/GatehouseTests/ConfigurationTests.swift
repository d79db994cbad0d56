import Testing

@testable import gatehouse

struct ConfigurationTests {
    private static func read(
        _ yaml: String, themes: [String]? = nil, commands: [String]? = nil
    ) throws -> (configuration: Configuration, problems: [String]) {
        let file = try YAMLFile(name: "config.yaml", bytes: Array(yaml.utf8))
        let (configuration, problems) = Configuration.read(file, themes: themes, commands: commands)
        return (configuration, problems.map(\.description))
    }

    @Test func `every field is read`() throws {
        let (configuration, problems) = try Self.read(
            """
            theme: nord
            screen: traffic
            columns: [time, status, client, path]
            refresh: 500ms
            keep: 30d
            ascii: true
            mouse: yes
            synchronized: off
            keys:
              pause: ctrl-p
              filter: [/, f5]
              quit: []
            """)
        #expect(problems == [])
        #expect(configuration.theme == "nord")
        #expect(configuration.screen == "traffic")
        #expect(configuration.columns == ["time", "status", "client", "path"])
        #expect(configuration.refresh == 500_000)
        #expect(configuration.keepDays == 30)
        #expect(configuration.isASCII == true)
        #expect(configuration.usesMouse)
        #expect(configuration.synchronizesOutput == false)
        #expect(configuration.keys.map(\.command) == ["pause", "filter", "quit"])
        #expect(configuration.keys.map(\.keys) == [["ctrl-p"], ["/", "f5"], []])
    }

    @Test func `a fault names file, line, column and field, and falls back`() throws {
        let (configuration, problems) = try Self.read(
            """
            them: nord
            screen: trafic
            columns: [time, stats]
            refresh: 5ms
            keep: 36h
            ascii: maybe
            mouse: [true]
            keys:
              pause: ctlr-p
              filter: [/, ""]
            """)
        #expect(
            problems == [
                "config.yaml:1:1: them: there is no such field; did you mean “theme”?",
                "config.yaml:2:1: screen: there is no “trafic”; did you mean “traffic”?",
                "config.yaml:3:1: columns: there is no “stats”; did you mean “status”?",
                "config.yaml:4:1: refresh: “5ms” is out of range; allowed: 100ms to 60s",
                "config.yaml:5:1: keep: must be whole days, as in 30d",
                "config.yaml:6:1: ascii: “maybe” is neither true nor false",
                "config.yaml:7:1: mouse: must be one value",
                "config.yaml:9:3: keys.pause: “ctlr-p” is not the name of a key; "
                    + "write it like p, P, ctrl-r, f5, space or enter",
                "config.yaml:10:15: keys.filter[1]: is empty",
            ])
        #expect(configuration == Configuration())
    }

    @Test func `a theme or command that isn't there is a fault where they are known`() throws {
        let (configuration, problems) = try Self.read(
            "theme: nrod\nkeys:\n  puase: x\n  pause: y\n", themes: ["nord", "mono"], commands: ["pause", "filter"])
        #expect(
            problems == [
                "config.yaml:1:1: theme: there is no theme “nrod”; did you mean “nord”?",
                "config.yaml:3:3: keys.puase: there is no such command; did you mean “pause”?",
            ])
        #expect(configuration.theme == nil)
        #expect(configuration.keys.map(\.command) == ["pause"])
        #expect(
            configuration.located("already bound to quit", forCommand: "pause").description
                == "config.yaml:4:3: keys.pause: already bound to quit")
    }

    @Test func `what is no YAML is one problem and leaves every default`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/config.yaml"
        try FileBytes.write(Array("theme: nord\n  screen: traffic\n".utf8), to: path)
        let (configuration, problems) = Configuration.load(path)
        #expect(configuration == Configuration())
        #expect(problems.count == 1)
        #expect(problems.first?.description.hasPrefix("\(path):2:9: is no YAML: ") == true)
    }

    @Test func `a field given twice is a fault`() throws {
        do {
            _ = try Self.read("theme: nord\nascii: true\ntheme: mono\n")
            Issue.record("the file was taken")
        } catch let problem as FileProblem {
            #expect(problem.field == "theme")
            #expect(problem.message == "is given twice")
        }
    }

    @Test func `a missing or empty file is no fault`() throws {
        #expect(Configuration.load("/nonexistent/config.yaml").problems == [])
        #expect(try Self.read("# nothing yet\n").problems == [])
        #expect(try Self.read("keys:\n").problems == [])
    }

    @Test func `a folder in the file's place is one problem`() throws {
        let folder = try TemporaryFolder()
        let problems = Configuration.load(folder.path).problems
        #expect(problems.map(\.description) == ["\(folder.path): can't be read: Is a directory"])
    }

    @Test func `the folder follows the XDG specification`() {
        func path(_ environment: [String: String]) -> String {
            ConfigurationFolder(environment: environment, home: "/home/ada").path
        }
        #expect(path([:]) == "/home/ada/.config/gatehouse")
        #expect(path(["XDG_CONFIG_HOME": "/etc/ada"]) == "/etc/ada/gatehouse")
        #expect(path(["XDG_CONFIG_HOME": "relative"]) == "/home/ada/.config/gatehouse")
        #expect(path(["XDG_CONFIG_HOME": ""]) == "/home/ada/.config/gatehouse")
    }
}
