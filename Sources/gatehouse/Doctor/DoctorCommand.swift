import ArgumentParser
import Domain
import Foundation
import Store
import Terminal

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check store, terminal, locale, disk, configuration and themes.",
        discussion: """
            Each line says what was found, and what to do where something is amiss. Exits with 1 when something is \
            broken.

              gatehouse doctor
              gatehouse doctor --json | jq '.checks[] | select(.state != "fine")'
            """
    )

    @OptionGroup var store: StoreOption

    @Flag(help: "One JSON object.")
    var json = false

    func run() throws {
        StandardOutput.ignoreBrokenPipe()
        let environment = ProcessInfo.processInfo.environment
        let folder = ConfigurationFolder.current
        let findings =
            StoreExamination(path: store.path, now: SystemClock.now()).findings
            + TerminalExamination(environment: environment).findings
            + ConfigurationExamination(folder: folder).findings
        var output = StandardOutput()
        try output.write(json ? try Finding.json(findings) : Finding.text(findings, style: .standardOutput))
        try output.flush()
        if findings.contains(where: { $0.state == .broken }) { throw ExitCode.failure }
    }
}
