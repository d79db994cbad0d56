import ArgumentParser
import Domain
import Store
import Terminal

struct PolicyTryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "try",
        abstract: "Decide a made-up request, and say why.",
        discussion: """
            Nothing is counted and nothing is logged. With --expect the exit code says whether it came out so, for \
            tests of a policy.

              gatehouse policy try --client guest-app --method GET --path /users/42
              gatehouse policy try --client user-app --subject 42 --method PUT --path /users/42
              gatehouse policy try --method GET --path /public/terms --address 203.0.113.7 --at 03:00
              gatehouse policy try --file policy.yaml --client acme --method GET --path /reports/7 --expect forbidden
            """)

    @OptionGroup var request: RequestOptions

    @Option(
        help: ArgumentHelp("Decide by this policy file, in the place of the policy in force.", valueName: "file"),
        completion: .file(extensions: ["yaml", "yml"]))
    var file: String?

    // `--version` is the program's own.
    @Option(
        name: .customLong("policy-version"),
        help: ArgumentHelp("Decide by this version, or draft.", valueName: "version"))
    var version: Int?

    @Option(help: ArgumentHelp("Fail unless it ends so: allowed, forbidden, …", valueName: "outcome"))
    var expect: String?

    @OptionGroup var options: PolicyOptions

    func validate() throws {
        if file != nil, version != nil { throw ValidationError("--file and --policy-version exclude each other") }
        if let expect, !Outcome.allCases.contains(where: { $0.name == expect }) {
            throw ValidationError(
                "--expect: there is no outcome \(SafeText.quoted(expect))"
                    + NearestName.hint(for: expect, among: Outcome.allCases.map(\.name)))
        }
    }

    func run() throws {
        let store = try PolicyAccess.reading(options.store).store
        let snapshot = try snapshot(store)
        let asked = try request.request(for: snapshot, now: SystemClock.now(), zone: LocalTimeZone.table())
        let explanation = snapshot.explanation(of: asked, revocations: try store.revocationSnapshot())
        let quotas = try quotas(explanation.decision, snapshot)
        var printer = PolicyPrinter(json: options.json)
        if options.json {
            try printer.output.writeLine(explanation.tree(snapshot, quotas).json)
        } else {
            try printer.explanation(explanation, snapshot, quotas)
        }
        try printer.finish()
        let outcome = explanation.decision.outcome.name
        if let expect, expect != outcome { throw CommandFailure("expected \(expect), and it is \(outcome)") }
    }

    private func snapshot(_ store: PolicyStore) throws -> PolicySnapshot {
        if let file {
            var argument = PolicyFileArgument()
            argument.file = file
            return try PolicyFileChange(argument, in: store).trial().snapshots().after
        }
        let policy = try version.map { try store.policy(at: $0) } ?? store.active().policy
        return try PolicySnapshot(compiling: policy, zones: ZoneTables.table(named:))
    }

    /// Which quotas would count the request; nil when it has no route.
    private func quotas(_ decision: Decision, _ snapshot: PolicySnapshot) throws -> QuotaExplanation? {
        guard decision.isAllowed else { return nil }
        let path = try CanonicalPath(request.path)
        return QuotaExplanation(snapshot.policy, client: decision.client.map { snapshot.client($0) }) {
            path.matches($0)
        }
    }
}
