// `gatehouse policy review` and `replay`: the policy beside the traffic that was recorded.

import ArgumentParser
import Domain
import Store
import Terminal

struct PolicyReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "List the permissions and scopes that no recorded request made use of.",
        discussion: """
            What nobody uses is what nobody misses when it is taken away. A log doesn't tell all that a token said, so \
            a permission with conditions on claims may be in use and listed all the same.

              gatehouse policy review --since 90d
            """)

    @Option(help: ArgumentHelp("From: a duration before now, a time, or all.", valueName: "t")) var since = "90d"
    @OptionGroup var options: PolicyOptions

    func run() throws {
        let store = try PolicyAccess.reading(options.store).store
        let snapshot = try PolicySnapshot(compiling: store.active().policy, zones: ZoneTables.table(named:))
        var tally = UsageTally(snapshot)
        let traffic = try RecordedTraffic(options.store, since: since)
        try traffic.forEachPage { tally.add($0) }
        var printer = PolicyPrinter(json: options.json)
        let rules = tally.unusedRules.map { snapshot.rule($0) }
        let scopes = tally.unusedScopes
        if options.json {
            let unused: [PolicyTree] = scopes.map { unused in
                .map([
                    .init("client", .text(snapshot.client(unused.client).name.text)),
                    .init("scope", .text(unused.scope.text)),
                ])
            }
            try printer.object(
                [
                    ("since", .text(since)), ("requests", .integer(tally.requests)),
                    ("unused_permissions", .list(rules.map(\.tree))), ("unused_scopes", .list(unused)),
                ] + traffic.members)
            return try printer.finish()
        }
        try printer.line("\(tally.requests) requests since \(since)", .title)
        if let text = traffic.coverageText(printer) { try printer.line(text, .caution) }
        for rule in rules { try printer.line("unused: \(rule.text)") }
        for unused in scopes {
            try printer.line("unused: scope \(unused.scope) of client \(snapshot.client(unused.client).name)")
        }
        if rules.isEmpty, scopes.isEmpty { try printer.line("every permission and scope was used", .good) }
        try printer.finish()
    }
}

struct PolicyReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Tell what a policy file or a draft would have decided differently about recorded requests.",
        discussion: """
              gatehouse policy replay policy.yaml --since 24h
              gatehouse policy replay --draft 7
            """)

    @Argument(help: "A policy in YAML; - for standard input.", completion: .file(extensions: ["yaml", "yml"]))
    var file: String?

    @Option(help: ArgumentHelp("A draft, in the place of a file.", valueName: "number")) var draft: Int?
    @Option(help: ArgumentHelp("From: a duration before now, a time, or all.", valueName: "t")) var since = "24h"
    @Option(help: ArgumentHelp("At most so many kinds of requests.", valueName: "n")) var limit = 20
    @OptionGroup var options: PolicyOptions

    func validate() throws {
        guard (file == nil) != (draft == nil) else { throw ValidationError("give a file, or --draft with a number") }
    }

    func run() throws {
        let store = try PolicyAccess.reading(options.store).store
        let (before, after) = try policies(store)
        var tally = ReplayTally(from: before, to: after)
        let traffic = try RecordedTraffic(options.store, since: since)
        try traffic.forEachPage { tally.add($0) }
        var printer = PolicyPrinter(json: options.json)
        if options.json { try print(tally, traffic, json: &printer) } else { try print(tally, traffic, text: &printer) }
        try printer.finish()
    }

    /// The policy in force and what would be, both of one moment.
    private func policies(_ store: PolicyStore) throws -> (before: PolicySnapshot, after: PolicySnapshot) {
        guard let draft else {
            var argument = PolicyFileArgument()
            argument.file = file ?? "-"
            return try PolicyFileChange(argument, in: store).trial().snapshots()
        }
        let trial = try store.trial(ofDraft: draft)
        guard trial.conflicts.isEmpty else {
            throw ChangeConflict(
                trial.conflicts, active: trial.active.version.number, basedOn: try store.version(draft).parent)
        }
        guard trial.problems.isEmpty else { throw PolicyStoreError.invalid(trial.problems) }
        guard trial.snapshot != nil else { throw PolicyStoreError.nothingToDo }
        return try trial.snapshots()
    }

    private func print(_ tally: ReplayTally, _ traffic: RecordedTraffic, json printer: inout PolicyPrinter) throws {
        func text(_ text: String?) -> PolicyTree { text.map { .text($0) } ?? PolicyTree(.nothing) }
        let changes: [PolicyTree] = tally.ranking.prefix(limit).map { change, sample in
            .map([
                .init("requests", .integer(sample.count)), .init("client", text(change.client)),
                .init("method", .text(change.method)), .init("route", text(change.route)),
                .init("path", .text(sample.path)), .init("before", .text(change.before.code)),
                .init("after", .text(change.after.code)),
            ])
        }
        try printer.object(
            [
                ("since", .text(since)), ("requests", .integer(tally.requests)),
                ("newly_allowed", .integer(tally.newlyAllowed)), ("newly_denied", .integer(tally.newlyDenied)),
                ("other_reason", .integer(tally.otherReason)), ("counts_limits", .flag(tally.countsLimits)),
                ("changes", .list(changes)),
            ] + traffic.members)
    }

    private func print(_ tally: ReplayTally, _ traffic: RecordedTraffic, text printer: inout PolicyPrinter) throws {
        try printer.line(
            "of \(tally.requests) requests since \(since): \(tally.newlyAllowed) allowed that were denied, "
                + "\(tally.newlyDenied) denied that were allowed, \(tally.otherReason) denied for another reason",
            .title)
        if let text = traffic.coverageText(printer) { try printer.line(text, .caution) }
        try printer.line(
            tally.countsLimits
                ? "limits count from nothing at the beginning of that time" : "limits are left out: it changes none",
            .dim)
        guard tally.changeCount > 0 else { return }
        var table = TextTable([
            .init("requests", isNumber: true), .init("client", role: .accent), .init("method"), .init("before"),
            .init("after"), .init("route"), .init("path"),
        ])
        for (change, sample) in tally.ranking.prefix(limit) {
            table.add([
                "\(sample.count)", change.client ?? "-", change.method, change.before.code, change.after.code,
                change.route ?? "-", sample.path,
            ])
        }
        try printer.table(table)
        let more = tally.changeCount - min(limit, tally.changeCount)
        if more > 0 { try printer.line("and \(more) more kinds; --limit shows them", .dim) }
    }
}
