import ArgumentParser
import Domain
import Store
import Terminal

struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "The store's keys: list and rotate, without downtime.",
        subcommands: [KeyListCommand.self, KeyRotateCommand.self],
        defaultSubcommand: KeyListCommand.self)
}

struct KeyListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the keys that the store has and had; this takes no master key.")

    @Flag(help: "The keys that tokens are verified with, as others read them (JWKS, RFC 7517).") var jwks = false
    @OptionGroup var options: PolicyOptions

    func run() throws {
        let store = try PolicyAccess.reading(options.store).store
        var printer = PolicyPrinter(json: options.json)
        if jwks {
            try printer.output.writeLine(try store.publishedKeys().json)
            return try printer.finish()
        }
        var table = TextTable([
            .init("kind", role: .accent), .init("algorithm"), .init("state"), .init("created", role: .dim),
            .init("ends"), .init("name"),
        ])
        for key in try store.keys() {
            if options.json {
                try printer.output.writeLine(key.tree.json)
            } else {
                table.add([
                    key.kind.rawValue, key.algorithm?.name ?? "-", key.state.rawValue, printer.time(key.created),
                    key.ends.map(printer.time) ?? "-", key.name,
                ])
            }
        }
        if !options.json {
            if table.isEmpty {
                try printer.line("no keys yet; `gatehouse init` makes them", .dim)
            } else {
                try printer.table(table)
            }
        }
        try printer.finish()
    }
}

struct KeyRotateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Give a key its successor; what the old one made stays good for as long as it may be about.",
        discussion: """
              gatehouse key rotate signing --reason "quarterly"
              gatehouse key rotate signing --algorithm RS256 --reason "for a client that knows no other"
              gatehouse key rotate master --reason "an administrator left"
            """)

    private static let kinds = ["master", "pepper", "signing", "checkpoint"]

    @Argument(help: "master, pepper, signing or checkpoint.", completion: .list(kinds)) var kind: String
    @Option(help: ArgumentHelp("Of a signing key: ES256, EdDSA or RS256.", valueName: "name")) var algorithm = "ES256"
    @Flag(help: "Somebody else may have the signing key: at once, nothing that it signed is believed any more.")
    var compromised = false

    @OptionGroup var change: ChangeOptions

    func validate() throws {
        _ = try rotation
        if compromised, kind != "signing" { throw ValidationError("--compromised is about signing keys") }
    }

    private var rotation: KeyRotation {
        get throws {
            guard let algorithm = SigningAlgorithm(name: algorithm) else {
                throw ValidationError(
                    "--algorithm: there is no \(SafeText.quoted(algorithm))"
                        + NearestName.hint(for: algorithm, among: SigningAlgorithm.allCases.map(\.name)))
            }
            switch kind {
            case "master": return .master
            case "pepper": return .pepper
            case "signing": return .signing(algorithm, isCompromised: compromised)
            case "checkpoint": return .checkpoint
            default:
                throw ValidationError(
                    "there is no kind of key \(SafeText.quoted(kind))" + NearestName.hint(for: kind, among: Self.kinds))
            }
        }
    }

    func run() throws {
        let rotation = try rotation
        let access = try PolicyAccess.writing(change.policy.store)
        let before = Set(try access.store.keys())
        try access.store.rotate(
            rotation, by: access.actor, reason: try change.reason.text(), source: .ofProcess(change.policy.store))
        // Those that came, and those that go on otherwise.
        let changed = try access.store.keys().filter { !before.contains($0) }
        var printer = PolicyPrinter(json: change.policy.json)
        if printer.isJSON {
            try printer.object([("rotated", .text(rotation.name)), ("keys", .list(changed.map(\.tree)))])
        } else {
            try printer.line(
                rotation == .master ? "all keys are sealed under a new master key" : "\(rotation.name) has a new key",
                .good)
            for key in changed {
                let end = key.ends.map { ", until \(printer.time($0))" } ?? ""
                try printer.line("  \(key.state.rawValue)\(end): \(key.name)")
            }
        }
        try printer.finish()
        try access.store.close()
    }
}

extension KeyRecord {
    fileprivate var tree: PolicyTree {
        func moment(_ time: Timestamp?) -> PolicyTree {
            time.map { .text(TimeText.rfc3339($0)) } ?? PolicyTree(.nothing)
        }
        return .map([
            .init("kind", .text(kind.rawValue)), .init("name", .text(name)),
            .init("algorithm", algorithm.map { .text($0.name) } ?? PolicyTree(.nothing)),
            .init("state", .text(state.rawValue)), .init("created", moment(created)),
            .init("activated", moment(activated)), .init("retiring", moment(retiring)), .init("ends", moment(ends)),
        ])
    }
}
